#include "medley/data/check/near_hashes.h"

#include "medley/core/rng.h"

#include <gtest/gtest.h>

#include <bit>

using namespace medley;
using namespace medley::data;

namespace {

using Hashes = std::vector<std::optional<std::uint64_t>>;

/// What comparing every pair finds.
std::vector<NearHash> by_every_pair(const Hashes& hashes) {
  std::vector<NearHash> out;
  for (std::size_t at = 0; at < hashes.size(); ++at) {
    NearHash nearest{at, at, kNearBits + 1};
    for (std::size_t like = 0; hashes[at] && like < at; ++like) {
      if (!hashes[like]) continue;
      const int distance = std::popcount(*hashes[at] ^ *hashes[like]);
      if (distance < nearest.distance) nearest = {at, like, distance};
    }
    if (nearest.distance <= kNearBits) out.push_back(nearest);
  }
  return out;
}

std::uint64_t with_flips(std::uint64_t hash, int flips, Rng& rng) {
  while (flips-- > 0) hash ^= std::uint64_t{1} << rng.below(64);
  return hash;
}

}  // namespace

TEST(NearHashes, are_those_that_comparing_every_pair_finds) {
  Rng rng(5);
  Hashes hashes;
  for (int i = 0; i < 600; ++i) {
    if (i % 11 == 3) {
      hashes.emplace_back();
    } else if (i % 3 != 0 && hashes[static_cast<std::size_t>(i / 2)]) {
      hashes.emplace_back(with_flips(*hashes[static_cast<std::size_t>(i / 2)], i % 10, rng));
    } else {
      hashes.emplace_back(rng.bits());
    }
  }
  const auto expected = by_every_pair(hashes);
  const auto found = near_hashes(hashes);
  ASSERT_GT(expected.size(), 150u);
  ASSERT_EQ(found.size(), expected.size());
  for (std::size_t i = 0; i < found.size(); ++i) {
    EXPECT_EQ(found[i].at, expected[i].at);
    EXPECT_EQ(found[i].like, expected[i].like) << found[i].at;
    EXPECT_EQ(found[i].distance, expected[i].distance);
  }
}

TEST(NearHashes, differ_in_six_bits_and_not_in_seven) {
  EXPECT_EQ(near_hashes(Hashes{0, 0b111111}).size(), 1u);
  EXPECT_TRUE(near_hashes(Hashes{0, 0b1111111}).empty());
  EXPECT_EQ(near_hashes(Hashes{0, 0x8008008008008008}).front().distance, 6) << "one in each band but one";
}

TEST(NearHashes, of_random_hashes_are_none) {
  Rng rng(2);
  Hashes hashes;
  for (int i = 0; i < 20'000; ++i) hashes.emplace_back(rng.bits());
  EXPECT_TRUE(near_hashes(hashes).empty());
}

TEST(NearHashes, of_a_placeholder_that_every_item_shows_take_no_quadratic_time) {
  // 300,000 equal hashes: every pair would be 45 billion comparisons.
  const auto found = near_hashes(Hashes(300'000, 42));
  EXPECT_EQ(found.size(), 299'999u);
  EXPECT_EQ(found.back().like, 0u);
}

TEST(NearHashes, that_all_share_a_band_take_no_quadratic_time) {
  // Every pair of 100,000 would be 5 billion comparisons, and 2,048 of each are a fiftieth.
  Rng rng(3);
  Hashes hashes;
  for (int i = 0; i < 100'000; ++i) hashes.emplace_back(rng.bits() << 9);
  EXPECT_LT(near_hashes(hashes).size(), 50u);
}

TEST(NearHashes, of_nothing_are_none) {
  EXPECT_TRUE(near_hashes({}).empty());
  EXPECT_TRUE(near_hashes(Hashes{std::nullopt, std::nullopt}).empty());
}
