#include "medley/features/text/train_words.h"

#include "medley/core/error.h"

#include <fasttext/fasttext.h>

#include <algorithm>
#include <cerrno>
#include <cstdlib>
#include <cstring>
#include <exception>
#include <filesystem>
#include <fstream>
#include <limits>
#include <mutex>
#include <unordered_map>
#include <utility>

namespace medley::features {
namespace {

namespace fs = std::filesystem;

constexpr std::int64_t kMaxBytes = std::int64_t{8} << 30;

/// A folder that goes when it is no longer needed.
class Scratch {
 public:
  Scratch() {
    auto name = (fs::temp_directory_path() / "medley-XXXXXX").string();
    if (::mkdtemp(name.data()) == nullptr)
      fail(ErrorCode::io, "cannot make a folder for temporary files '{}': {}", name, std::strerror(errno));
    folder_ = name;
  }
  ~Scratch() {
    std::error_code error;
    fs::remove_all(folder_, error);
  }
  Scratch(const Scratch&) = delete;
  Scratch& operator=(const Scratch&) = delete;

  const fs::path& folder() const { return folder_; }

 private:
  fs::path folder_;
};

struct Written {
  std::int64_t words = 0;  ///< distinct ones that occur often enough
  int min_count = 1;
};

/// One line an item, its words separated by spaces.
Written write_lines(const fs::path& path, const ItemBlocks& items, const WordParams& params,
                    const std::string& home, int min_count, const Services& services) {
  std::ofstream out(path, std::ios::binary);
  WordReader reader(params, home);
  std::vector<std::string> words;
  std::unordered_map<std::string, std::int64_t> counts;
  items.for_each([&](std::span<const Item> block, std::size_t) {
    for (const auto& item : block) {
      services.cancel.check();
      reader.read(item, words);
      if (words.empty()) continue;
      for (const auto& word : words) {
        ++counts[word];
        out << word << ' ';
      }
      out << '\n';
    }
  });
  out.close();
  if (!out) fail(ErrorCode::io, "cannot write '{}'", path.string());
  const auto often = std::ranges::count_if(counts, [&](const auto& one) { return one.second >= min_count; });
  if (often > 0) return {often, min_count};
  return {static_cast<std::int64_t>(counts.size()), 1};
}

fasttext::Args arguments(const fs::path& input, const WordTraining& training, int min_count) {
  fasttext::Args args;
  args.input = input.string();
  args.model = training.skipgram ? fasttext::model_name::sg : fasttext::model_name::cbow;
  args.loss = fasttext::loss_name::ns;
  args.dim = training.dim;
  args.epoch = training.epochs;
  args.ws = training.window;
  args.minCount = min_count;
  args.neg = training.negatives;
  args.lr = training.learning_rate;
  args.minn = training.rule.min_length;
  args.maxn = training.rule.max_length;
  args.bucket = training.rule.max_length > 0 ? training.rule.buckets : 0;
  args.thread = training.threads;
  args.seed = training.seed;
  args.verbose = 0;
  // A word that starts as fastText's labels do is a word; no UTF-8 text starts like this.
  args.label = std::string(1, '\xff');
  return args;
}

/// Progress in thousandths, and a way to stop; called by each of the trainer's threads.
class Watch {
 public:
  Watch(fasttext::FastText& trainer, const Services& services) : trainer_(trainer), services_(services) {
    services_.progress.begin("train word vectors", kSteps);
  }

  void look(float progress) {
    // One thread is enough; the others go on.
    const std::unique_lock lock(mutex_, std::try_to_lock);
    if (!lock) return;
    if (services_.cancel.is_set() && !std::exchange(stopped_, true)) trainer_.abort();
    services_.progress.at(static_cast<std::int64_t>(std::clamp(progress, 0.0f, 1.0f) * kSteps));
  }

 private:
  static constexpr int kSteps = 1000;

  fasttext::FastText& trainer_;
  const Services& services_;
  std::mutex mutex_;
  bool stopped_ = false;
};

/// What the trainer throws becomes ours; an interruption is the flag's.
void train(fasttext::FastText& trainer, const fasttext::Args& args, const Services& services) {
  Watch watch(trainer, services);
  try {
    trainer.train(args, [&](float progress, float, double, double, std::int64_t) { watch.look(progress); });
  } catch (const Error&) {
    throw;
  } catch (const std::exception& error) {
    services.cancel.check();
    fail(ErrorCode::internal, "fastText could not learn word vectors: {}", error.what());
  }
  services.cancel.check();
}

}  // namespace

WordVectors train_words(const ItemBlocks& items, const WordParams& words, const std::string& home,
                        const WordTraining& training, const Services& services) {
  services.cancel.check();
  const Scratch scratch;
  const auto lines = scratch.folder() / "lines.txt";
  const auto written = write_lines(lines, items, words, home, training.min_count, services);
  if (written.words == 0) return WordVectors({}, math::Matrix(0, training.dim));
  const auto args = arguments(lines, training, written.min_count);
  const auto bytes = (2 * written.words + args.bucket) * args.dim * std::int64_t{sizeof(float)};
  if (bytes > kMaxBytes) {
    fail(ErrorCode::limit,
         "vectors of {} words and {} buckets of n-grams take {} MB, the limit is {}; less: dim, "
         "buckets, or a higher min_count",
         written.words, args.bucket, bytes >> 20, kMaxBytes >> 20);
  }
  fasttext::FastText trainer;
  train(trainer, args, services);
  const auto dictionary = trainer.getDictionary();
  const auto input = trainer.getInputMatrix();
  FastTextModel model{training.dim, training.rule, {}, {}};
  for (std::int32_t i = 0; i < dictionary->nwords(); ++i) model.words.push_back(dictionary->getWord(i));
  model.row = [&](std::int64_t row, std::span<float> out) {
    std::copy_n(input->data() + row * input->cols(), out.size(), out.begin());
  };
  return WordVectors::of(model, {}, std::numeric_limits<std::size_t>::max());
}

}  // namespace medley::features
