#include "medley/core/error.h"
#include "medley/fusion/registry.h"

#include <gmock/gmock.h>

#include <cmath>

namespace medley::fusion {
namespace {

using ::testing::DoubleNear;
using ::testing::HasSubstr;
using ::testing::SizeIs;
using TablePtr = std::shared_ptr<const data::FeatureTable>;

TablePtr table(std::string name, std::vector<std::vector<float>> values, std::vector<std::uint8_t> present) {
  auto out = std::make_shared<data::FeatureTable>();
  math::Matrix rows(static_cast<math::Index>(values.size()), static_cast<math::Index>(values[0].size()));
  for (std::size_t i = 0; i < values.size(); ++i)
    for (std::size_t j = 0; j < values[i].size(); ++j)
      rows(static_cast<math::Index>(i), static_cast<math::Index>(j)) = values[i][j];
  out->name = std::move(name);
  out->rows = std::move(rows);
  out->present = std::move(present);
  return out;
}

// Cosines of items 0 and 1: .6 by colour, 0 by words. Item 2 has no words, item 3 has nothing.
std::vector<TablePtr> shop() {
  return {table("color", {{2, 0}, {3, 4}, {0, 5}, {0, 0}}, {1, 1, 1, 0}),
          table("words", {{1, 0, 0}, {0, 7, 0}, {0, 0, 0}, {0, 0, 0}}, {1, 1, 0, 0})};
}

data::ItemVectors fuse(const ParamMap& params, const std::vector<TablePtr>& tables) {
  Registry registry;
  register_builtin(registry);
  QuietServices services(1);
  return registry.make("concat", params)->fuse(tables, services);
}

double inner(const data::ItemVectors& vectors, math::Index i, math::Index j) {
  double sum = 0;
  for (const auto& block : vectors.blocks) sum += math::inner_product(block.rows(), i, j);
  return sum;
}

TEST(Concat, inner_product_is_the_weighted_mean_of_the_cosines) {
  const auto vectors = fuse({{"weights", "3+1"}, {"centre", "false"}}, shop());
  EXPECT_THAT(inner(vectors, 0, 1), DoubleNear(0.75 * 0.6 + 0.25 * 0.0, 1e-6));
  EXPECT_THAT(inner(vectors, 0, 0), DoubleNear(1.0, 1e-6));
}

TEST(Concat, weights_are_equal_unless_given) {
  const auto vectors = fuse({{"centre", "false"}}, shop());
  EXPECT_THAT(inner(vectors, 0, 1), DoubleNear(0.5 * 0.6, 1e-6));
}

TEST(Concat, an_absent_modality_counts_as_cosine_0) {
  const auto vectors = fuse({{"weights", "3+1"}, {"centre", "false"}}, shop());
  EXPECT_THAT(inner(vectors, 1, 2), DoubleNear(0.75 * 0.8, 1e-6));
  EXPECT_THAT(inner(vectors, 2, 2), DoubleNear(0.75, 1e-6));
  EXPECT_EQ(inner(vectors, 3, 0), 0.0);
}

TEST(Concat, renormalize_leaves_the_weight_to_those_present) {
  const auto vectors = fuse({{"weights", "3+1"}, {"centre", "false"}, {"missing", "renormalize"}}, shop());
  EXPECT_THAT(inner(vectors, 2, 2), DoubleNear(1.0, 1e-6));
  // Item 1 has both, item 2 the colour only: .75 * .8 / sqrt(1 * .75).
  EXPECT_THAT(inner(vectors, 1, 2), DoubleNear(0.75 * 0.8 / std::sqrt(0.75), 1e-6));
  EXPECT_THAT(inner(vectors, 0, 1), DoubleNear(0.75 * 0.6, 1e-6));
  EXPECT_EQ(inner(vectors, 3, 3), 0.0);
}

TEST(Concat, centring_takes_the_mean_of_the_present_rows_away) {
  // The mean of the two present rows is (2, 2): the rows are (2, -2) and (-2, 2), the cosine -1.
  const auto vectors = fuse({}, {table("color", {{4, 0}, {0, 4}, {0, 0}}, {1, 1, 0})});
  EXPECT_THAT(inner(vectors, 0, 1), DoubleNear(-1.0, 1e-6));
  EXPECT_EQ(inner(vectors, 2, 2), 0.0);
}

TEST(Concat, a_weight_of_0_leaves_the_feature_out) {
  const auto vectors = fuse({{"weights", "0+2"}}, shop());
  ASSERT_THAT(vectors.blocks, SizeIs(1));
  EXPECT_EQ(vectors.blocks[0].name, "words");
}

void expect_refused(const ParamMap& params, const std::vector<TablePtr>& tables, const std::string& why) {
  try {
    fuse(params, tables);
    ADD_FAILURE() << "not refused: " << why;
  } catch (const Error& error) {
    EXPECT_EQ(error.code(), ErrorCode::invalid_argument);
    EXPECT_THAT(error.what(), HasSubstr(why));
  }
}

TEST(Concat, refuses_what_cannot_be_joined) {
  expect_refused({{"weights", "1"}}, shop(), "'weights' has 1 numbers for 2 features");
  expect_refused({{"weights", "0+0"}}, shop(), "'weights' are all 0");
  expect_refused({{"weights", "1+-1"}}, shop(), "must be in [0, ");
  expect_refused({{"missing", "mean"}}, shop(), "missing");
  expect_refused({}, {}, "nothing to fuse");
  expect_refused({}, {shop()[0], table("year", {{1}}, {1})}, "'year' has 1 items and 'color' has 4");
}

}  // namespace
}  // namespace medley::fusion
