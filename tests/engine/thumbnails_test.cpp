#include "medley/engine/thumbnails.h"

#include "tests/engine/small_world.h"
#include "tests/test_data.h"
#include <gmock/gmock.h>

using namespace medley;
using ::testing::IsEmpty;
using ::testing::Not;

namespace {

class Thumbnails : public ::testing::Test {
 protected:
  void SetUp() override {
    std::filesystem::copy(test_data("media/data/picture.bmp"), path("picture.bmp"));
    folder_.write("broken.jpg", "no picture");
  }
  std::string path(const std::string& name) const { return (folder_.path() / name).string(); }
  engine::Thumbnails make() {
    const std::vector<std::string> paths{path("picture.bmp"), "", path("broken.jpg"), path("absent.png")};
    return engine::make_thumbnails(paths, {}, path("cache/thumbnails"), quiet_);
  }

  const data::TempFolder folder_;
  QuietServices quiet_{1};
};

TEST_F(Thumbnails, are_empty_for_what_is_no_picture) {
  const auto out = make();
  ASSERT_EQ(out.webp.size(), 4u);
  EXPECT_THAT(out.webp[0], Not(IsEmpty()));
  for (const auto at : {1u, 2u, 3u}) EXPECT_THAT(out.webp[at], IsEmpty());
  EXPECT_EQ(out.broken, 2);
}

TEST_F(Thumbnails, come_from_the_cache_the_second_time) {
  const auto first = make();
  EXPECT_EQ(first.made, 2);
  const auto again = make();
  EXPECT_EQ(again.made, 0);
  EXPECT_EQ(again.webp, first.webp);
}

TEST_F(Thumbnails, are_made_again_when_the_cache_is_damaged) {
  const auto first = make();
  folder_.write("cache/thumbnails", "not an archive");
  const auto again = make();
  EXPECT_EQ(again.made, 2);
  EXPECT_EQ(again.webp, first.webp);
  EXPECT_EQ(make().made, 0);
}

}  // namespace
