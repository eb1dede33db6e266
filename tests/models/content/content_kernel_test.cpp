#include "../toy.h"

using namespace medley;
using namespace medley::models;

namespace {

/// Four items: 0 and 1 look alike at a cosine of .8, 2 has no picture, 3 is the opposite of 0.
std::shared_ptr<const data::ItemVectors> pictures() {
  math::Matrix rows(4, 2);
  rows(0, 0) = 2;
  rows(1, 0) = 4;
  rows(1, 1) = 3;
  rows(3, 0) = -1;
  data::FeatureTable table{"picture", "image", "", std::move(rows), {1, 1, 0, 1}, {}};
  auto out = std::make_shared<data::ItemVectors>();
  out->blocks.push_back({"picture", "image", nullptr, {}});
  out->blocks.back().centering.scale = {1, 1, 0, 1};
  out->blocks.back().table = std::make_shared<const data::FeatureTable>(std::move(table));
  return out;
}

std::unique_ptr<Recommender> kernel_of(const ParamMap& params) {
  const auto log = toy::interactions(1, 4, {{0, 0}});
  auto model = toy::make("content_kernel", params);
  QuietServices services(2);
  model->fit({&log, pictures()}, services);
  return model;
}

TEST(ContentKernel, a_twin_counts_by_the_exponential_of_its_cosine_and_an_item_itself_not_at_all) {
  const auto model = kernel_of({{"temperature", ".1"}});
  toy::expect_near(toy::scores(*model, 4, {0}), {0, std::exp(-2.0), 0, 0});
  toy::expect_near(toy::scores(*model, 4, {0, 1}), {std::exp(-2.0), std::exp(-2.0), 0, 0});
}

TEST(ContentKernel, an_item_without_a_vector_gives_and_gets_nothing) {
  const auto model = kernel_of({{"temperature", "100"}});
  EXPECT_EQ(toy::scores(*model, 4, {0, 1, 3})[2], 0);
  EXPECT_EQ(toy::scores(*model, 4, {2}), (std::vector<float>{0, 0, 0, 0}));
  // exp(-2 / 100) and exp(-1.8 / 100), whatever the length of the vectors.
  EXPECT_NEAR(toy::scores(*model, 4, {0, 1})[3], std::exp(-.02) + std::exp(-.018), 1e-6);
}

TEST(ContentKernel, what_counts_less_than_the_cutoff_is_left_out) {
  EXPECT_GT(toy::scores(*kernel_of({{"temperature", ".1"}, {"cutoff", ".13"}}), 4, {0})[1], 0);
  EXPECT_EQ(toy::scores(*kernel_of({{"temperature", ".1"}, {"cutoff", ".14"}}), 4, {0})[1], 0);
}

TEST(ContentKernel, refuses_to_be_fitted_without_a_feature) {
  const auto log = toy::interactions(1, 4, {{0, 0}});
  QuietServices services(1);
  EXPECT_THROW(toy::make("content_kernel")->fit({&log, nullptr}, services), Error);
}

}  // namespace
