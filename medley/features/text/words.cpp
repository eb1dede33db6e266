#include "medley/core/error.h"
#include "medley/core/file.h"
#include "medley/features/idf.h"
#include "medley/features/registry.h"
#include "medley/features/text/fasttext_file.h"
#include "medley/features/text/term_counts.h"
#include "medley/features/text/train_words.h"
#include "medley/features/text/vec_file.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <functional>
#include <limits>
#include <map>
#include <utility>

namespace medley::features {
namespace {

/// A document is the mean of its words' vectors, each occurrence weighted by idf = ln((1 + n) / (1 + df)) +
/// 1; words that the catalogue lacks weigh as those of no item. The vectors are learned from the catalogue's
/// own text by fastText, or loaded.
class Words final : public Extractor, public TakesRowsApart {
 public:
  struct Params {
    WordParams words{.cjk = "words"};
    std::string vectors;
    int max_words = 200'000;
    std::string model = "skipgram";
    int dim = 100;
    int epochs = 10;
    int window = 5;
    int min_count = 1;
    int negatives = 5;
    double learning_rate = 0.05;
    int min_n = 3;
    int max_n = 6;
    int buckets = 100'000;
    bool racy = false;
    int seed = 1;

    void fields(FieldVisitor& v);
  };

  explicit Words(Params params) : params_(std::move(params)) {}

  Reads reads() const override { return Reads::text; }
  bool fitted() const override { return true; }
  int version() const override { return 1; }
  int dim() const override { return vectors_.dim(); }
  std::vector<std::string> columns() const override { return {}; }

  std::string racy() const override;

  void fit(const ItemBlocks& items, const Services& services) override;
  Vectors transform(std::span<const Item> items, const Services& services) const override;

  std::vector<RowPart> parts(const Item& item, std::span<const float> origin,
                             std::span<const float> direction, const Services& services) const override;

  void save(ArchiveWriter& out) const override;
  void load(const ArchiveReader& in) override;

 private:
  WordVectors load_vectors(const Services& services) const;
  WordVectors learn_vectors(const ItemBlocks& items, const Services& services) const;
  float idf_of(const std::string& word) const;

