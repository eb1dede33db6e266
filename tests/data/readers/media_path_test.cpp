#include "medley/data/readers/media_path.h"

#include "tests/data/readers/recorder.h"
#include <gmock/gmock.h>
#include <gtest/gtest.h>

using namespace medley::data;
using testing::HasSubstr;

namespace {

TEST(MediaPath, joins_an_id_with_its_file_byte_for_byte) {
  TempFolder folder;
  for (const std::string id : {"0042", "a #1", "caf\xC3\xA9", "1234567890123456789", "a..b"}) {
    const auto file = folder.write("posters/" + id + ".jpg", "x");
    std::string fault;
    EXPECT_EQ(MediaFinder(folder.path(), MediaKind::image, "posters/{id}.jpg").find(id, fault),
              file.string());
    EXPECT_EQ(fault, "");
  }
  std::string fault;
  EXPECT_EQ(MediaFinder(folder.path(), MediaKind::image, "posters/{id}.jpg").find("42", fault), "");
}

TEST(MediaPath, an_id_never_leaves_the_media_folder) {
  TempFolder folder;
  folder.write("secret.jpg", "x");
  folder.write("posters/in/1.jpg", "x");
  const MediaFinder finder(folder.path(), MediaKind::image, "posters/{id}.jpg");
  for (const std::string id : {"../secret", "in/1", "/etc/passwd", "..", ".", "in/../../secret"}) {
    std::string fault;
    EXPECT_EQ(finder.find(id, fault), "") << id;
    EXPECT_THAT(fault, HasSubstr("could leave its folder")) << id;
  }
  std::string fault;
  folder.write("front.jpg", "x");
  EXPECT_EQ(MediaFinder(folder.path(), MediaKind::image, "posters/{id}/front.jpg").find("..", fault), "");
  EXPECT_NE(fault, "");
  fault.clear();
  EXPECT_EQ(finder.find(std::string("a\0b", 3), fault), "");
  EXPECT_NE(fault, "");
}

TEST(MediaPath, an_id_that_holds_the_mark_is_put_in_once) {
  TempFolder folder;
  const auto file = folder.write("p/{id}.jpg", "x");
  std::string fault;
  EXPECT_EQ(MediaFinder(folder.path(), MediaKind::image, "p/{id}.jpg").find("{id}", fault), file.string());
}

TEST(MediaPath, a_missing_media_folder_and_a_pattern_without_the_mark_are_named) {
  TempFolder folder;
  EXPECT_THAT(error_of([&] { MediaFinder(folder.path(), MediaKind::image, "none/{id}.jpg"); }),
              HasSubstr("none' is not there"));
  EXPECT_THAT(error_of([&] { MediaFinder(folder.path(), MediaKind::image, "posters/1.jpg"); }),
              HasSubstr("{id}"));
  std::string fault;
  EXPECT_EQ(MediaFinder(folder.path(), MediaKind::image, "").find("1", fault), "");
}

TEST(MediaPath, each_kind_of_file_is_found_by_its_own_pattern) {
  TempFolder folder;
  const auto picture = folder.write("p/1.jpg", "x");
  const auto sound = folder.write("s/1.ogg", "x");
  const MediaFinders finders(folder.path(), {{"p/{id}.jpg", "s/{id}.ogg", ""}});
  ItemRow row;
  row.id = "1";
  std::string fault;
  finders.find(row, fault);
  EXPECT_EQ(row.files[MediaKind::image], picture.string());
  EXPECT_EQ(row.files[MediaKind::audio], sound.string());
  EXPECT_EQ(row.files[MediaKind::video], "");
  EXPECT_THAT(error_of([&] { MediaFinders(folder.path(), {{"", "", "clips/{id}.mp4"}}); }),
              HasSubstr("video = \"clips/{id}.mp4\""));
}

TEST(MediaPath, a_folder_is_no_picture) {
  TempFolder folder;
  std::filesystem::create_directories(folder.path() / "p" / "1.jpg");
  std::string fault;
  EXPECT_EQ(MediaFinder(folder.path(), MediaKind::image, "p/{id}.jpg").find("1", fault), "");
}

}  // namespace
