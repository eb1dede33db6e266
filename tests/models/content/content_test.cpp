#include "../toy.h"

using namespace medley;
using namespace medley::models;

namespace {

// Item 0 points along the first axis, item 1 along the second, item 2 between them; item 3 has no vector.
std::shared_ptr<const data::ItemVectors> axes() {
  math::Matrix rows(4, 2);
  rows(0, 0) = rows(1, 1) = rows(2, 0) = rows(2, 1) = 1;
  data::FeatureTable table{"picture", "image", "", rows, {1, 1, 1, 0}, {}};
  data::ItemVectors out;
  out.blocks.push_back({"picture", "image", std::make_shared<const data::FeatureTable>(table),
                        math::unit_rows(rows.view(), table.present, false)});
  return std::make_shared<const data::ItemVectors>(out);
}

std::unique_ptr<Recommender> cosine_model() {
  const auto data = toy::interactions(1, 4, {{0, 0}});
  auto model = toy::make("content");
  QuietServices services(1);
  model->fit({&data, axes()}, services);
  return model;
}

TEST(Content, scores_by_the_cosine_with_the_mean_of_the_history) {
  const double r = std::sqrt(.5);
  toy::expect_near(toy::scores(*cosine_model(), 4, {0}), {1, 0, r, 0});
  toy::expect_near(toy::scores(*cosine_model(), 4, {0, 1}), {.5, .5, r, 0});
  toy::expect_near(toy::scores(*cosine_model(), 4, {0, 3}), {.5, 0, r / 2, 0});
}

TEST(Content, asks_for_fused_features) {
  const auto use =
      toy::make("content",
                {{"features", "image+words"}, {"weights", "1+2"}, {"dim", "8"}, {"missing", "mean"}})
          ->content_use();
  EXPECT_EQ(use.form, ContentUse::Form::fused);
  EXPECT_EQ(use.features, (std::vector<std::string>{"image", "words"}));
  EXPECT_EQ(use.fusion, "concat");
  EXPECT_EQ(use.fusion_params, (ParamMap{{"weights", "1+2"}, {"dim", "8"}, {"missing", "mean"}}));
  EXPECT_TRUE(toy::make("content")->content_use().fusion_params.empty());
}

TEST(Content, refuses_to_go_without_features) {
  const auto data = toy::interactions(1, 4, {{0, 0}});
  QuietServices services(1);
  EXPECT_THROW(toy::make("content")->fit({&data, nullptr}, services), Error);
  EXPECT_THROW(toy::make("content")->fit({&data, toy::vectors(ContentUse::Form::none, 4)}, services), Error);
}

}  // namespace
