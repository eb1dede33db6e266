#include "medley/engine/media_file.h"

#include "tests/engine/small_world.h"
#include <gmock/gmock.h>

using namespace medley;
using namespace medley::engine::testing;
using engine::MediaFile;
using engine::MediaLimits;
using ::testing::ElementsAre;
using ::testing::HasSubstr;

namespace {

TEST(MediaFile, a_sound_is_that_of_the_clip_where_an_item_has_no_audio_file) {
  data::Catalog catalog;
  catalog.files[data::MediaKind::audio] = {"0.ogg", "", ""};
  catalog.files[data::MediaKind::video] = {"0.mp4", "1.mp4", ""};
  EXPECT_THAT(engine::files_of(catalog, data::MediaKind::audio, 3), ElementsAre("0.ogg", "1.mp4", ""));
  EXPECT_THAT(engine::files_of(catalog, data::MediaKind::video, 3), ElementsAre("0.mp4", "1.mp4", ""));
  EXPECT_THAT(engine::files_of(catalog, data::MediaKind::image, 3), ElementsAre("", "", ""));
}

TEST(MediaFile, gives_what_the_kind_of_file_holds) {
  const MediaFile image(picture(200, 20, 1), data::MediaKind::image, {});
  EXPECT_EQ(image.reason(), "");
  EXPECT_NE(image.item().image, nullptr);
  EXPECT_EQ(image.item().sound, nullptr);
  const MediaFile broken("text", data::MediaKind::image, {});
  EXPECT_NE(broken.reason(), "");
  EXPECT_EQ(broken.item().image, nullptr);
  const MediaFile sound("text", data::MediaKind::audio, {});
  EXPECT_EQ(sound.reason(), "") << "it is decoded when an extractor asks";
  EXPECT_TRUE(sound.item().sound->samples(22'050).empty());
  EXPECT_THAT(sound.item().sound->reason(), HasSubstr("not a sound or a clip"));
  const MediaFile clip("text", data::MediaKind::video, {});
  EXPECT_THAT(clip.item().clip->walk({}), HasSubstr("not a sound or a clip"));
}

TEST(MediaFile, limits_are_those_of_the_configuration) {
  const auto limits = MediaLimits::of(100, 2.0);
  EXPECT_EQ(limits.image.max_pixels, 100);
  EXPECT_EQ(limits.video.max_pixels, 100);
  EXPECT_EQ(limits.video.max_seconds, 2.0);
  EXPECT_EQ(limits.audio.max_seconds, 2.0);
}

TEST(MediaFile, a_look_gives_the_hash_of_a_picture_or_says_why_it_is_none) {
  const data::TempFolder folder;
  const auto write = [&](const std::string& name, const std::string& bytes) {
    return folder.write(name, bytes).string();
  };
  media::DecodeLimits limits;
  EXPECT_EQ(engine::look_at_image(write("a.png", picture(200, 20, 1)), limits).fault, "");
  EXPECT_TRUE(engine::look_at_image(write("a.png", picture(200, 20, 1)), limits).hash);
  EXPECT_FALSE(engine::look_at_image(write("b.png", "text"), limits).hash);
  EXPECT_NE(engine::look_at_image(write("b.png", "text"), limits).fault, "");
  EXPECT_NE(engine::look_at_image(write("c.png", ""), limits).fault, "");
  EXPECT_THAT(engine::look_at_image((folder.path() / "no.png").string(), limits).fault, HasSubstr("no.png"));
  limits.max_pixels = 100;  // the picture has 384
  EXPECT_THAT(engine::look_at_image((folder.path() / "a.png").string(), limits).fault, HasSubstr("100"));
}

}  // namespace
