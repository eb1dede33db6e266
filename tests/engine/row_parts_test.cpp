#include "medley/engine/row_parts.h"

#include "medley/engine/extract.h"

#include "tests/engine/small_world.h"
#include <gmock/gmock.h>

using namespace medley;
using namespace medley::engine::testing;

namespace {

TEST(RowParts, of_a_feature_that_has_none_and_of_one_that_is_not_there_are_none) {
  const Shop shop;
  shop.import();
  QuietServices quiet(1);
  const auto plugins = engine::builtin_plugins();
  const auto workspace = shop.workspace();
  const auto dataset = shop.dataset();
  engine::extract(workspace, dataset, plugins, quiet);
  const auto parts = engine::row_parts_of(workspace, dataset, plugins.extractors);
  const std::vector<float> direction(1000, 1.0f);
  EXPECT_TRUE(parts("words", 0, direction).empty()) << "its columns have names";
  EXPECT_TRUE(parts("color", 0, direction).empty()) << "it keeps no state";
  EXPECT_TRUE(parts("none", 0, direction).empty());
}

}  // namespace
