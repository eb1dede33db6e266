#include "medley/engine/alike.h"

#include "medley/engine/extract.h"
#include "medley/engine/similar.h"
#include "medley/engine/train.h"

#include "tests/engine/small_world.h"
#include <gmock/gmock.h>

using namespace medley;
using namespace medley::engine::test;
using ::testing::AllOf;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;

namespace {

engine::AlikeAnswer ask(const World& world, const engine::AlikeRequest& request) {
  const auto& dataset = world.dataset;
  const auto log = data::build_interactions(dataset.log, dataset.user_count(), dataset.item_count());
  return engine::alike(dataset, world.tables, log, request);
}

TEST(Alike, its_parts_sum_to_what_similar_gives) {
  const auto world = two_tastes();
  for (const auto& weights : {std::map<std::string, double>{}, {{"image", 3.0}, {"text", 0.5}}}) {
    const auto list =
        engine::similar(world.dataset, world.tables, {.item = "a1", .weights = weights, .k = 30});
    ASSERT_GT(list.items.size(), 10u);
    for (const auto& item : list.items) {
      const auto answer = ask(world, {.a = "a1", .b = item.id, .weights = weights});
      EXPECT_NEAR(answer.score, item.score, 1e-6) << item.id;
      double sum = 0.0, share = 0.0;
      for (const auto& part : answer.parts) {
        sum += part.value;
        share += part.weight;
        EXPECT_DOUBLE_EQ(part.value, part.weight * part.cosine);
      }
      EXPECT_DOUBLE_EQ(sum, answer.score) << item.id;
      EXPECT_DOUBLE_EQ(share, 1.0) << item.id;
    }
  }
}

TEST(Alike, a_feature_that_one_lacks_takes_no_part) {
  const auto answer = ask(two_tastes(), {.a = "a1", .b = "a9"});
  ASSERT_EQ(answer.parts.size(), 1u);
  EXPECT_EQ(answer.parts.front().feature, "words");
}

TEST(Alike, counts_the_users_of_each_and_of_both) {
  World world;
  for (const auto* id : {"x", "y"}) world.dataset.items.add(id);
  world.tables = {dense_table("color", "image", {{1, 0}, {0, 1}})};
  for (const auto* user : {"u", "v", "w"}) add_event(world.dataset, user, "x");
  for (const auto* user : {"w", "z"}) add_event(world.dataset, user, "y");
  const auto answer = ask(world, {.a = "x", .b = "y"});
  EXPECT_EQ(answer.users_of_a, 3);
  EXPECT_EQ(answer.users_of_b, 2);
  EXPECT_EQ(answer.users_in_common, 1);
  EXPECT_EQ(answer.sentence, "unlike in every feature that both have; 1 user chose both");
}

TEST(Alike, names_the_words_and_categories_that_both_have) {
  const Shop shop;
  shop.import();
  QuietServices quiet(1);
  const auto dataset = shop.dataset();
  const auto workspace = shop.workspace();
  engine::extract(workspace, engine::builtin_plugins(), quiet);
  const auto tables = engine::load_tables(workspace, dataset, quiet);
  const auto answer = engine::alike(dataset, tables, engine::all_interactions(workspace, dataset),
                                    {.a = "p000", .b = "p002"});
  std::map<std::string, std::vector<std::string>> shared;
  for (const auto& part : answer.parts) shared[part.feature] = part.shared;
  EXPECT_THAT(shared.at("words"), ::testing::UnorderedElementsAre("scarlet", "dress"));
  EXPECT_THAT(shared.at("kinds"), ::testing::SizeIs(2));
  EXPECT_THAT(shared.at("color"), Not(IsEmpty())) << "two pictures of one colour";
  EXPECT_THAT(answer.sentence, AllOf(HasSubstr("alike in "), HasSubstr("dress")));
}

TEST(Alike, of_dense_rows_names_the_columns_that_carry_the_likeness) {
  World world;
  for (const auto* id : {"x", "y", "z"}) world.dataset.items.add(id);
  auto table = *dense_table("sound", "audio", {{3, 0.1f, 1}, {3, 0.1f, -1}, {-6, -0.2f, 0}});
  table.columns = {"tempo", "mode", "brightness"};
  world.tables = {std::make_shared<data::FeatureTable>(table)};
  const auto answer = ask(world, {.a = "x", .b = "y"});
  EXPECT_THAT(answer.parts.front().shared, ElementsAre("tempo"));
  EXPECT_THAT(answer.sentence, HasSubstr("alike in sound (tempo)"));
  EXPECT_THAT(ask(world, {.a = "x", .b = "z"}).parts.front().shared, IsEmpty()) << "they are unlike";
}

TEST(Alike, of_rows_that_are_sums_over_words_names_the_words) {
  World world;
  for (const auto* id : {"x", "y", "z"}) world.dataset.items.add(id);
  world.tables = {dense_table("vectors", "text", {{2, 0}, {2, 1}, {-4, -1}})};
  const auto dataset_log = data::build_interactions(world.dataset.log, 0, 3);
  // x = boat (2, 0); y = sail (2, 0) + bread (0, 1). Their mean, and that of all, is 0.
  const auto parts = [](const std::string& feature, data::ItemId item, std::span<const float> origin,
                        std::span<const float> direction) {
    EXPECT_EQ(feature, "vectors");
    EXPECT_THAT(origin, ElementsAre(0, 0));
    std::vector<features::RowPart> out;
    if (item == 0) out.push_back({"boat", 2.0 * static_cast<double>(direction[0])});
    if (item == 1) {
      out.push_back({"bread", static_cast<double>(direction[1])});
      out.push_back({"sail", 2.0 * static_cast<double>(direction[0])});
    }
    return out;
  };
  const auto answer = engine::alike(world.dataset, world.tables, dataset_log, {.a = "x", .b = "y"}, parts);
  EXPECT_THAT(answer.parts.front().shared, ::testing::UnorderedElementsAre("boat of x", "sail of y"));
}

TEST(Alike, words_of_both_go_before_those_of_one) {
  World world;
  for (const auto* id : {"x", "y", "z"}) world.dataset.items.add(id);
  world.tables = {dense_table("vectors", "text", {{2, 1}, {3, 0}, {-5, -1}})};
  const auto log = data::build_interactions(world.dataset.log, 0, 3);
  // x = sea (1, 0) + boat (1, 1); y = sea (1, 0) + sail (2, 0).
  const auto parts = [](const std::string&, data::ItemId item, std::span<const float>,
                        std::span<const float> direction) {
    const double across = direction[0], up = direction[1];
    if (item == 0) return std::vector<features::RowPart>{{"boat", across + up}, {"sea", across}};
    return std::vector<features::RowPart>{{"sail", 2 * across}, {"sea", across}};
  };
  const auto answer = engine::alike(world.dataset, world.tables, log, {.a = "x", .b = "y"}, parts);
  EXPECT_THAT(answer.parts.front().shared, ElementsAre("sea", "sail of y", "boat of x"));
}

/// Three items of two columns with names; the mean of each column is 0.
World named_columns(const std::vector<std::vector<float>>& rows) {
  World world;
  for (const auto* id : {"x", "y", "z"}) world.dataset.items.add(id);
  auto table = *dense_table("clip", "video", rows);
  table.columns = {"redness", "length"};
  world.tables = {std::make_shared<data::FeatureTable>(table)};
  return world;
}

/// Of each row of `named_columns`, all that is red in the frame at one second; and the length.
engine::RowParts frame_and_length(const World& world) {
  return [&world](const std::string&, data::ItemId item, std::span<const float> origin,
                  std::span<const float> direction) {
    const auto row = world.tables.front()->dense().row(item);
    const auto product = [&](std::size_t c) {
      return static_cast<double>(row[c] - origin[c]) * static_cast<double>(direction[c]);
    };
    return std::vector<features::RowPart>{{"frame at 0:01.0", product(0), true},
                                          {"length", product(1), false}};
  };
}

std::vector<std::string> bound_by(const World& world, const engine::AlikeRequest& request,
                                  const engine::RowParts& parts) {
  const auto log = data::build_interactions(world.dataset.log, 0, 3);
  return engine::alike(world.dataset, world.tables, log, request, parts).parts.front().shared;
}

TEST(Alike, a_frame_is_named_with_its_item) {
  const auto world = named_columns({{2, 0}, {2, 1}, {-4, -1}});
  const auto parts = frame_and_length(world);
  EXPECT_THAT(bound_by(world, {.a = "y", .b = "z"}, parts), IsEmpty()) << "they are unlike in both";
  EXPECT_THAT(bound_by(world, {.a = "x", .b = "y"}, parts),
              ::testing::UnorderedElementsAre("frame at 0:01.0 of x", "frame at 0:01.0 of y"));
}

TEST(Alike, a_part_that_is_a_column_is_named_once_and_where_it_carries_a_twentieth) {
  // Of the squares 17 and 25.25 the length is 1 and .25.
  const auto long_ones = named_columns({{2, 0}, {2, 1}, {-4, -1}});
  EXPECT_THAT(bound_by(long_ones, {.a = "z", .b = "z"}, frame_and_length(long_ones)),
              ElementsAre("frame at 0:01.0 of z", "length"));
  const auto short_ones = named_columns({{5, 0.5f}, {0, 0}, {-5, -0.5f}});
  EXPECT_THAT(bound_by(short_ones, {.a = "x", .b = "x"}, frame_and_length(short_ones)),
              ElementsAre("frame at 0:01.0 of x"));
}

TEST(Alike, columns_are_named_where_a_row_is_not_taken_apart_or_its_parts_do_not_add_up) {
  const auto world = named_columns({{2, 0}, {2, 1}, {-4, -1}});
  const auto none_of_y = [&](const std::string& feature, data::ItemId item, std::span<const float> origin,
                             std::span<const float> direction) {
    return item == 1 ? std::vector<features::RowPart>()
                     : frame_and_length(world)(feature, item, origin, direction);
  };
  const auto of_another_clip = [](const std::string&, data::ItemId, std::span<const float>,
                                  std::span<const float> direction) {
    return std::vector<features::RowPart>{{"frame at 0:07.0", 5.0 * static_cast<double>(direction[0]), true}};
  };
  EXPECT_THAT(bound_by(world, {.a = "x", .b = "y"}, none_of_y), ElementsAre("redness"));
  EXPECT_THAT(bound_by(world, {.a = "x", .b = "y"}, of_another_clip), ElementsAre("redness"));
}

TEST(Alike, refuses_unknown_items_and_two_that_share_nothing) {
  const auto world = two_tastes();
  EXPECT_THAT(error_of([&] { ask(world, {.a = "zz", .b = "a1"}); }), HasSubstr("'zz'"));
  EXPECT_THAT(error_of([&] { ask(world, {.a = "a1", .b = "zz"}); }), HasSubstr("'zz'"));
  EXPECT_THAT(error_of([&] { ask(world, {.a = "a1", .b = "a9", .by = {"image"}}); }),
              HasSubstr("share none of the features"));
  EXPECT_THAT(error_of([&] { ask(world, {.a = "a1", .b = "a2", .weights = {{"image", -1}}}); }),
              HasSubstr("at least 0"));
}

}  // namespace
