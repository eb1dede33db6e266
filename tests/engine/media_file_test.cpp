#include "medley/engine/media_file.h"

#include "tests/engine/small_world.h"
#include <gmock/gmock.h>

using namespace medley;
using namespace medley::engine::test;
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
  MediaFile image(picture(200, 20, 1), data::MediaKind::image, {});
  EXPECT_EQ(image.reason(0), "");
  EXPECT_NE(image.item(0).image, nullptr);
  EXPECT_EQ(image.item(0).sound, nullptr);
  MediaFile broken("text", data::MediaKind::image, {});
  EXPECT_NE(broken.reason(0), "");
  EXPECT_EQ(broken.item(0).image, nullptr);
  MediaFile sound("text", data::MediaKind::audio, {});
  EXPECT_EQ(sound.reason(0), "") << "it is decoded when an extractor asks";
  EXPECT_TRUE(sound.item(0).sound->samples(22'050).empty());
  EXPECT_THAT(sound.item(0).sound->reason(), HasSubstr("not a sound or a clip"));
  MediaFile clip("text", data::MediaKind::video, {});
  EXPECT_THAT(clip.item(0).clip->walk({}), HasSubstr("not a sound or a clip"));
}

TEST(MediaFile, a_picture_comes_once_a_reduction_whatever_was_asked_before) {
  const auto bytes = large_jpeg();
  MediaFile one(bytes, data::MediaKind::image, {}), other(bytes, data::MediaKind::image, {});
  const auto* whole = one.item(0).image;
  const auto* half = one.item(256).image;
  EXPECT_EQ(whole->width, 1000);
  EXPECT_EQ(half->width, 500);
  EXPECT_EQ(one.item(350).image, half) << "decoded once";
  EXPECT_EQ(one.item(351).image, whole);
  EXPECT_EQ(other.item(256).image->rgb, half->rgb);
  EXPECT_EQ(other.item(0).image->rgb, whole->rgb);
  MediaFile broken(bytes.substr(0, bytes.size() / 2), data::MediaKind::image, {});
  EXPECT_EQ(broken.reason(256), "JPEG cut short");
  EXPECT_EQ(broken.item(256).image, nullptr);
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
