// What bench/encoders.py measures of a network by itself: batches of pictures, again and again.
#include "medley/encode/network.h"

#include <fmt/core.h>

#include <algorithm>
#include <chrono>
#include <cstdlib>
#include <exception>
#include <numeric>
#include <span>
#include <string>
#include <vector>

namespace {

constexpr int kBatch = 32;
constexpr int kSide = 224;

struct Rate {
  double median;  ///< pictures a second, by the median of the batches
  double mean;    ///< by all of them, as a whole run has it
};

/// After one batch that warms up.
Rate pictures_a_second(const char* path, const char* output, int threads, int batches) {
  medley::encode::NetworkOptions options;
  options.output = output;
  options.pictures = medley::encode::PictureInput{true, {127, 127, 127}, {128, 128, 128}};
  const medley::encode::Network network(path, options);
  network.compile(threads);
  std::vector<std::uint8_t> pixels(static_cast<std::size_t>(kBatch) * kSide * kSide * 3);
  for (std::size_t i = 0; i < pixels.size(); ++i) pixels[i] = static_cast<std::uint8_t>(i * 7 + i / 1000);
  const medley::encode::Input input{
      network.inputs().front().name, {kBatch, kSide, kSide, 3}, std::span<const std::uint8_t>(pixels)};
  std::vector<double> seconds;
  for (int round = 0; round <= batches; ++round) {
    const auto begun = std::chrono::steady_clock::now();
    network.run(std::span(&input, 1));
    seconds.push_back(std::chrono::duration<double>(std::chrono::steady_clock::now() - begun).count());
  }
  seconds.erase(seconds.begin());
  const auto middle = seconds.begin() + batches / 2;
  std::nth_element(seconds.begin(), middle, seconds.end());
  return {kBatch / *middle, kBatch * batches / std::accumulate(seconds.begin(), seconds.end(), 0.0)};
}

}  // namespace

int main(int argc, char** argv) {
  const auto number = [&](int at) { return static_cast<int>(std::strtol(argv[at], nullptr, 10)); };
  if (argc != 5 || number(4) < 1) {
    fmt::print(
        stderr,
        "bench_network NETWORK OUTPUT THREADS BATCHES: pictures a second, by the median batch of {} and by "
        "all\n",
        kBatch);
    return 2;
  }
  try {
    const auto rate = pictures_a_second(argv[1], argv[2], number(3), number(4));
    fmt::print("{} {}\n", rate.median, rate.mean);
    return 0;
  } catch (const std::exception& error) {
    fmt::print(stderr, "bench_network: {}\n", error.what());
    return 1;
  }
}
