#include "../toy.h"

using namespace medley;
using namespace medley::models;

namespace {

TEST(Popularity, counts_the_users_of_each_item) {
  const auto data = toy::interactions(3, 4, {{0, 0}, {1, 0}, {2, 0}, {1, 2}, {1, 2}, {0, 3}, {2, 3}});
  const auto model = toy::make("popularity");
  QuietServices services(1);
  model->fit({&data, nullptr}, services);
  toy::expect_near(toy::scores(*model, 4, {}), {3, 0, 1, 2});
  toy::expect_near(toy::scores(*model, 4, {0, 1}), {3, 0, 1, 2});
}

TEST(Popularity, refuses_to_explain_an_item_that_is_not_there) {
  const auto data = toy::interactions(1, 2, {{0, 0}});
  const auto model = toy::make("popularity");
  QuietServices services(1);
  model->fit({&data, nullptr}, services);
  EXPECT_THROW(dynamic_cast<const Explains&>(*model).explain({"u", {}}, 2), Error);
}

TEST(Popularity, needs_interactions) {
  QuietServices services(1);
  EXPECT_THROW(toy::make("popularity")->fit({}, services), Error);
}

}  // namespace
