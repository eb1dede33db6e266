#include "medley/math/top_k.h"

#include "medley/core/error.h"
#include "medley/core/rng.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <limits>
#include <numeric>
#include <set>

namespace medley::math {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

constexpr float kNever = -std::numeric_limits<float>::infinity();

std::vector<std::int32_t> all(std::size_t n) {
  std::vector<std::int32_t> out(n);
  std::iota(out.begin(), out.end(), 0);
  return out;
}

/// A tie key that orders items in a scrambled way, with some keys equal.
std::uint64_t scrambled(std::int32_t item) {
  return static_cast<std::uint64_t>(item) * 7919 % 31;
}

std::uint64_t unexpected(std::int32_t item) {
  ADD_FAILURE() << "tie of item " << item;
  return 0;
}

/// The definition: sort everything.
std::vector<Scored> by_sorting(std::span<const float> scores, std::span<const std::int32_t> candidates,
                               int k) {
  std::vector<Scored> out;
  for (const auto item : candidates)
    if (scores[static_cast<std::size_t>(item)] != kNever)
      out.push_back({item, scores[static_cast<std::size_t>(item)]});
  std::ranges::sort(out, [](const Scored& a, const Scored& b) {
    return std::tuple(-a.score, scrambled(a.item), a.item) < std::tuple(-b.score, scrambled(b.item), b.item);
  });
  out.resize(std::min(out.size(), static_cast<std::size_t>(k)));
  return out;
}

TEST(TopK, lists_the_best_first) {
  const std::vector<float> scores{.1f, .9f, -.5f, .4f};
  EXPECT_THAT(top_k(scores, all(4), 2, unexpected), ElementsAre(Scored{1, .9f}, Scored{3, .4f}));
}

TEST(TopK, lists_candidates_only) {
  const std::vector<float> scores{.1f, .9f, -.5f, .4f};
  const std::vector<std::int32_t> candidates{2, 0};
  EXPECT_THAT(top_k(scores, candidates, 5, unexpected), ElementsAre(Scored{0, .1f}, Scored{2, -.5f}));
}

TEST(TopK, gives_what_there_is) {
  const std::vector<float> scores{1, kNever, 2};
  EXPECT_THAT(top_k(scores, all(3), 3, unexpected), ElementsAre(Scored{2, 2}, Scored{0, 1}));
  EXPECT_THAT(top_k(scores, all(3), std::numeric_limits<int>::max(), unexpected),
              ElementsAre(Scored{2, 2}, Scored{0, 1}));
  EXPECT_THAT(top_k(scores, all(3), 0, unexpected), IsEmpty());
  EXPECT_THAT(top_k(scores, {}, 3, unexpected), IsEmpty());
  EXPECT_THAT(top_k(std::vector<float>{kNever, kNever}, all(2), 1, unexpected), IsEmpty());
}

TEST(TopK, equals_sorting_at_every_size_with_many_equal_scores) {
  Rng rng(1);
  for (std::size_t n = 0; n <= 67; ++n) {
    for (const std::uint64_t levels : {1ULL, 3ULL, 1000ULL}) {
      std::vector<float> scores(n);
      for (auto& score : scores) {
        score = static_cast<float>(rng.below(levels)) - 1;
        if (rng.below(9) == 0) score = kNever;
      }
      auto candidates = all(n);
      rng.shuffle(candidates);
      candidates.resize(n - n / 4);
      for (int k = 0; k <= static_cast<int>(n) + 1; ++k)
        EXPECT_EQ(top_k(scores, candidates, k, scrambled), by_sorting(scores, candidates, k))
            << n << " " << k;
    }
  }
}

TEST(TopK, equals_sorting_on_long_lists_in_any_order) {
  Rng rng(2);
  for (const std::uint64_t levels : {1ULL, 5ULL, 900ULL, 1000000ULL}) {
    std::vector<float> scores(5000);
    for (auto& score : scores) score = static_cast<float>(rng.below(levels));
    auto candidates = all(scores.size());
    // Rising scores make every candidate a contender when it is met.
    std::ranges::sort(candidates, {}, [&](std::int32_t i) { return scores[static_cast<std::size_t>(i)]; });
    for (const int k : {1, 20, 700, 4999}) {
      const auto want = by_sorting(scores, candidates, k);
      EXPECT_EQ(top_k(scores, candidates, k, scrambled), want);
      rng.shuffle(candidates);
      EXPECT_EQ(top_k(scores, candidates, k, scrambled), want);
    }
  }
}

TEST(TopK, asks_for_the_tie_only_where_scores_are_equal_and_may_be_listed) {
  const std::vector<float> scores{5, 3, 1, 3, 1, 4, 1};
  std::multiset<std::int32_t> asked;
  const auto tie = [&](std::int32_t item) {
    asked.insert(item);
    return std::uint64_t{100} - static_cast<std::uint64_t>(item);
  };
  EXPECT_THAT(top_k(scores, all(7), 3, tie), ElementsAre(Scored{0, 5}, Scored{5, 4}, Scored{3, 3}));
  EXPECT_THAT(asked, ElementsAre(1, 3));
}

TEST(TopK, takes_zeros_of_both_signs_as_equal) {
  const std::vector<float> scores{-0.0f, 0.0f};
  const auto tie = [](std::int32_t item) { return static_cast<std::uint64_t>(item); };
  EXPECT_EQ(top_k(scores, all(2), 1, tie).at(0).item, 0);
}

TEST(TopK, refuses_nan_and_positive_infinity) {
  for (const float bad : {std::numeric_limits<float>::quiet_NaN(), std::numeric_limits<float>::infinity()}) {
    // Behind many better ones, where a plain comparison would pass it by.
    std::vector<float> scores(500, 1.0f);
    scores[499] = bad;
    try {
      (void)top_k(scores, all(500), 1, scrambled);
      ADD_FAILURE() << bad;
    } catch (const Error& error) {
      EXPECT_EQ(error.code(), ErrorCode::internal);
      EXPECT_THAT(error.what(), ::testing::HasSubstr("item 499"));
    }
  }
}

}  // namespace
}  // namespace medley::math
