#include "medley/eval/list_vectors.h"

#include "medley/core/error.h"

#include "tests/eval/table_of.h"
#include <gtest/gtest.h>

#include <cmath>

using namespace medley;
using namespace medley::eval;
using namespace medley::eval::test;

namespace {

TEST(ListVectors, gives_the_cosine_of_two_items_without_centring) {
  const ListVectors vectors(table_of({{1, 0}, {1, 1}, {-2, 0}, {0, 0}, {}}, 2));
  EXPECT_EQ(vectors.name(), "look");
  EXPECT_NEAR(vectors.cosine(0, 1), 1 / std::sqrt(2.0), 1e-6);
  EXPECT_NEAR(vectors.cosine(0, 0), 1.0, 1e-6);
  EXPECT_NEAR(vectors.cosine(0, 2), -1.0, 1e-6);
  EXPECT_EQ(vectors.cosine(0, 3), 0.0) << "no direction";
  EXPECT_TRUE(vectors.has(3));
  EXPECT_FALSE(vectors.has(4));
  EXPECT_THROW(vectors.has(5), Error);
  EXPECT_THROW(vectors.has(-1), Error);
}

}  // namespace
