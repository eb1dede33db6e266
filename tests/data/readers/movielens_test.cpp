#include "medley/data/readers/movielens.h"

#include "tests/data/readers/recorder.h"
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cstdlib>

using namespace medley::data;
using testing::ElementsAre;
using testing::HasSubstr;

namespace {

using ReadEvent = Recorder::Event;

TEST(Movielens, reads_the_csv_layout_with_plots_and_posters) {
  TempFolder folder;
  folder.write("ratings.csv", "userId,movieId,rating,timestamp\r\n1,0042,4.0,964982703\r\n");
  folder.write("movies.csv",
               "movieId,title,genres\r\n0042,\"Postman, The (1994)\",Comedy|Drama\r\n7,Babylon 5,(no genres "
               "listed)\r\n");
  folder.write("plots.csv",
               "movieId,plot,director,actors,country\n0042,\"He said \"\"no\"\".\",N/A,\"A, B\",USA\n");
  const auto poster = folder.write("posters/0042.jpg", "x");
  auto got = read(folder.path(), format("movielens"));
  ASSERT_EQ(got.events.size(), 1u);
  EXPECT_EQ(got.events[0], (ReadEvent{"1", "0042", 4.0f, 964982703, "event", {}}));
  const auto& item = got.items.at("0042");
  EXPECT_EQ(item.texts.at("title"), "Postman, The (1994)");
  EXPECT_EQ(item.texts.at("plot"), "He said \"no\".");
  EXPECT_EQ(item.texts.at("actors"), "A, B");
  EXPECT_EQ(item.texts.count("director"), 0u);
  EXPECT_EQ(item.texts.count("country"), 0u);
  EXPECT_THAT(item.categories.at("genres"), ElementsAre("Comedy", "Drama"));
  EXPECT_EQ(item.numbers.at("year"), 1994);
  EXPECT_EQ(item.image, poster.string());
  const auto& other = got.items.at("7");
  EXPECT_TRUE(other.categories.empty());
  EXPECT_TRUE(other.numbers.empty());
  EXPECT_EQ(other.image, "");
  EXPECT_TRUE(got.bads.empty());
}

TEST(Movielens, tags_are_categories_each_once_an_item_in_lower_case) {
  TempFolder folder;
  folder.write("ratings.csv", "userId,movieId,rating,timestamp\n1,7,4.0,9\n");
  folder.write("movies.csv", "movieId,title,genres\n7,Heat (1995),Crime\n8,Alien (1979),Horror\n");
  folder.write(
      "tags.csv",
      "userId,movieId,tag,timestamp\n1,7,Heist,10\n2,7, heist ,11\n2,7,\"guns, lots\",12\n3,,lost,13\n");
  const auto got = read(folder.path(), format("movielens"));
  EXPECT_THAT(got.items.at("7").categories.at("tags"), ElementsAre("guns, lots", "heist"));
  EXPECT_THAT(got.items.at("7").categories.at("genres"), ElementsAre("Crime"));
  EXPECT_EQ(got.items.at("8").categories.count("tags"), 0u);
  ASSERT_EQ(got.bads.size(), 1u);
  EXPECT_THAT(got.bads[0].reason, HasSubstr("movieId"));
}

TEST(Movielens, a_catalogue_without_genres_has_none_whatever_its_other_columns) {
  for (const char* more : {"", ",a,b,c,d,e,unknown"}) {
    TempFolder folder;
    folder.write("ratings.csv", "userId,movieId,rating,timestamp\n1,7,4.0,9\n");
    const std::string row = *more == 0 ? "" : ",1,1,1,1,1,1";
    folder.write("movies.csv", std::string("movieId,title") + more + "\n7,Heat (1995)" + row + "\n");
    const auto got = read(folder.path(), format("movielens"));
    EXPECT_EQ(got.items.at("7").texts.at("title"), "Heat (1995)");
    EXPECT_TRUE(got.items.at("7").categories.empty()) << more;
  }
}

TEST(Movielens, an_id_that_leads_out_of_the_posters_keeps_its_row_without_a_picture) {
  TempFolder folder;
  folder.write("ratings.csv", "userId,movieId,rating,timestamp\n1,../secret,4.0,9\n");
  folder.write("movies.csv", "movieId,title,genres\n../secret,X,War\n");
  folder.write("posters/1.jpg", "x");
  folder.write("secret.jpg", "x");
  const auto got = read(folder.path(), format("movielens"));
  EXPECT_EQ(got.events.size(), 1u);
  EXPECT_EQ(got.items.at("../secret").image, "");
  ASSERT_EQ(got.bads.size(), 1u);
  EXPECT_THAT(got.bads[0].reason, HasSubstr("could leave its folder"));
}

TEST(Movielens, reads_the_double_colon_layout_in_latin_1_as_it_is) {
  TempFolder folder;
  folder.write("ratings.dat", "1::1193::5::978300760\n1::661::3\n");
  folder.write("movies.dat", "1193::Mis\xE9rables, Les: \"A\" (1995)::Drama|Musical\n");
  const auto got = read(folder.path(), format("movielens"));
  ASSERT_EQ(got.events.size(), 1u);
  EXPECT_EQ(got.events[0], (ReadEvent{"1", "1193", 5.0f, 978300760, "event", {}}));
  EXPECT_EQ(got.items.at("1193").texts.at("title"), "Mis\xC3\xA9rables, Les: \"A\" (1995)");
  EXPECT_THAT(got.items.at("1193").categories.at("genres"), ElementsAre("Drama", "Musical"));
  ASSERT_EQ(got.bads.size(), 1u);
  EXPECT_EQ(got.bads[0].line, 2);
}

TEST(Movielens, a_later_double_colon_file_in_utf_8_is_not_transcoded_twice) {
  TempFolder folder;
  folder.write("ratings.dat", "1::1::5::978300760\n");
  folder.write("movies.dat", "1::Mis\xC3\xA9rables (1995)::Drama\n");
  EXPECT_EQ(read(folder.path(), format("movielens")).items.at("1").texts.at("title"),
            "Mis\xC3\xA9rables (1995)");
}

TEST(Movielens, reads_tabs_and_bars_of_ml_100k) {
  TempFolder folder;
  folder.write("u.data", "196\t242\t3\t881250949\n");
  folder.write("u.item", "242|Caf\xE9 (1996)|01-Jan-1996||http://x|0|1|0|0|0|0|0|0|0|0|0|0|0|0|0|0|0|0|1\n");
  const auto got = read(folder.path(), format("movielens"));
  EXPECT_EQ(got.events.at(0), (ReadEvent{"196", "242", 3.0f, 881250949, "event", {}}));
  EXPECT_EQ(got.items.at("242").texts.at("title"), "Caf\xC3\xA9 (1996)");
  EXPECT_THAT(got.items.at("242").categories.at("genres"), ElementsAre("Action", "Western"));
  EXPECT_EQ(got.items.at("242").numbers.at("year"), 1996);
}

TEST(Movielens, a_file_given_as_path_or_option_is_read_and_not_its_neighbour) {
  TempFolder folder;
  const auto header = std::string("userId,movieId,rating,timestamp\n");
  const auto usual = folder.write("ratings.csv", header + "1,usual,4,9\n");
  const auto other = folder.write("may.csv", header + "1,other,4,9\n");
  const auto tabs = folder.write("u.data", "1\ttabs\t4\t9\n");
  const auto item_of = [](const Recorder& got) {
    return got.events.size() == 1 ? got.events[0].item : "not one event";
  };
  EXPECT_EQ(item_of(read(usual, format("movielens"))), "usual");
  EXPECT_EQ(item_of(read(other, format("movielens"))), "other");
  EXPECT_EQ(item_of(read(tabs, format("movielens"))), "tabs");
  auto named = format("movielens");
  named.file = "may.csv";
  EXPECT_EQ(item_of(read(folder.path(), named)), "other");
  EXPECT_EQ(item_of(read(tabs, named)), "tabs") << "the path wins over the option";
  std::filesystem::remove(usual);
  EXPECT_EQ(item_of(read(folder.path(), named)), "other") << "ratings.csv need not be there";
  const auto text = folder.write("may.txt", header + "1,other,4,9\n");
  EXPECT_THAT(error_of([&] { read(text, format("movielens")); }), HasSubstr("may.txt"));
}

TEST(Movielens, a_folder_without_ratings_is_named) {
  TempFolder folder;
  EXPECT_EQ(movielens_layout(folder.path()), nullptr);
  EXPECT_THAT(error_of([&] { read(folder.path(), format("movielens")); }), HasSubstr("none of ratings.csv"));
}

TEST(Movielens, reads_the_real_films_and_their_one_broken_row) {
  const char* data = std::getenv("MEDLEY_DATA");
  if (data == nullptr) GTEST_SKIP() << "MEDLEY_DATA is not set";
  const auto got = read(std::filesystem::path(data) / "movies", format("movielens"));
  EXPECT_EQ(got.events.size(), 100'835u);
  ASSERT_EQ(got.bads.size(), 1u);
  EXPECT_EQ(got.bads[0].line, 522);
  EXPECT_THAT(got.bads[0].reason, HasSubstr("time"));
  EXPECT_EQ(got.items.size(), 9'742u);
  std::size_t posters = 0;
  std::size_t plots = 0;
  std::size_t years = 0;
  for (const auto& [id, item] : got.items) {
    posters += item.image.empty() ? 0 : 1;
    plots += item.texts.count("plot");
    years += item.numbers.count("year");
  }
  EXPECT_EQ(posters, 6'329u);
  EXPECT_EQ(years, 9'729u) << "12 titles say no year, and one a span of years";
  EXPECT_LE(plots, 2'959u);
  EXPECT_GE(plots, 2'950u);  // the others say N/A
  EXPECT_EQ(got.items.at("1").texts.at("title"), "Toy Story (1995)");
}

}  // namespace
