// What bench/peers.py measures of ours: extractors over material that is in memory, several times, with the
// rows and the seconds of each run written out. See `usage` below.
#include "medley/core/error.h"
#include "medley/core/file.h"
#include "medley/core/services.h"
#include "medley/core/spec.h"
#include "medley/data/npy.h"
#include "medley/features/audio/sound.h"
#include "medley/features/registry.h"
#include "medley/math/fft.h"
#include "medley/media/image/decode.h"

#include <fmt/core.h>
#include <fmt/ranges.h>

#include <atomic>
#include <charconv>
#include <chrono>
#include <filesystem>
#include <fstream>
#include <optional>
#include <string>
#include <vector>

namespace medley {
namespace {

using Clock = std::chrono::steady_clock;
using Extractors = std::vector<std::unique_ptr<features::Extractor>>;

constexpr const char* kUsage =
    "bench_extractor SPECS KIND INPUT OPTION THREADS RUNS OUT\n"
    "  SPECS     extractors, as in medley.toml: 'audio/mfcc' or 'text/tfidf(tokens=sklearn)'\n"
    "  KIND      sounds    INPUT.npy is [clips x samples], OPTION the samples a second\n"
    "            pictures  INPUT lists files; OPTION the side that decoding may reduce to, 0 for none, -1 "
    "for\n"
    "                      that of the extractors, as medley extract does\n"
    "            texts     INPUT has a text a line; OPTION is not read\n"
    "            transforms  INPUT real FFTs of OPTION points\n"
    "  OUT       OUT.npy, the rows of all extractors side by side; of texts OUT.{data,indices,indptr}.npy "
    "and .columns\n"
    "prints the seconds of each run as JSON\n";

struct Job {
  Extractors extractors;
  std::filesystem::path input, out;
  int option, runs;
  const Services& services;
};

double since(Clock::time_point begun) {
  return std::chrono::duration<double>(Clock::now() - begun).count();
}

std::vector<std::string> lines_of(const std::filesystem::path& path) {
  std::ifstream file(path);
  require(file.is_open(), "cannot open '{}'", path.string());
  std::vector<std::string> out;
  for (std::string line; std::getline(file, line);) out.push_back(line);
  return out;
}

/// The rows of all extractors for one item, side by side; zeros where there is none.
void fill_row(const Job& job, const features::Item& item, std::span<float> out) {
  for (const auto& extractor : job.extractors) {
    const auto vectors = extractor->transform(std::span(&item, 1), job.services);
    const auto row = std::get<math::Matrix>(vectors.rows).row(0);
    std::ranges::copy(row, out.begin());
    out = out.subspan(row.size());
  }
}

math::Matrix empty_rows(const Job& job, std::size_t items) {
  math::Index dim = 0;
  for (const auto& extractor : job.extractors) dim += extractor->dim();
  return {static_cast<math::Index>(items), dim};
}

void run_sounds(const Job& job) {
  const auto clips = data::load_npy(job.input);
  auto rows = empty_rows(job, static_cast<std::size_t>(clips.rows()));
  std::vector<double> seconds;
  for (int run = 0; run < job.runs; ++run) {
    std::vector<std::optional<features::Sound>> sounds;
    for (math::Index i = 0; i < clips.rows(); ++i)
      sounds.emplace_back(features::Sound::of({clips.row(i).begin(), clips.row(i).end()}, job.option));
    const auto begun = Clock::now();
    parallel_for(job.services.pool, clips.rows(), 1, [&](math::Index i, math::Index) {
      auto& sound = sounds[static_cast<std::size_t>(i)];
      features::Item item;
      item.sound = &*sound;
      fill_row(job, item, rows.row(i));
      sound.reset();
    });
    seconds.push_back(since(begun));
  }
  data::save_npy(job.out.string() + ".npy", rows.view());
  fmt::print("{{\"seconds\": [{}]}}\n", fmt::join(seconds, ", "));
}

int side_of(const Job& job) {
  if (job.option >= 0) return job.option;
  const int side = job.extractors.front()->min_side();
  for (const auto& extractor : job.extractors)
    require(extractor->min_side() == side, "the extractors want pictures reduced to {} and to {}", side,
            extractor->min_side());
  return side;
}

void run_pictures(const Job& job) {
  const int side = side_of(job);
  std::vector<std::string> files;
  for (const auto& path : lines_of(job.input)) files.push_back(read_file(path, std::uint64_t{64} << 20));
  auto rows = empty_rows(job, files.size());
  std::vector<double> seconds, decoding;
  for (int run = 0; run < job.runs; ++run) {
    std::atomic<std::int64_t> nanoseconds{0};
    const auto begun = Clock::now();
    parallel_for(job.services.pool, rows.rows(), 1, [&](math::Index i, math::Index) {
      const auto started = Clock::now();
      const auto decoded =
          media::decode_image(std::as_bytes(std::span(files[static_cast<std::size_t>(i)])), {}, side);
      nanoseconds += std::chrono::nanoseconds(Clock::now() - started).count();
      features::Item item;
      if (decoded.image) item.image = &*decoded.image;
      fill_row(job, item, rows.row(i));
    });
    seconds.push_back(since(begun));
    decoding.push_back(static_cast<double>(nanoseconds) * 1e-9 / job.services.pool.size());
  }
  data::save_npy(job.out.string() + ".npy", rows.view());
  fmt::print("{{\"seconds\": [{}], \"decoding\": [{}]}}\n", fmt::join(seconds, ", "),
             fmt::join(decoding, ", "));
}

void run_texts(const Job& job) {
  const auto lines = lines_of(job.input);
  std::vector<features::Item> items(lines.size());
  for (std::size_t i = 0; i < lines.size(); ++i) items[i].texts = std::span(&lines[i], 1);
  auto& extractor = *job.extractors.front();
  std::vector<double> seconds;
  features::Vectors vectors;
  for (int run = 0; run < job.runs; ++run) {
    vectors = {};
    const auto begun = Clock::now();
    vectors = extractor.fit_transform(features::ItemSpan(items), job.services);
    seconds.push_back(since(begun));
  }
  const auto rows = std::get<math::Csr>(vectors.rows).view();
  const auto name = job.out.string();
  data::save_npy_vector<float>(name + ".data.npy", rows.values);
  data::save_npy_vector<std::int32_t>(name + ".indices.npy", rows.indices);
  data::save_npy_vector<std::int64_t>(name + ".indptr.npy", rows.indptr);
  std::ofstream columns(name + ".columns");
  for (const auto& column : extractor.columns()) columns << column << '\n';
  fmt::print("{{\"seconds\": [{}]}}\n", fmt::join(seconds, ", "));
}

int number(std::string_view text) {
  int value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  require(error == std::errc() && end == text.data() + text.size(), "'{}' is no number", text);
  return value;
}

/// What spectra cost at least: one thread, one plan.
void run_transforms(const Job& job) {
  math::RealFft fft(job.option);
  const int count = number(job.input.string());
  std::vector<double> seconds;
  for (int run = 0; run < job.runs; ++run) {
    std::ranges::fill(fft.input(), 0.5f);
    const auto begun = Clock::now();
    for (int i = 0; i < count; ++i) fft.transform();
    seconds.push_back(since(begun));
  }
  fmt::print("{{\"seconds\": [{}]}}\n", fmt::join(seconds, ", "));
}

int run(std::span<char*> arguments) {
  if (arguments.size() != 8) {
    fmt::print(stderr, "{}", kUsage);
    return 2;
  }
  features::Registry registry;
  features::register_builtin(registry);
  QuietServices services(number(arguments[5]));
  Job job{{}, arguments[3], arguments[7], number(arguments[4]), number(arguments[6]), services};
  for (const auto& spec : parse_specs(arguments[1]))
    job.extractors.push_back(registry.make(spec.name, spec.combinations().front()));
  const std::string kind = arguments[2];
  if (kind == "sounds") {
    run_sounds(job);
  } else if (kind == "pictures") {
    run_pictures(job);
  } else if (kind == "transforms") {
    run_transforms(job);
  } else {
    require(kind == "texts", "'{}' is neither sounds, pictures, texts nor transforms", kind);
    run_texts(job);
  }
  return 0;
}

}  // namespace
}  // namespace medley

int main(int argc, char** argv) {
  try {
    return medley::run({argv, static_cast<std::size_t>(argc)});
  } catch (const std::exception& error) {
    fmt::print(stderr, "bench_extractor: {}\n", error.what());
    return 1;
  }
}
