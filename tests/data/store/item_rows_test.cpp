#include "medley/data/store/item_rows.h"

#include "../temp_folder.h"
#include "store_rows.h"
#include <gmock/gmock.h>

#include <cmath>
#include <limits>
#include <map>

using namespace medley;
using namespace medley::data;
using testing::ElementsAre;

namespace {

class ItemRowsTest : public testing::Test {
 protected:
  ImportResult items(const std::vector<ItemRow>& rows) {
    return import_rows(store_, [&](RowSink& sink) {
      for (const auto& row : rows) sink.item(row);
    });
  }

  TempFolder folder_;
  Store store_{folder_.path() / "m.db"};
};

ItemRow film(std::string_view id, std::string title, std::vector<std::string> genres, double year,
             std::string image = "") {
  return {id,
          {{"title", std::move(title)}},
          {{"genres", std::move(genres)}},
          {{"year", year}},
          {{std::move(image)}}};
}

}  // namespace

TEST_F(ItemRowsTest, come_back_as_columns) {
  items({film("i1", "Heat", {"Crime", "Action"}, 1995, "/m/i1.jpg"),
         film("i2", "Café; \"Noir\"", {}, std::numeric_limits<double>::quiet_NaN())});
  const auto data = store_.load();
  EXPECT_THAT(data.catalog.text("title")->values, ElementsAre("Heat", "Café; \"Noir\""));
  EXPECT_THAT(data.catalog.category("genres")->values[0], ElementsAre("Crime", "Action"));
  EXPECT_TRUE(data.catalog.category("genres")->values[1].empty());
  EXPECT_EQ(data.catalog.number("year")->values[0], 1995.0);
  EXPECT_TRUE(std::isnan(data.catalog.number("year")->values[1]));
  EXPECT_THAT(data.catalog.files[MediaKind::image], ElementsAre("/m/i1.jpg", ""));
  EXPECT_THAT(data.catalog.has_row, ElementsAre(1, 1));
}

TEST_F(ItemRowsTest, keep_sounds_and_clips_apart_from_pictures) {
  auto song = film("i1", "Song", {}, 2001);
  song.files[MediaKind::audio] = "/m/i1.ogg";
  auto clip = film("i2", "Clip", {}, 2002);
  clip.files[MediaKind::video] = "/m/i2.mp4";
  items({song, clip});
  const auto files = store_.load().catalog.files;
  EXPECT_TRUE(files[MediaKind::image].empty());
  EXPECT_THAT(files[MediaKind::audio], ElementsAre("/m/i1.ogg", ""));
  EXPECT_THAT(files[MediaKind::video], ElementsAre("", "/m/i2.mp4"));
}

TEST_F(ItemRowsTest, mark_items_that_have_one) {
  import_rows(store_, [](RowSink& sink) {
    sink.event(event_row("a", "x"));
    sink.item({"y", {}, {}, {}, ""});
  });
  const auto data = store_.load();
  EXPECT_THAT(data.items.ids(), ElementsAre("x", "y"));
  EXPECT_THAT(data.catalog.has_row, ElementsAre(0, 1));
  EXPECT_EQ(store_.counts().catalogue_rows, 1);
}

TEST_F(ItemRowsTest, again_change_nothing_and_changed_ones_are_updated) {
  const auto first = items({film("i1", "Heat", {"Crime"}, 1995), film("i2", "Ran", {"War"}, 1985)});
  EXPECT_EQ(first.items.added, 2);
  const auto same = items({film("i1", "Heat", {"Crime"}, 1995), film("i2", "Ran", {"War"}, 1985)});
  EXPECT_EQ(same.items.unchanged, 2);
  EXPECT_FALSE(same.changed());
  const auto changed =
      items({film("i1", "Heat", {"Crime", "Drama"}, 1995), film("i2", "Ran", {"War"}, 1985)});
  EXPECT_EQ(changed.items.updated, 1);
  EXPECT_EQ(changed.items.unchanged, 1);
  EXPECT_THAT(store_.load().catalog.category("genres")->values[0], ElementsAre("Crime", "Drama"));
}

