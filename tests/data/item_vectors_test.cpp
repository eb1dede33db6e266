#include "medley/data/item_vectors.h"

#include <gmock/gmock.h>

namespace medley::data {
namespace {

using ::testing::ElementsAre;

std::shared_ptr<const FeatureTable> dense_table() {
  auto table = std::make_shared<FeatureTable>();
  math::Matrix rows(2, 2);
  rows(0, 0) = 3;
  rows(1, 1) = 4;
  table->rows = std::move(rows);
  table->present = {1, 1};
  return table;
}

std::shared_ptr<const FeatureTable> sparse_table() {
  auto table = std::make_shared<FeatureTable>();
  table->rows = math::Csr{2, 3, {0, 1, 1}, {2}, {5}};
  table->present = {1, 0};
  return table;
}

TEST(ItemVectors, rows_of_a_dense_block_are_scaled_and_centred) {
  const ItemVectors::Block block{"color", "image", dense_table(), {{1, 0}, {2, 0.5f}}};
  EXPECT_THAT(math::row_of(block.rows(), 0), ElementsAre(4, 0));
  EXPECT_THAT(math::row_of(block.rows(), 1), ElementsAre(-0.5f, 2));
}

TEST(ItemVectors, rows_of_a_sparse_block_are_views_into_its_table) {
  const ItemVectors::Block block{"words", "text", sparse_table(), {{}, {2, 0}}};
  const auto rows = block.rows();
  ASSERT_TRUE(rows.sparse.has_value());
  EXPECT_EQ(rows.sparse->values.data(), block.table->sparse().values.data());
  EXPECT_THAT(math::row_of(rows, 0), ElementsAre(0, 0, 10));
  EXPECT_THAT(math::row_of(rows, 1), ElementsAre(0, 0, 0));
}

TEST(ItemVectors, counts_the_items_of_its_blocks) {
  EXPECT_EQ(ItemVectors{}.items(), 0);
  ItemVectors vectors;
  vectors.blocks.push_back({"words", "text", sparse_table(), {}});
  EXPECT_EQ(vectors.items(), 2);
}

}  // namespace
}  // namespace medley::data
