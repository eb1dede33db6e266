#include "medley/features/row_collector.h"

#include "tests/features/sparse.h"
#include <gmock/gmock.h>

namespace medley::features {
namespace {

using test::sparse;
using ::testing::ElementsAre;

math::Matrix dense(std::vector<float> values) {
  math::Matrix out(static_cast<math::Index>(values.size()), 1);
  std::ranges::copy(values, out.data());
  return out;
}

TEST(RowCollector, puts_dense_rows_below_each_other) {
  RowCollector rows(3);
  rows.add({dense({1, 0}), {1, 0}, {"", "dark"}}, 0);
  rows.add({dense({3}), {1}, {""}}, 2);
  const auto all = std::move(rows).take();
  const auto& got = std::get<math::Matrix>(all.rows);
  EXPECT_THAT(std::vector(got.data(), got.data() + 3), ElementsAre(1, 0, 3));
  EXPECT_THAT(all.present, ElementsAre(1, 0, 1));
  EXPECT_THAT(all.notes, ElementsAre("", "dark", ""));
}

TEST(RowCollector, puts_sparse_rows_below_each_other) {
  RowCollector rows(4);
  rows.add({sparse({{{0, 1.0f}, {2, 2.0f}}, {}}, 3), {1, 0}, {"", ""}}, 0);
  rows.add({sparse({{{1, 3.0f}}, {{2, 4.0f}}}, 3), {1, 1}, {"", ""}}, 2);
  const auto all = std::move(rows).take();
  const auto& got = std::get<math::Csr>(all.rows);
  EXPECT_EQ(got.rows, 4);
  EXPECT_EQ(got.cols, 3);
  EXPECT_THAT(got.indptr, ElementsAre(0, 2, 2, 3, 4));
  EXPECT_THAT(got.indices, ElementsAre(0, 2, 1, 2));
  EXPECT_THAT(got.values, ElementsAre(1, 2, 3, 4));
}

TEST(RowCollector, takes_a_block_of_all_rows_as_it_is) {
  RowCollector rows(1);
  rows.add({sparse({{{1, 5.0f}}}, 2), {1}, {""}}, 0);
  EXPECT_THAT(std::get<math::Csr>(std::move(rows).take().rows).values, ElementsAre(5));
  RowCollector none(0);
  none.add({math::Matrix(0, 7), {}, {}}, 0);
  EXPECT_EQ(std::get<math::Matrix>(std::move(none).take().rows).cols(), 7);
}

}  // namespace
}  // namespace medley::features