  Params params_;
  int threads_ = 0;  ///< that the vectors were learned on; 0: not known
  std::string home_ = "en";
  std::vector<std::string> terms_;  ///< of the catalogue, in byte order
  std::vector<float> idf_;
  float idf_of_unseen_ = 1.0f;
  WordVectors vectors_;
};

void Words::Params::fields(FieldVisitor& v) {
  constexpr int kMany = std::numeric_limits<int>::max();
  words.fields(v);
  v.file("vectors", vectors,
         "file of vectors to load, .vec or .bin of fastText; empty: learned from the catalogue's text");
  v.field("max_words", max_words, {0, kMany},
          "of a file, its first (most frequent) words that are kept beside those of the catalogue");
  v.field("model", model, {"skipgram", "cbow"}, "what is learned: neighbours of a word, or it from them");
  v.field("dim", dim, {1, 1024}, "length of a vector that is learned");
  v.field("epochs", epochs, {1, 1000}, "times that the text is gone through");
  v.field("window", window, {1, 50}, "neighbours on each side");
  v.field("min_count", min_count, {1, kMany},
          "words that occur less often get the vectors of their n-grams alone");
  v.field("negatives", negatives, {1, 100}, "words drawn at random beside each neighbour");
  v.field("learning_rate", learning_rate, {1e-6, 1.0}, "of the first step; falls to 0");
  v.field("min_n", min_n, {1, 16}, "shortest n-gram of characters");
  v.field("max_n", max_n, {0, 16}, "longest n-gram of characters; 0: whole words alone");
  v.field("buckets", buckets, {1, 1 << 24}, "rows that n-grams are hashed into");
  v.field("racy", racy, "learn on all threads at once: faster, and no two runs are alike");
  v.field("seed", seed, {0, 1 << 30}, "of the training: same seed, same vectors unless racy");
}

WordVectors Words::load_vectors(const Services& services) const {
  const std::unordered_set<std::string> wanted(terms_.begin(), terms_.end());
  const auto most = static_cast<std::size_t>(params_.max_words);
  const MappedFile map{params_.vectors};
  if (params_.vectors.ends_with(".bin"))
    return WordVectors::of(read_fasttext(map.bytes(), params_.vectors), wanted, most);
  require(params_.vectors.ends_with(".vec"), "'{}' is neither .vec nor .bin", params_.vectors);
  auto read = read_vec(map.text(), params_.vectors, wanted, most);
  if (read.repeated + read.not_utf8 > 0)
    services.warn(fmt::format("'{}': {} words stand in it before (the first counts), {} are not UTF-8",
                              params_.vectors, read.repeated, read.not_utf8));
  return std::move(read.vectors);
}

WordVectors Words::learn_vectors(const ItemBlocks& items, const Services& services) const {
  WordTraining training;
  training.dim = params_.dim;
  training.epochs = params_.epochs;
  training.window = params_.window;
  training.min_count = params_.min_count;
  training.negatives = params_.negatives;
  training.learning_rate = params_.learning_rate;
  training.skipgram = params_.model == "skipgram";
  training.rule = {params_.min_n, params_.max_n, params_.buckets};
  training.threads = threads_;
  training.seed = params_.seed;
  return train_words(items, params_.words, home_, training, services);
}

std::string Words::racy() const {
  if (!params_.racy || !params_.vectors.empty() || threads_ == 1) return "";
  return fmt::format("learned on {} threads at once, another run gives other numbers",
                     threads_ == 0 ? "several" : std::to_string(threads_));
}

void Words::fit(const ItemBlocks& items, const Services& services) {
  threads_ = params_.racy ? services.pool.size() : 1;
  home_ = home_language(items, params_.words, services);
  TextParams counting;
  counting.words = params_.words;
  auto counts = count_terms(items, counting, home_, nullptr, services);
  const auto idf = [&](std::int64_t df) { return static_cast<float>(smoothed_idf(items.size(), df)); };
  terms_ = std::move(counts.terms);
  idf_.clear();
  for (const auto df : counts.items) idf_.push_back(idf(df));
  idf_of_unseen_ = idf(0);
  vectors_ = params_.vectors.empty() ? learn_vectors(items, services) : load_vectors(services);
}

float Words::idf_of(const std::string& word) const {
  const auto at = std::lower_bound(terms_.begin(), terms_.end(), word);
  if (at == terms_.end() || *at != word) return idf_of_unseen_;
  return idf_[static_cast<std::size_t>(at - terms_.begin())];
}

Vectors Words::transform(std::span<const Item> items, const Services& services) const {
  const auto n = static_cast<math::Index>(items.size());
  math::Matrix rows(n, dim());
  Vectors out{{}, std::vector<std::uint8_t>(items.size()), std::vector<std::string>(items.size())};
  parallel_for(services.pool, n, kTextGrain, [&](math::Index begin, math::Index end) {
    services.cancel.check();
    WordReader reader(params_.words, home_);
    std::vector<std::string> words;
    std::vector<float> one(static_cast<std::size_t>(dim()));
    std::vector<double> sum(one.size());
    for (auto i = begin; i < end; ++i) {
      const auto at = static_cast<std::size_t>(i);
      out.notes[at] = reader.read(items[at], words);
      std::ranges::fill(sum, 0.0);
      double weights = 0.0;
      for (const auto& word : words) {
        if (!vectors_.find(word, one)) continue;
        const double weight = idf_of(word);
        weights += weight;
        for (std::size_t k = 0; k < sum.size(); ++k) sum[k] += weight * static_cast<double>(one[k]);
      }
      out.present[at] = weights > 0.0 ? 1 : 0;
      if (weights == 0.0 && !words.empty()) out.notes[at] = "no usable words: none has a vector";
      for (std::size_t k = 0; k < sum.size() && weights > 0.0; ++k)
        rows(i, static_cast<math::Index>(k)) = static_cast<float>(sum[k] / weights);
    }
  });
  out.rows = std::move(rows);
  return out;
}

std::vector<RowPart> Words::parts(const Item& item, std::span<const float> origin,
                                  std::span<const float> direction, const Services& /*services*/) const {
  require_lengths(origin, direction, dim());
  WordReader reader(params_.words, home_);
  std::vector<std::string> words;
  reader.read(item, words);
  std::map<std::string, double> sums;
  std::vector<float> vector(direction.size());
  double weights = 0.0;
  for (const auto& word : words) {
    if (!vectors_.find(word, vector)) continue;
    const double weight = idf_of(word);
    weights += weight;
    double product = 0.0;
    for (std::size_t k = 0; k < vector.size(); ++k)
      product += (static_cast<double>(vector[k]) - static_cast<double>(origin[k])) *
                 static_cast<double>(direction[k]);
    sums[word] += weight * product;
  }
  std::vector<RowPart> out;
  for (const auto& [word, sum] : sums) out.push_back({word, sum / weights});
  return out;
}

void Words::save(ArchiveWriter& out) const {
  out.put_value<std::int64_t>("threads", threads_);
  out.put_text("home", home_);
  out.put_texts("terms", terms_);
  out.put("idf", idf_);
  out.put_value("idf_of_unseen", idf_of_unseen_);
  out.enter("vectors");
  vectors_.save(out);
  out.leave();
}

void Words::load(const ArchiveReader& in) {
  // Files written before it was kept do not have it.
  threads_ = in.contains("threads") ? static_cast<int>(in.get_value<std::int64_t>("threads")) : 0;
  home_ = in.get_text("home");
  terms_ = in.get_texts("terms");
  if (std::ranges::adjacent_find(terms_, std::greater_equal<>()) != terms_.end())
    fail(ErrorCode::corrupt_data, "'{}': the words are not in order", in.path().string());
  const auto idf = in.get<float>("idf", terms_.size());
  idf_.assign(idf.begin(), idf.end());
  idf_of_unseen_ = in.get_value<float>("idf_of_unseen");
  vectors_ = WordVectors::load(in.inside("vectors"));
}

}  // namespace

void register_text_words(Registry& registry) {
  registry.add<Words>("text/words",
                      "the mean of the words' vectors, learned from the catalogue by fastText or loaded");
}

}  // namespace medley::features
