// What bench/encoders.py measures of a network by itself: batches of pictures, again and again.
#include "medley/encode/network.h"

#include <fmt/core.h>

#include <algorithm>
#include <chrono>
#include <cstdlib>
#include <exception>
#include <span>
#include <string>
#include <vector>

namespace {

constexpr int kBatch = 32;
constexpr int kSide = 224;
constexpr int kRounds = 8;

/// Pictures a second, the median of a few rounds after one that warms up.
double pictures_a_second(const char* path, const char* output, int threads) {
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
  for (int round = 0; round <= kRounds; ++round) {
    const auto begun = std::chrono::steady_clock::now();
    network.run(std::span(&input, 1));
    seconds.push_back(std::chrono::duration<double>(std::chrono::steady_clock::now() - begun).count());
  }
  std::nth_element(seconds.begin() + 1, seconds.begin() + 1 + kRounds / 2, seconds.end());
  return kBatch / seconds[1 + kRounds / 2];
}

}  // namespace

int main(int argc, char** argv) {
  if (argc != 4) {
    fmt::print(stderr, "bench_network NETWORK OUTPUT THREADS: pictures a second, batches of {}\n", kBatch);
    return 2;
  }
  try {
    fmt::print("{}\n",
               pictures_a_second(argv[1], argv[2], static_cast<int>(std::strtol(argv[3], nullptr, 10))));
    return 0;
  } catch (const std::exception& error) {
    fmt::print(stderr, "bench_network: {}\n", error.what());
    return 1;
  }
}
