#include "medley/engine/material.h"

#include "tests/engine/small_world.h"
#include <gmock/gmock.h>

#include <cmath>
#include <limits>
#include <set>

using namespace medley;
using namespace medley::engine::test;
using engine::FeatureConfig;
using engine::has_any;
using engine::Material;
using features::Reads;
using ::testing::AllOf;
using ::testing::ElementsAre;
using ::testing::HasSubstr;

namespace {

constexpr double kNone = std::numeric_limits<double>::quiet_NaN();

data::Catalog catalog() {
  data::Catalog out;
  out.texts = {{"title", {"one", "two", ""}}, {"plot", {"", "a plot", ""}}};
  out.categories = {{"genres", {{"drama"}, {}, {}}}};
  out.numbers = {{"year", {1990.0, kNone, kNone}}, {"price", {kNone, 5.0, kNone}}};
  return out;
}

FeatureConfig feature(std::vector<std::string> fields) {
  FeatureConfig out;
  out.name = "mine";
  out.fields = std::move(fields);
  return out;
}

}  // namespace

TEST(Material, gives_the_fields_of_each_item_in_the_order_asked) {
  const auto data = catalog();
  const Material texts(data, feature({"plot", "title"}), Reads::text, 3);
  ASSERT_EQ(texts.items().size(), 3u);
  EXPECT_THAT(texts.items()[0].texts, ElementsAre("", "one"));
  EXPECT_THAT(texts.items()[1].texts, ElementsAre("a plot", "two"));
  const Material numbers(data, feature({"price"}), Reads::numbers, 3);
  EXPECT_TRUE(std::isnan(numbers.items()[0].numbers[0]));
  EXPECT_EQ(numbers.items()[1].numbers[0], 5.0);
  const Material genres(data, feature({"genres"}), Reads::categories, 3);
  EXPECT_THAT(genres.items()[0].categories[0], ElementsAre("drama"));
}

TEST(Material, takes_all_columns_of_the_kind_where_no_field_is_named) {
  const auto data = catalog();
  EXPECT_EQ(Material(data, feature({}), Reads::text, 3).items()[0].texts.size(), 2u);
  EXPECT_EQ(Material(data, feature({}), Reads::numbers, 3).items()[0].numbers.size(), 2u);
  EXPECT_EQ(Material(data, feature({}), Reads::categories, 3).items()[0].categories.size(), 1u);
}

TEST(Material, takes_what_users_wrote_only_where_it_is_named) {
  auto data = catalog();
  data.categories.push_back({data::kTagsField, {{"funny"}, {}, {}}});
  EXPECT_EQ(Material(data, feature({}), Reads::categories, 3).items()[0].categories.size(), 1u);
  const Material both(data, feature({"genres", "tags"}), Reads::categories, 3);
  EXPECT_THAT(both.items()[0].categories[1], ElementsAre("funny"));
}

TEST(Material, tells_who_has_anything) {
  const auto data = catalog();
  const Material texts(data, feature({}), Reads::text, 3);
  EXPECT_TRUE(has_any(texts.items()[0]));
  EXPECT_FALSE(has_any(texts.items()[2]));
  const Material numbers(data, feature({}), Reads::numbers, 3);
  EXPECT_TRUE(has_any(numbers.items()[1]));
  EXPECT_FALSE(has_any(numbers.items()[2]));
  const Material genres(data, feature({}), Reads::categories, 3);
  EXPECT_TRUE(has_any(genres.items()[0]));
  EXPECT_FALSE(has_any(genres.items()[1]));
}

TEST(Material, a_wrong_field_names_the_section_and_what_there_is) {
  const auto data = catalog();
  EXPECT_THAT(error_of([&] { Material(data, feature({"titel"}), Reads::text, 3); }),
              AllOf(HasSubstr("[features.mine]"), HasSubstr("'titel'"), HasSubstr("title, plot")));
  // A column of another kind is a wrong one, too.
  EXPECT_THAT(error_of([&] { Material(data, feature({"title"}), Reads::numbers, 3); }),
              HasSubstr("year, price"));
  EXPECT_THAT(error_of([&] { Material({}, feature({}), Reads::text, 3); }),
              AllOf(HasSubstr("[features.mine]"), HasSubstr("[catalog]")));
}

TEST(Material, its_hash_changes_with_every_value_and_with_nothing_else) {
  const auto hash = [](const data::Catalog& data, Reads reads) {
    engine::MaterialHasher out;
    const Material material(data, feature({}), reads, 3);
    for (const auto& item : material.items()) out.add(item);
    return out.digest();
  };
  for (const auto reads : {Reads::text, Reads::categories, Reads::numbers})
    EXPECT_EQ(hash(catalog(), reads), hash(catalog(), reads));
  auto changed = catalog();
  changed.texts[0].values[1] = "TWO";
  EXPECT_NE(hash(changed, Reads::text), hash(catalog(), Reads::text));
  EXPECT_EQ(hash(changed, Reads::numbers), hash(catalog(), Reads::numbers));
  changed.numbers[1].values[1] = 5.5;
  EXPECT_NE(hash(changed, Reads::numbers), hash(catalog(), Reads::numbers));
  // The same letters, cut in another way or given to another item.
  std::set<std::string> hashes;
  for (const std::vector<std::vector<std::string>>& values :
       {std::vector<std::vector<std::string>>{{"ab"}, {}, {}},
        {{"a", "b"}, {}, {}},
        {{"a"}, {"b"}, {}},
        {{}, {"ab"}, {}}}) {
    changed.categories[0].values = values;
    hashes.insert(hash(changed, Reads::categories));
  }
  EXPECT_EQ(hashes.size(), 4u);
}

TEST(Material, comes_block_by_block_as_it_comes_whole) {
  const data::CatalogStream one_by_one = [](data::ColumnType type, const data::CatalogSink& sink) {
    EXPECT_EQ(type, data::ColumnType::text);
    for (data::ItemId item = 0; item < 3; ++item) {
      auto block = catalog();
      for (auto& column : block.texts) column.values = {column.values[static_cast<std::size_t>(item)]};
      sink(block, item, 1);
    }
  };
  const auto mine = feature({"plot", "title"});
  const engine::MaterialBlocks blocks(one_by_one, mine, Reads::text, 3);
  EXPECT_EQ(blocks.size(), 3u);
  const auto data = catalog();
  const Material whole(data, mine, Reads::text, 3);
  std::size_t met = 0;
  blocks.for_each([&](std::span<const medley::features::Item> block, std::size_t first) {
    ASSERT_EQ(block.size(), 1u);
    EXPECT_EQ(first, met);
    EXPECT_EQ(engine::material_hash(block[0]), engine::material_hash(whole.items()[met])) << met;
    ++met;
  });
  EXPECT_EQ(met, 3u);
  const auto wrong = feature({"titel"});
  EXPECT_THAT(error_of([&] {
                engine::MaterialBlocks(one_by_one, wrong, Reads::text, 3)
                    .for_each([](std::span<const medley::features::Item>, std::size_t) {});
              }),
              HasSubstr("'titel'"));
}
