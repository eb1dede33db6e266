#include "../toy.h"

using namespace medley;
using namespace medley::models;

namespace {

TEST(Ease, follows_the_closed_form_on_two_items) {
  // R'R = [2 1; 1 1], lambda 1: A = [3 1; 1 2], Q = [2 -1; -1 3] / 5, B_01 = 1 / 3, B_10 = 1 / 2. An item
  // without users stands apart.
  const auto data = toy::interactions(2, 3, {{0, 0}, {0, 1}, {1, 0}});
  const auto model = toy::fitted("ease", data, {{"lambda", "1"}});
  toy::expect_near(toy::scores(*model, 3, {0}), {0, 1.0 / 3, 0});
  toy::expect_near(toy::scores(*model, 3, {1}), {.5, 0, 0});
  toy::expect_near(toy::scores(*model, 3, {0, 1}), {.5, 1.0 / 3, 0});
}

TEST(Ease, refuses_more_items_than_it_was_given_memory_for) {
  const auto data = toy::interactions(1, 11, {{0, 0}});
  EXPECT_THROW(toy::fitted("ease", data, {{"max_items", "10"}}), Error);
  EXPECT_NO_THROW(toy::fitted("ease", data, {{"max_items", "11"}}));
}

TEST(Ease, an_interrupt_ends_the_fit) {
  const auto data = toy::interactions(1, 2, {{0, 0}});
  QuietServices services(1);
  services.cancel().set();
  EXPECT_THROW(toy::make("ease")->fit({&data, nullptr}, services), Error);
}

TEST(Ease, refuses_a_lambda_of_zero) {
  EXPECT_THROW(toy::make("ease", {{"lambda", "0"}}), Error);
}

}  // namespace
