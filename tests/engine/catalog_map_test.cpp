#include "medley/engine/catalog_map.h"

#include "tests/engine/small_world.h"
#include <gmock/gmock.h>

#include <cmath>

using namespace medley;
using engine::test::dense_table;
using ::testing::ElementsAre;
using ::testing::IsEmpty;

namespace {

/// Rows as they are: scale 1 where present, no centring of their own.
data::ItemVectors plain(const std::shared_ptr<const data::FeatureTable>& table) {
  data::ItemVectors out;
  math::Centering centering;
  for (const auto bit : table->present) centering.scale.push_back(bit);
  out.blocks.push_back({table->name, table->modality, table, std::move(centering)});
  return out;
}

class CatalogMap : public ::testing::Test {
 protected:
  QuietServices quiet_{1};
};

TEST_F(CatalogMap, finds_the_axes_of_a_shifted_cross) {
  // Around (5, 5, 5): +-2 along the third axis, +-1 along the first. Variances 8 and 2 of 10.
  const auto map = engine::map_catalog(
      plain(dense_table("v", "image", {{5, 5, 7}, {5, 5, 3}, {6, 5, 5}, {4, 5, 5}})), quiet_);
  ASSERT_THAT(map.items, ElementsAre(0, 1, 2, 3));
  EXPECT_NEAR(std::abs(map.x[0]), 2.0, 1e-4);
  EXPECT_NEAR(map.x[0] + map.x[1], 0.0, 1e-4);
  EXPECT_NEAR(std::abs(map.y[2]), 1.0, 1e-4);
  EXPECT_NEAR(map.y[2] + map.y[3], 0.0, 1e-4);
  EXPECT_NEAR(map.y[0], 0.0, 1e-4);
  EXPECT_NEAR(map.variance[0], 0.8, 1e-4);
  EXPECT_NEAR(map.variance[1], 0.2, 1e-4);
}

TEST_F(CatalogMap, leaves_out_items_without_a_vector) {
  const auto map = engine::map_catalog(
      plain(dense_table("v", "image", {{5, 5, 7}, {}, {5, 5, 3}, {6, 5, 5}, {4, 5, 5}})), quiet_);
  EXPECT_THAT(map.items, ElementsAre(0, 2, 3, 4));
  EXPECT_EQ(map.left_out, 1);
  EXPECT_NEAR(map.variance[0], 0.8, 1e-4);
}

TEST_F(CatalogMap, of_two_items_is_none) {
  const auto map = engine::map_catalog(plain(dense_table("v", "image", {{1, 2}, {2, 1}})), quiet_);
  EXPECT_THAT(map.items, IsEmpty());
  EXPECT_EQ(map.left_out, 2);
}

TEST_F(CatalogMap, of_equal_items_is_one_point) {
  const auto map = engine::map_catalog(plain(dense_table("v", "image", {{1, 2}, {1, 2}, {1, 2}})), quiet_);
  ASSERT_EQ(map.x.size(), 3u);
  for (const auto x : map.x) EXPECT_NEAR(x, 0.0, 1e-4);
}

TEST_F(CatalogMap, keeps_the_two_tastes_apart) {
  const auto world = engine::test::two_tastes();
  const auto plugins = engine::builtin_plugins();
  const auto vectors = engine::make_vectors({models::ContentUse::Form::fused, {}, "concat", {}}, world.tables,
                                            plugins.fusions, quiet_);
  const auto map = engine::map_catalog(*vectors, quiet_);
  double a = 0.0;
  for (std::size_t i = 0; i < map.items.size(); ++i) {
    const double side = world.dataset.items.id(map.items[i]).front() == 'a' ? 1.0 : -1.0;
    if (i == 0) a = side * map.x[i];
    EXPECT_GT(side * map.x[i] * a, 0.0) << world.dataset.items.id(map.items[i]);
  }
}

}  // namespace
