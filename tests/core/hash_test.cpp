#include "medley/core/hash.h"

#include <gtest/gtest.h>

using namespace medley;

TEST(Hash, xxh64_gives_the_published_values) {
  // From the xxHash specification: empty input and seed 0.
  EXPECT_EQ(xxh64(""), 0xef46db3751d8e999ULL);
  EXPECT_EQ(xxh64("abc"), 0x44bc2cf5ad770999ULL);
}

TEST(Hash, tie_hasher_is_xxh64_of_user_nul_item) {
  TieHasher hash("u1");
  EXPECT_EQ(hash("i7"), xxh64(std::string_view("u1\0i7", 5)));
  EXPECT_EQ(hash("longer item"), xxh64(std::string_view("u1\0longer item", 14)));
  EXPECT_EQ(hash(""), xxh64(std::string_view("u1\0", 3)));
}

TEST(Hash, content_hash_is_32_digits_and_depends_on_every_byte) {
  EXPECT_EQ(content_hash("").size(), 32u);
  EXPECT_NE(content_hash("a"), content_hash("b"));
}

TEST(Hash, content_hasher_gives_the_hash_of_all_its_pieces) {
  // Longer than the blocks of a kilobyte that XXH3 works on, in pieces of every length.
  std::string all;
  ContentHasher hasher;
  EXPECT_EQ(hasher.digest(), content_hash(""));
  for (std::size_t n = 0; n < 100; ++n) {
    const std::string piece(n, static_cast<char>('a' + n % 26));
    all += piece;
    hasher.add(piece);
    EXPECT_EQ(hasher.digest(), content_hash(all)) << n;
  }
}