TEST_F(ItemRowsTest, with_fewer_values_remove_the_rest) {
  items({film("i1", "Heat", {"Crime", "Action", "Drama"}, 1995)});
  items({film("i1", "Heat", {"Action"}, 1995)});
  EXPECT_THAT(store_.load().catalog.category("genres")->values[0], ElementsAre("Action"));
}

TEST_F(ItemRowsTest, of_several_files_are_joined_by_field) {
  const auto result =
      items({film("i1", "Heat", {"Crime"}, 1995), {"i1", {{"plot", "A thief."}}, {}, {}, ""}});
  EXPECT_EQ(result.items.added, 1) << "one item, however many rows say something of it";
  const auto data = store_.load();
  EXPECT_EQ(data.catalog.text("title")->values[0], "Heat");
  EXPECT_EQ(data.catalog.text("plot")->values[0], "A thief.");
}

TEST_F(ItemRowsTest, an_import_of_one_field_keeps_the_others) {
  items({film("i1", "Heat", {"Crime"}, 1995)});
  items({{"i1", {{"plot", "A thief."}}, {}, {}, ""}});
  EXPECT_EQ(store_.load().catalog.text("title")->values[0], "Heat");
}

TEST_F(ItemRowsTest, a_field_that_an_item_lost_is_removed) {
  const std::vector<ItemRow> both{{"i1", {{"plot", "A thief."}}, {}, {}, "/m/1.jpg"},
                                  {"i2", {{"plot", "A king."}}, {}, {}, "/m/2.jpg"}};
  items(both);
  const auto result = items({{"i1", {}, {}, {}, ""}, both[1]});
  EXPECT_EQ(result.items.updated, 1);
  EXPECT_EQ(result.items.unchanged, 1);
  const auto data = store_.load();
  EXPECT_EQ(data.catalog.text("plot")->values[0], "");
  EXPECT_THAT(data.catalog.files[MediaKind::image], ElementsAre("", "/m/2.jpg"));
}

TEST_F(ItemRowsTest, the_last_row_of_an_item_wins_and_importing_it_again_changes_nothing) {
  const std::vector<ItemRow> twice{{"i1", {{"title", "Old"}}, {}, {}, ""},
                                   {"i1", {{"title", "New"}}, {}, {}, ""}};
  items(twice);
  EXPECT_EQ(store_.load().catalog.text("title")->values[0], "New");
  EXPECT_FALSE(items(twice).changed());
}

TEST_F(ItemRowsTest, relative_pictures_are_kept_absolute) {
  items({{"i1", {}, {}, {}, "posters/../posters/1.jpg"}});
  EXPECT_EQ(store_.load().catalog.files[MediaKind::image][0],
            (std::filesystem::current_path() / "posters/1.jpg").string());
}

TEST_F(ItemRowsTest, keep_when_an_item_may_be_listed) {
  ItemRow gone = film("i1", "Heat", {}, 1995);
  gone.availability = Availability{false};
  ItemRow season = film("i2", "Snow", {}, 1996);
  season.availability = Availability{true, 100, 200};
  items({gone, season, film("i3", "Sun", {}, 1997)});
  auto catalog = store_.load().catalog;
  ASSERT_EQ(catalog.availability.size(), 3u);
  EXPECT_FALSE(catalog.available(0, 150));
  for (const auto& [time, there] :
       std::map<std::int64_t, bool>{{99, false}, {100, true}, {199, true}, {200, false}})
    EXPECT_EQ(catalog.available(1, time), there) << time;
  EXPECT_TRUE(catalog.available(2, 150));

  EXPECT_EQ(items({gone, season}).items.unchanged, 2);
  EXPECT_EQ(items({film("i1", "Heat", {}, 1995)}).items.unchanged, 1);
  EXPECT_FALSE(store_.load().catalog.available(0, 150))
      << "an import that says nothing of it changes nothing";
  gone.availability = Availability{};
  season.availability = Availability{};
  EXPECT_EQ(items({gone, season}).items.updated, 2);
  EXPECT_TRUE(store_.load().catalog.availability.empty());
}
