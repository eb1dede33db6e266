#include "apps/medley/new_item_file.h"

#include "medley/core/error.h"

#include "tests/engine/small_world.h"
#include <gmock/gmock.h>

using namespace medley;
using engine::test::error_of;
using engine::test::Shop;
using ::testing::ElementsAre;
using ::testing::HasSubstr;

namespace {

class NewItemFile : public ::testing::Test {
 protected:
  NewItemFile() { shop_.import(); }

  std::vector<engine::NewItem> read(const std::string& json) {
    shop_.write_source("new.json", json);
    const auto pipeline = engine::Pipeline::of(shop_.workspace(), shop_.dataset().catalog,
                                               engine::builtin_plugins().extractors);
    return app::read_new_items((shop_.source() / "new.json").string(), pipeline);
  }
  std::string fault(const std::string& json) {
    return error_of([&] { read(json); });
  }

  const Shop shop_;
};

TEST_F(NewItemFile, holds_the_fields_of_the_catalogue_and_a_picture_beside_it) {
  const auto items =
      read(R"({"id":"x","title":"<b>Dress</b>","kind":["dress","summer"],"price":12.5,"image":"a/x.png"})");
  ASSERT_EQ(items.size(), 1u);
  EXPECT_EQ(items[0].id, "x");
  EXPECT_EQ(items[0].texts.at("title"), "<b>Dress</b>");
  EXPECT_THAT(items[0].categories.at("kind"), ElementsAre("dress", "summer"));
  EXPECT_EQ(items[0].numbers.at("price"), 12.5);
  EXPECT_EQ(items[0].files[medley::data::MediaKind::image], (shop_.source() / "a/x.png").string());
}

TEST_F(NewItemFile, may_hold_several_one_category_and_no_ids) {
  const auto items = read(R"([{"kind":"dress"},{"id":"named","title":null},{}])");
  ASSERT_EQ(items.size(), 3u);
  EXPECT_EQ(items[0].id, "new 1");
  EXPECT_THAT(items[0].categories.at("kind"), ElementsAre("dress"));
  EXPECT_EQ(items[1].id, "named");
  EXPECT_TRUE(items[1].texts.empty());
  EXPECT_EQ(items[2].id, "new 3");
}

TEST_F(NewItemFile, says_what_is_wrong_and_where) {
  EXPECT_THAT(fault("{\"title\": "), ::testing::AllOf(HasSubstr("new.json"), HasSubstr("line 1")));
  EXPECT_THAT(fault("[]"), HasSubstr("no item in it"));
  EXPECT_THAT(fault("[1]"), HasSubstr("item 1 is no JSON object"));
  EXPECT_THAT(fault(R"({"titel":"x"})"), HasSubstr("did you mean 'title'?"));
  EXPECT_THAT(fault(R"({"zzzzzz":"x"})"),
              HasSubstr("there are: id, image, audio, video, title, kind, price"));
  EXPECT_THAT(fault(R"({"price":"12"})"), HasSubstr("'price' must be a number, got \"12\""));
  EXPECT_THAT(fault(R"({"title":3})"), HasSubstr("'title' must be a text, got 3"));
  EXPECT_THAT(fault(R"({"kind":[1]})"), HasSubstr("'kind' must be a text, got 1"));
  EXPECT_THAT(error_of([&] { app::read_new_items("no/such.json", {}); }), HasSubstr("no/such.json"));
}

}  // namespace
