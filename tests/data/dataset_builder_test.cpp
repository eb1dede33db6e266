#include "medley/data/dataset_builder.h"

#include "medley/data/npy.h"

#include "tests/data/readers/recorder.h"
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <cstdlib>

using namespace medley;
using namespace medley::data;
using testing::ElementsAre;
using testing::HasSubstr;

namespace {

Dataset load(const std::filesystem::path& path, Quarantine& quarantine) {
  QuietServices services(1);
  const Services given = services;
  return load_benchmark(path, "", given, quarantine);
}

Dataset load(const std::filesystem::path& path) {
  Quarantine quarantine;
  auto dataset = load(path, quarantine);
  EXPECT_EQ(quarantine.count(), 0);
  return dataset;
}

std::int64_t count(const Dataset& dataset, Part part) {
  const auto& labels = dataset.log.labels;
  return std::count(labels.begin(), labels.end(), part);
}

TEST(DatasetBuilder, numbers_ids_and_keeps_events_in_file_order) {
  Quarantine quarantine;
  DatasetBuilder builder(quarantine);
  builder.event({.user = "u", .item = "b", .kind = "view", .value = 2, .time = 9});
  builder.event({.user = "v", .item = "a", .kind = "cart"});
  builder.event({.user = "u", .item = "a", .kind = "view"});
  const auto dataset = builder.finish();
  EXPECT_THAT(dataset.users.ids(), ElementsAre("u", "v"));
  EXPECT_THAT(dataset.items.ids(), ElementsAre("b", "a"));
  EXPECT_THAT(dataset.log.kinds, ElementsAre("view", "cart"));
  EXPECT_EQ(dataset.log.events[0], (Event{0, 0, 2.0f, 0, 9}));
  EXPECT_EQ(dataset.log.events[1], (Event{1, 1, 1.0f, 1, kNoTime}));
  EXPECT_TRUE(dataset.log.labels.empty());
}

TEST(DatasetBuilder, labels_are_kept_only_if_every_event_has_one) {
  Quarantine quarantine;
  DatasetBuilder builder(quarantine);
  builder.event({.user = "u", .item = "a", .label = Part::test});
  builder.event({.user = "u", .item = "b", .label = Part::train});
  EXPECT_THAT(builder.finish().log.labels, ElementsAre(Part::test, Part::train));
  builder.event({.user = "u", .item = "a", .label = Part::test});
  builder.event({.user = "u", .item = "b"});
  builder.event({.user = "u", .item = "c", .label = Part::train});
  const auto dataset = builder.finish();
  EXPECT_EQ(dataset.log.events.size(), 3u);
  EXPECT_TRUE(dataset.log.labels.empty());
}

TEST(DatasetBuilder, the_folder_names_the_dataset_however_it_is_written) {
  TempFolder folder;
  const auto file = folder.write("films/s.inter", "userID\titemID\n0\t1\n");
  EXPECT_EQ(load(folder.path() / "films").name, "films");
  EXPECT_EQ(load(folder.path() / "films" / "").name, "films");
  EXPECT_EQ(load(folder.path() / "films" / ".").name, "films");
  EXPECT_EQ(load(file).name, "films");
}

TEST(DatasetBuilder, rows_of_one_item_add_up_and_what_is_missing_is_absent) {
  Quarantine quarantine;
  DatasetBuilder builder(quarantine);
  builder.event({.user = "u", .item = "a"});
  ItemRow first;
  first.id = "b";
  first.texts.emplace_back("title", "Heat");
  first.files[MediaKind::image] = "b.jpg";
  builder.item(first);
  ItemRow second;
  second.id = "b";
  second.texts.emplace_back("plot", "A thief.");
  second.numbers.emplace_back("year", 1995);
  builder.item(second);
  const auto dataset = builder.finish();
  EXPECT_EQ(dataset.item_count(), 2);
  EXPECT_THAT(dataset.catalog.text("title")->values, ElementsAre("", "Heat"));
  EXPECT_THAT(dataset.catalog.text("plot")->values, ElementsAre("", "A thief."));
  EXPECT_TRUE(std::isnan(dataset.catalog.number("year")->values[0]));
  EXPECT_EQ(dataset.catalog.number("year")->values[1], 1995);
  EXPECT_THAT(dataset.catalog.files[MediaKind::image], ElementsAre("", "b.jpg"));
  EXPECT_THAT(dataset.catalog.has_row, ElementsAre(0, 1));
}

TEST(DatasetBuilder, vectors_beside_mmrec_go_to_the_item_of_their_row_number) {
  TempFolder folder;
  folder.write("s.inter", "userID\titemID\tx_label\n0\t3\t0\n0\t1\t2\n");
  math::Matrix rows(5, 2);
  for (int i = 0; i < 5; ++i) rows(i, 0) = static_cast<float>(i);
  rows(0, 0) = 7;
  rows(4, 0) = 0;  // all zero: absent
  save_npy(folder.path() / "image_feat.npy", rows.view());
  const auto dataset = load(folder.path());
  EXPECT_EQ(dataset.item_count(), 5);
  ASSERT_EQ(dataset.features.size(), 1u);
  const auto& image = dataset.features[0];
  EXPECT_EQ(image.name, "image");
  EXPECT_EQ(image.modality, "image");
  EXPECT_EQ(image.items(), 5);
  EXPECT_EQ(image.present_count(), 4);
  const auto at = [&](const char* id) { return *dataset.items.find(id); };
  EXPECT_EQ(image.dense()(at("0"), 0), 7.0f);
  EXPECT_EQ(image.dense()(at("3"), 0), 3.0f);
  EXPECT_EQ(image.dense()(at("1"), 0), 1.0f);
  EXPECT_EQ(image.present[static_cast<std::size_t>(at("4"))], 0);
}

TEST(DatasetBuilder, feature_files_of_different_lengths_all_cover_every_item) {
  TempFolder folder;
  folder.write("s.inter", "userID\titemID\n0\t1\n");
  save_npy(folder.path() / "audio_feat.npy", math::Matrix(2, 3).view());
  save_npy(folder.path() / "image_feat.npy", math::Matrix(4, 3).view());
  const auto dataset = load(folder.path());
  EXPECT_EQ(dataset.item_count(), 4);
  for (const auto& table : dataset.features) {
    EXPECT_EQ(table.items(), 4) << table.name;
    EXPECT_EQ(table.present.size(), 4u) << table.name;
  }
}

TEST(DatasetBuilder, vectors_with_too_few_rows_or_items_without_numbers_are_named) {
  TempFolder folder;
  folder.write("s.inter", "userID\titemID\n0\t7\n");
  save_npy(folder.path() / "image_feat.npy", math::Matrix(5, 2).view());
  EXPECT_THAT(error_of([&] { load(folder.path()); }),
              HasSubstr("image_feat.npy' has 5 rows, and there is an item 7"));
  folder.write("s.inter", "userID\titemID\n0\tB07\n");
  EXPECT_THAT(error_of([&] { load(folder.path()); }), HasSubstr("item 'B07' is none"));
}

class RealData : public testing::Test {
 protected:
  void SetUp() override {
    const char* data = std::getenv("MEDLEY_DATA");
    if (data == nullptr) GTEST_SKIP() << "MEDLEY_DATA is not set";
    root_ = data;
  }
  std::filesystem::path root_;
};

TEST_F(RealData, tiktok_has_its_labels_and_items_never_seen_in_train) {
  const auto dataset = load(root_ / "tiktok");
  EXPECT_EQ(dataset.user_count(), 9'308);
  EXPECT_EQ(dataset.item_count(), 6'710);
  EXPECT_EQ(count(dataset, Part::train), 59'541);
  EXPECT_EQ(count(dataset, Part::valid), 3'051);
  EXPECT_EQ(count(dataset, Part::test), 6'130);
  std::vector<bool> seen(6'710);
  for (std::size_t i = 0; i < dataset.log.events.size(); ++i) {
    if (dataset.log.labels[i] == Part::train)
      seen[static_cast<std::size_t>(dataset.log.events[i].item)] = true;
  }
  EXPECT_EQ(std::count(seen.begin(), seen.end(), false), 465);
  ASSERT_EQ(dataset.features.size(), 2u);
  EXPECT_EQ(dataset.features[0].name, "audio");
  EXPECT_EQ(dataset.features[1].name, "image");
  for (const auto& table : dataset.features) {
    EXPECT_EQ(table.items(), 6'710) << table.name;
    EXPECT_EQ(table.dim(), 128) << table.name;
  }
}

TEST_F(RealData, baby_lastfm_and_ml_100k_have_their_counts) {
  const auto baby = load(root_ / "baby");
  EXPECT_EQ(baby.user_count(), 19'445);
  EXPECT_EQ(baby.item_count(), 7'050);
  EXPECT_EQ(count(baby, Part::train), 118'551);
  EXPECT_EQ(count(baby, Part::valid), 21'682);
  EXPECT_EQ(count(baby, Part::test), 20'559);
  const auto lastfm = load(root_ / "lastfm");
  EXPECT_EQ(lastfm.user_count(), 1'859);
  EXPECT_EQ(lastfm.item_count(), 2'813);
  EXPECT_EQ(count(lastfm, Part::train), 57'786);
  EXPECT_EQ(count(lastfm, Part::test), 13'508);
  Quarantine quarantine;
  const auto films = load(root_ / "ml-100k", quarantine);
  EXPECT_EQ(quarantine.count(), 2);  // a release year "unkonwn" and one "V"; the rows themselves are kept
  EXPECT_EQ(films.user_count(), 943);
  EXPECT_EQ(films.item_count(), 1'682);
  EXPECT_EQ(films.log.events.size(), 100'000u);
  EXPECT_TRUE(films.log.has_times());
  EXPECT_EQ(films.catalog.text("movie_title")->values.size(), 1'682u);
}

TEST_F(RealData, the_films_have_one_bad_row) {
  Quarantine quarantine;
  const auto films = load(root_ / "movies", quarantine);
  EXPECT_EQ(films.log.events.size(), 100'835u);
  EXPECT_EQ(quarantine.count(), 1);
  EXPECT_EQ(films.user_count(), 610);
  EXPECT_EQ(films.item_count(), 9'742);
}

}  // namespace
