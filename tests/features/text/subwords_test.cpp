#include "medley/features/text/subwords.h"

#include <gmock/gmock.h>

namespace medley::features {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::SizeIs;

constexpr std::int32_t kManyBuckets = 2'147'483'647;

TEST(Subwords, are_hashed_by_fnv_1a) {
  // FNV-1a of "<a>": offset basis 2166136261, prime 16777619, by hand 3 steps modulo 2^32.
  std::uint32_t hash = 2166136261U;
  for (const unsigned char c : {'<', 'a', '>'}) hash = (hash ^ c) * 16777619U;
  EXPECT_THAT(subword_buckets("a", {3, 3, 1000}), ElementsAre(static_cast<std::int32_t>(hash % 1000)));
}

TEST(Subwords, are_counted_in_characters_and_not_in_bytes) {
  // "<häß>": <hä häß äß> and <häß häß>.
  EXPECT_THAT(subword_buckets("häß", {3, 4, kManyBuckets}), SizeIs(5));
  EXPECT_THAT(subword_buckets("häß", {3, 3, kManyBuckets}), SizeIs(3));
}

TEST(Subwords, of_one_character_leave_the_marks_out) {
  EXPECT_THAT(subword_buckets("ab", {1, 1, kManyBuckets}), SizeIs(2));
}

TEST(Subwords, are_none_without_lengths_or_buckets) {
  EXPECT_THAT(subword_buckets("word", {3, 0, 100}), IsEmpty());
  EXPECT_THAT(subword_buckets("word", {3, 6, 0}), IsEmpty());
  EXPECT_THAT(subword_buckets("", {3, 6, 100}), IsEmpty());
}

}  // namespace
}  // namespace medley::features
