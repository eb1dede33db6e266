#include "medley/fusion/reduce.h"

#include "medley/core/error.h"
#include "medley/core/rng.h"

#include "tests/fusion/tables.h"

#include <cmath>

namespace medley::fusion::test {
namespace {

constexpr math::Index kItems = 30;

/// Unit rows in a plane of a space of 5, item 4 absent.
Block plane(double turn) {
  Rng rng(2);
  std::vector<std::vector<float>> values;
  std::vector<std::uint8_t> present(kItems, 1);
  for (math::Index i = 0; i < kItems; ++i) {
    const double angle = 2 * 3.14159265 * rng.uniform() + turn;
    const auto x = static_cast<float>(std::cos(angle)), y = static_cast<float>(std::sin(angle));
    values.push_back({x, .6f * y, .8f * y, 0, 0});
  }
  present[4] = 0;
  return unit_block(table("plane", values, present), false);
}

TEST(Reduced, keeps_the_cosines_of_rows_that_lie_in_a_plane) {
  QuietServices services(2);
  const auto whole = plane(0);
  const auto two = reduced(whole, 2, 1, services);
  EXPECT_EQ(two.rows().cols(), 2);
  for (math::Index i = 0; i < kItems; ++i)
    for (math::Index j = 0; j < kItems; ++j)
      EXPECT_NEAR(math::inner_product(two.rows(), i, j), math::inner_product(whole.rows(), i, j), 1e-5);
  EXPECT_FALSE(has_row(two, 4));
  EXPECT_EQ(reduced(whole, 5, 1, services).rows().cols(), 5) << "columns beyond the rank are 0";
}

TEST(Reduced, refuses_more_columns_than_there_are) {
  QuietServices services(1);
  EXPECT_THROW(reduced(plane(0), 6, 1, services), Error);
}

TEST(TurnedOnto, brings_the_same_rows_in_another_frame_back) {
  const auto onto = plane(0), turned = turned_onto(onto, plane(1.1));
  for (math::Index i = 0; i < kItems; ++i) {
    if (i == 4) continue;
    const auto a = math::row_of(onto.rows(), i), b = math::row_of(turned.rows(), i);
    for (std::size_t c = 0; c < a.size(); ++c) EXPECT_NEAR(a[c], b[c], 1e-5);
  }
  EXPECT_FALSE(has_row(turned, 4));
}

TEST(ReducedTogether, in_all_directions_keeps_every_inner_product) {
  QuietServices services(2);
  const Blocks blocks{plane(0), plane(2)};
  const auto rows = reduced_together(blocks, 10, 1, services);
  EXPECT_LE(rows.cols(), 4);
  for (math::Index i = 0; i < kItems; ++i) {
    for (math::Index j = 0; j < kItems; ++j) {
      double sum = 0;
      for (math::Index c = 0; c < rows.cols(); ++c)
        sum += static_cast<double>(rows(i, c)) * static_cast<double>(rows(j, c));
      EXPECT_NEAR(sum,
                  math::inner_product(blocks[0].rows(), i, j) + math::inner_product(blocks[1].rows(), i, j),
                  1e-5);
    }
  }
}

}  // namespace
}  // namespace medley::fusion::test
