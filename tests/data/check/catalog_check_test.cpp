#include "medley/data/check/catalog_check.h"

#include "medley/core/error.h"

#include "../log_builder.h"
#include <gmock/gmock.h>

using namespace medley;
using namespace medley::data;
using testing::ElementsAre;

namespace {

/// Items i0 to i3, all with events; i3 without a row, i1 without title, i2 without picture.
Dataset catalogued() {
  auto data = LogBuilder().add("a", "i0").add("a", "i1").add("a", "i2").add("a", "i3").add("b", "i3").build();
  auto& catalog = data.catalog;
  catalog.texts = {{"title", {"Cup", "", "Pot", ""}}, {"plot", {"", "", "", ""}}};
  catalog.files[MediaKind::image] = {"0.jpg", "1.jpg", "", ""};
  catalog.has_row = {1, 1, 1, 0};
  return data;
}

}  // namespace

TEST(CatalogCheck, finds_items_without_row_text_or_picture) {
  const auto data = catalogued();
  CheckReport report;
  check_catalog(data, {}, report);
  EXPECT_EQ(*report.count("catalogue_rows"), 3);
  EXPECT_EQ(*report.count("items_with_text"), 2);
  EXPECT_EQ(*report.count("items_with_picture"), 2);
  EXPECT_EQ(report.problem("items_without_catalogue_row")->count, 1) << "one item, whatever its events";
  EXPECT_THAT(report.problem("items_without_catalogue_row")->examples, ElementsAre("i3"));
  EXPECT_THAT(report.problem("items_without_text")->examples, ElementsAre("i1", "i3"));
  EXPECT_THAT(report.problem("items_without_picture")->examples, ElementsAre("i2", "i3"));
}

TEST(CatalogCheck, finds_no_fault_with_a_log_that_has_no_catalogue) {
  const auto data = LogBuilder().add("a", "x").build();
  CheckReport report;
  check_catalog(data, {}, report);
  EXPECT_TRUE(report.problems.empty());
  EXPECT_EQ(report.count("items_with_text"), nullptr);
}

TEST(CatalogCheck, finds_items_without_each_feature) {
  auto data = catalogued();
  for (const auto* name : {"image", "audio"}) {
    FeatureTable table;
    table.name = name;
    table.present = {1, 1, static_cast<std::uint8_t>(table.name == "image"), 0};
    data.features.push_back(std::move(table));
  }
  CheckReport report;
  check_features(data, {}, report);
  EXPECT_EQ(*report.count("items_with_features.image"), 3);
  EXPECT_EQ(*report.count("items_with_features.audio"), 2);
  ASSERT_EQ(report.problems.size(), 2u);
  EXPECT_EQ(report.problems[1].of, "audio");
  EXPECT_THAT(report.problems[1].examples, ElementsAre("i2", "i3"));
}

TEST(CatalogCheck, asks_the_decoder_about_every_picture_and_keeps_item_order) {
  auto data = LogBuilder().build();
  for (int k = 0; k < 100; ++k) {
    data.items.add("i" + std::to_string(k));
    data.catalog.files[MediaKind::image].push_back(k % 2 ? "" : std::to_string(k) + ".jpg");
  }
  CheckOptions options;
  options.max_examples = 2;
  options.look_at_picture = [](const std::string& path) -> PictureLook {
    return {path == "98.jpg" || path == "4.jpg" || path == "50.jpg" ? "cut short" : "", std::nullopt};
  };
  CheckReport report;
  QuietServices services(4);
  check_pictures(data, options, services, report);
  ASSERT_EQ(report.problems.size(), 1u);
  EXPECT_EQ(report.problems[0].code, "broken_pictures");
  EXPECT_EQ(report.problems[0].count, 3);
  EXPECT_THAT(report.problems[0].examples, ElementsAre("i4: 4.jpg: cut short", "i50: 50.jpg: cut short"));
}

TEST(CatalogCheck, finds_pictures_that_are_nearly_those_of_an_earlier_item) {
  auto data = LogBuilder().build();
  for (const auto* id : {"cup", "mug", "hat", "plain", "bare", "none"}) {
    data.items.add(id);
    data.catalog.files[MediaKind::image].emplace_back(std::string(id) == "none" ? "" : id);
  }
  CheckOptions options;
  options.look_at_picture = [](const std::string& path) -> PictureLook {
    if (path == "cup") return {"", 0xFF00FF00};
    if (path == "mug") return {"", 0xFF00FF03};
    if (path == "hat") return {"", 0x00FFFF00};
    return {};  // without a hash, as plain pictures are
  };
  CheckReport report;
  QuietServices services(2);
  check_pictures(data, options, services, report);
  ASSERT_EQ(report.problems.size(), 1u);
  EXPECT_EQ(report.problems[0].code, "near_duplicate_pictures");
  EXPECT_THAT(report.problems[0].examples, ElementsAre("mug is like cup: 2 of 64 bits differ"));
}

TEST(CatalogCheck, of_pictures_can_be_interrupted) {
  const auto data = catalogued();
  CheckOptions options;
  options.look_at_picture = [](const std::string&) { return PictureLook{}; };
  CheckReport report;
  QuietServices services(2);
  services.cancel().set();
  EXPECT_THROW(check_pictures(data, options, services, report), Error);
}
