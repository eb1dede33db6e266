#include "../toy.h"

using namespace medley;
using namespace medley::models;

namespace {

// Item 0 has users a, b, c; item 1 a, b; item 2 c; item 3 nobody: G_01 = 2, G_02 = 1, G_12 = 0.
data::Interactions slim_log() {
  return toy::interactions(3, 4, {{0, 0}, {1, 0}, {2, 0}, {0, 1}, {1, 1}, {2, 2}});
}

TEST(Slim, follows_the_formula_where_one_item_explains_another) {
  // Target 1: w_0 = (2 - .5) / (3 + 1). Target 2: w_0 = (1 - .5) / (3 + 1).
  // Target 0, from 1 and 2, which share no user: w_1 = (2 - .5) / (2 + 1), w_2 = (1 - .5) / (1 + 1).
  const auto data = slim_log();
  const auto model = toy::fitted("slim", data, {{"l1", ".5"}, {"l2", "1"}});
  toy::expect_near(toy::scores(*model, 4, {0}), {0, .375, .125, 0});
  toy::expect_near(toy::scores(*model, 4, {1}), {.5, 0, 0, 0});
  toy::expect_near(toy::scores(*model, 4, {1, 2}), {.75, 0, 0, 0});
}

TEST(Slim, items_that_share_no_more_than_l1_users_get_no_weight) {
  const auto data = slim_log();
  const auto model = toy::fitted("slim", data, {{"l1", "1"}, {"l2", "1"}});
  toy::expect_near(toy::scores(*model, 4, {0}), {0, .25, 0, 0});
  toy::expect_near(toy::scores(*model, 4, {2}), {0, 0, 0, 0});
}

TEST(Slim, refuses_more_items_or_weights_than_it_was_given_memory_for) {
  const auto data = slim_log();
  EXPECT_THROW(toy::fitted("slim", data, {{"max_items", "3"}}), Error);
  EXPECT_NO_THROW(toy::fitted("slim", data, {{"max_items", "4"}}));
  EXPECT_THROW(toy::fitted("slim", data, {{"l1", ".5"}, {"max_weights", "3"}}), Error);
  EXPECT_NO_THROW(toy::fitted("slim", data, {{"l1", ".5"}, {"max_weights", "4"}}));
}

TEST(Slim, an_interrupt_ends_the_fit) {
  const auto data = slim_log();
  QuietServices services(1);
  services.cancel().set();
  EXPECT_THROW(toy::make("slim")->fit({&data, nullptr}, services), Error);
}

}  // namespace
