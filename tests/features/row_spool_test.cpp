#include "medley/features/row_spool.h"

#include "tests/features/sparse.h"
#include <gmock/gmock.h>

#include <utility>

namespace medley::features {
namespace {

using test::sparse;
using ::testing::ElementsAre;

TEST(RowSpool, hands_its_rows_out_as_often_as_wanted) {
  RowSpool spool;
  EXPECT_EQ(spool.whole().rows, 0);
  // More numbers than are handed out at once, and a row that alone is more.
  std::vector<std::pair<std::int32_t, float>> wide;
  for (std::int32_t c = 0; c < 1'200'000; ++c) wide.emplace_back(c, 1.0f);
  spool.add(sparse({{{3, 1.0f}}, wide, {}}, 1'200'000).view());
  spool.add(sparse({{{4, 2.0f}}}, 1'200'000).view());
  spool.add(sparse(std::vector<std::vector<std::pair<std::int32_t, float>>>(9000), 1'200'000).view());
  for (int round = 0; round < 2; ++round) {
    std::vector<std::int64_t> lengths;
    math::Index rows = 0;
    spool.for_each([&](const math::CsrView& block, math::Index first) {
      EXPECT_EQ(first, rows);
      EXPECT_EQ(block.cols, 1'200'000);
      EXPECT_LE(block.rows, 8192);
      rows += block.rows;
      for (math::Index i = 0; i < block.rows; ++i)
        lengths.push_back(static_cast<std::int64_t>(block.row_values(i).size()));
    });
    EXPECT_EQ(rows, 9004);
    lengths.resize(5);
    EXPECT_THAT(lengths, ElementsAre(1, 1'200'000, 0, 1, 0));
  }
  EXPECT_EQ(spool.whole().indptr.back(), 1'200'002);
}

}  // namespace
}  // namespace medley::features
