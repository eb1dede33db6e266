#include "medley/engine/content.h"

#include "medley/core/error.h"
#include "medley/engine/plugins.h"

#include <gtest/gtest.h>

using namespace medley;

namespace {

std::shared_ptr<const data::FeatureTable> table(std::string name, std::string modality, std::string extractor,
                                                std::vector<float> values,
                                                std::vector<std::uint8_t> present) {
  auto out = std::make_shared<data::FeatureTable>();
  out->name = std::move(name);
  out->modality = std::move(modality);
  out->extractor = std::move(extractor);
  math::Matrix rows(static_cast<math::Index>(values.size()), 1);
  std::copy(values.begin(), values.end(), rows.data());
  out->rows = std::move(rows);
  out->present = std::move(present);
  return out;
}

engine::Tables three() {
  return {table("color", "image", "image/color", {1, 2, 0}, {1, 1, 0}),
          table("hog", "image", "image/hog", {1, 0, 3}, {1, 0, 1}),
          table("words", "text", "text/tfidf", {0, 2, 0}, {0, 1, 0})};
}

}  // namespace

TEST(Content, features_are_called_by_name_modality_or_extractor_in_the_order_asked) {
  const auto all = three();
  EXPECT_EQ(engine::select_tables(all, {}).size(), 3u);
  EXPECT_TRUE(engine::select_tables(all, {"none"}).empty());
  const auto chosen = engine::select_tables(all, {"text/tfidf", "image"});
  ASSERT_EQ(chosen.size(), 3u);
  EXPECT_EQ(chosen[0]->name, "words");
  EXPECT_THROW(engine::select_tables(all, {"image", "color"}), Error);
  EXPECT_THROW(engine::select_tables(all, {"sound"}), Error);
}

TEST(Content, a_modality_is_removed_with_all_its_features) {
  const auto left = engine::without_tables(three(), {"image"});
  ASSERT_EQ(left.size(), 1u);
  EXPECT_EQ(left[0]->name, "words");
  EXPECT_EQ(engine::without_tables(three(), {"hog"}).size(), 2u);
  EXPECT_THROW(engine::without_tables(three(), {"sound"}), Error);
}

TEST(Content, presence_has_one_column_a_modality) {
  const auto presence = engine::presence_table(three(), 3);
  ASSERT_EQ(presence->dim(), 2);
  EXPECT_EQ(presence->columns, (std::vector<std::string>{"has image", "has text"}));
  const auto& rows = presence->dense();
  EXPECT_EQ(rows(0, 0), 1);
  EXPECT_EQ(rows(2, 0), 1);
  EXPECT_EQ(rows(0, 1), 0);
  EXPECT_EQ(rows(1, 1), 1);
  EXPECT_EQ(presence->present_count(), 3);
}

TEST(Content, a_fusion_takes_parameters_from_its_spec_and_above_them_those_of_the_model) {
  QuietServices quiet(1);
  fusion::Registry fusions;
  fusion::register_builtin(fusions);
  // Item 2 lacks the feature, so that its scale tells what stands in.
  const auto scale = [&](const std::string& fusion, const ParamMap& params) {
    const models::ContentUse use{models::ContentUse::Form::fused, {"color"}, fusion, params};
    return engine::make_vectors(use, three(), fusions, quiet)->blocks[0].centering.scale[2];
  };
  EXPECT_EQ(scale("concat(centre=false)", {}), 0.0f);
  EXPECT_EQ(scale("concat(missing=mean,centre=false)", {}), 1.0f);
  EXPECT_EQ(scale("concat(missing=zero,centre=false)", {{"missing", "mean"}}), 1.0f);
  EXPECT_THROW(scale("concat(missing=[zero,mean])", {}), Error);
  EXPECT_THROW(scale("concat(hop=3)", {}), Error);
}

TEST(Content, tags_stay_only_where_they_are_named) {
  auto tables = three();
  auto tags = std::make_shared<data::FeatureTable>(*tables[0]);
  tags->name = "labels";
  tags->from_tags = true;
  tables.push_back(tags);
  EXPECT_EQ(engine::without_unnamed_tags(tables, {}).size(), 3u);
  EXPECT_EQ(engine::without_unnamed_tags(tables, {"image", "color"}).size(), 3u)
      << "a modality is not a name";
  EXPECT_EQ(engine::without_unnamed_tags(tables, {"color", "labels"}).back()->name, "labels");
}

TEST(Content, tables_are_given_centred_at_unit_length_and_absent_rows_as_zero) {
  QuietServices quiet(1);
  fusion::Registry fusions;
  const auto vectors =
      engine::make_vectors({models::ContentUse::Form::tables, {"color"}, "", {}}, three(), fusions, quiet);
  ASSERT_EQ(vectors->blocks.size(), 1u);
  const auto rows = vectors->blocks[0].rows();
  EXPECT_NEAR(math::inner_product(rows, 0, 1), -1.0, 1e-6);
  EXPECT_EQ(math::inner_product(rows, 2, 2), 0.0);
}

TEST(Content, a_fusion_is_given_the_parameters_of_its_spec) {
  QuietServices quiet(1);
  const auto fusions = engine::builtin_plugins().fusions;
  const auto product = [&](const std::string& fusion) {
    const auto vectors = engine::make_vectors({models::ContentUse::Form::fused, {"color"}, fusion, {}},
                                              three(), fusions, quiet);
    return math::inner_product(vectors->blocks[0].rows(), 0, 1);
  };
  // 1 and 2 lie on both sides of their mean, and in the same direction from 0.
  EXPECT_NEAR(product("concat"), -1, 1e-6);
  EXPECT_NEAR(product("concat(centre=false)"), 1, 1e-6);
  EXPECT_THROW(product("concat(center=false)"), Error);
}
