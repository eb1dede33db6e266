#include "medley/engine/column_rows.h"

#include "medley/engine/material.h"

#include "tests/engine/small_world.h"
#include "tests/features/items.h"
#include <gmock/gmock.h>

using namespace medley;
using namespace medley::engine::test;
using engine::ColumnRows;
using engine::Material;
using engine::RowCache;

namespace {

class ColumnRowsTest : public ::testing::Test {
 protected:
  ColumnRows rows(const std::vector<std::string>& texts, std::size_t block = 0) {
    data::Catalog catalog;
    catalog.texts.push_back({"title", texts});
    engine::FeatureConfig feature;
    feature.name = "mood";
    const Material material(catalog, feature, features::Reads::text, static_cast<std::int32_t>(texts.size()));
    RowCache cache(folder_.path() / "rows");
    QuietServices quiet(1);
    if (block == 0) return engine::column_rows(features::ItemSpan(material.items()), *affect_, cache, quiet);
    const features::test::CutItems blocks(material.items(), block);
    return engine::column_rows(blocks, *affect_, cache, quiet);
  }
  static std::span<const float> row(const ColumnRows& rows, math::Index i) {
    return std::get<math::Matrix>(rows.vectors.rows).row(i);
  }

  const data::TempFolder folder_;
  const engine::Plugins plugins_ = engine::builtin_plugins();
  const std::unique_ptr<features::Extractor> affect_ = plugins_.extractors.make("affect/text", {});
};

TEST_F(ColumnRowsTest, what_grew_is_made_and_the_rest_is_known) {
  const auto first = rows({"a wonderful day", "", "a horrible day"});
  EXPECT_EQ(first.computed, 2);
  EXPECT_EQ(first.reused, 0);
  EXPECT_GT(row(first, 0)[0], 0.0f);
  EXPECT_LT(row(first, 2)[0], 0.0f);
  const auto second = rows({"new and great", "a horrible day", "a wonderful day"});
  EXPECT_EQ(second.computed, 1);
  EXPECT_EQ(second.reused, 2);
  EXPECT_EQ(row(second, 1)[0], row(first, 2)[0]);
  EXPECT_EQ(row(second, 2)[0], row(first, 0)[0]);
  EXPECT_EQ(second.vectors.present, (std::vector<std::uint8_t>{1, 1, 1}));
}

TEST_F(ColumnRowsTest, equal_texts_are_made_once) {
  const auto got = rows({"so good", "so good", "so good"});
  EXPECT_EQ(got.computed, 1);
  EXPECT_EQ(got.reused, 2);
}

TEST_F(ColumnRowsTest, come_to_their_places_in_whatever_blocks_the_items_come) {
  const std::string german = "Das ist ein ganz wunderbarer Film, den man gesehen haben muss.";
  const std::vector<std::string> texts{"a good day", "", "bad", "a good day", german, "bad", "so very nice"};
  const auto got = rows(texts, 2);
  EXPECT_EQ(got.computed, 4);
  EXPECT_EQ(got.reused, 2);
  EXPECT_EQ(got.vectors.present, (std::vector<std::uint8_t>{1, 0, 1, 1, 0, 1, 1}));
  EXPECT_NE(got.vectors.notes[4], "");
  const auto again = rows(texts);
  EXPECT_EQ(again.computed, 0);
  for (math::Index i = 0; i < 7; ++i) EXPECT_EQ(row(got, i)[0], row(again, i)[0]) << i;
  EXPECT_GT(row(got, 3)[0], 0.0f);
  EXPECT_LT(row(got, 5)[0], 0.0f);
  EXPECT_GT(row(got, 6)[0], 0.0f);
}

TEST_F(ColumnRowsTest, why_there_is_no_row_is_kept_too) {
  const std::string german = "Das ist ein ganz wunderbarer Film, den man gesehen haben muss.";
  const auto first = rows({german});
  EXPECT_EQ(first.vectors.present[0], 0);
  EXPECT_NE(first.vectors.notes[0], "");
  const auto second = rows({german});
  EXPECT_EQ(second.computed, 0);
  EXPECT_EQ(second.vectors.notes[0], first.vectors.notes[0]);
}

TEST_F(ColumnRowsTest, of_an_empty_catalogue_are_none) {
  EXPECT_EQ(rows({}).computed, 0);
}

}  // namespace
