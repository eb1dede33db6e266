#include "medley/encode/pooling.h"

#include "medley/core/error.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace medley::encode {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;

// Two items of three tokens of two numbers.
const Output kTokens{{2, 3, 2}, {1, 10, 3, 20, 5, 60, 2, 4, 6, 8, 100, 100}};

TEST(Pooling, mean_leaves_the_padding_out) {
  const std::vector<std::int64_t> lengths{3, 2};
  const auto rows = pooled(kTokens, Pooling::mean, Channels::first, lengths);
  EXPECT_THAT(rows.row(0), ElementsAre(3, 30));
  EXPECT_THAT(rows.row(1), ElementsAre(4, 6));
  const auto all = pooled(kTokens, Pooling::automatic, Channels::first, {});
  EXPECT_THAT(all.row(1), ElementsAre(36, testing::FloatNear(37.3333F, 1e-4F)));
}

TEST(Pooling, cls_is_the_first_row_and_none_all_of_them) {
  EXPECT_THAT(pooled(kTokens, Pooling::cls, Channels::first, {}).row(1), ElementsAre(2, 4));
  EXPECT_THAT(pooled(kTokens, Pooling::none, Channels::first, {}).row(0), ElementsAre(1, 10, 3, 20, 5, 60));
}

TEST(Pooling, of_pictures_is_the_mean_over_places_in_either_order) {
  const Output first{{1, 2, 1, 3}, {1, 2, 6, 10, 20, 60}}, last{{1, 1, 3, 2}, {1, 10, 2, 20, 6, 60}};
  EXPECT_THAT(pooled(first, Pooling::automatic, Channels::first, {}).row(0), ElementsAre(3, 30));
  EXPECT_THAT(pooled(last, Pooling::automatic, Channels::last, {}).row(0), ElementsAre(3, 30));
}

TEST(Pooling, a_row_an_item_already_stays_as_it_is) {
  const Output rows{{2, 2}, {1, 2, 3, 4}};
  EXPECT_THAT(pooled(rows, Pooling::automatic, Channels::first, {}).row(1), ElementsAre(3, 4));
}

TEST(Pooling, a_length_of_zero_counts_as_one_and_no_items_give_no_rows) {
  const std::vector<std::int64_t> none{0, 1};
  EXPECT_THAT(pooled(kTokens, Pooling::mean, Channels::first, none).row(0), ElementsAre(1, 10));
  EXPECT_EQ(pooled({{0, 3, 2}, {}}, Pooling::mean, Channels::first, {}).rows(), 0);
}

TEST(Pooling, tells_the_length_of_a_row_before_there_is_one) {
  EXPECT_EQ(pooled_length({"y", "f32", {-1, -1, 4}}, Pooling::automatic, Channels::first), 4);
  EXPECT_EQ(pooled_length({"y", "f32", {-1, 5, -1, -1}}, Pooling::automatic, Channels::first), 5);
  EXPECT_EQ(pooled_length({"y", "f32", {-1, -1, -1, 5}}, Pooling::automatic, Channels::last), 5);
  EXPECT_EQ(pooled_length({"y", "f32", {-1, 7, 4}}, Pooling::none, Channels::first), 28);
}

std::string refusal(const std::vector<std::int64_t>& shape, Pooling pooling) {
  try {
    pooled_length({"y", "f32", shape}, pooling, Channels::first);
    return "none";
  } catch (const Error& error) {
    return error.what();
  }
}

TEST(Pooling, what_has_no_such_parts_or_no_fixed_length_is_refused_by_name) {
  EXPECT_THAT(refusal({-1, -1, -1}, Pooling::mean),
              HasSubstr("output 'y': an output of [-1 x -1 x -1] gives rows of no fixed length"));
  EXPECT_THAT(refusal({-1, -1, 4}, Pooling::none), HasSubstr("no fixed length"));
  EXPECT_THAT(refusal({-1, 4}, Pooling::mean), HasSubstr("pooling = 'none'"));
  EXPECT_THAT(refusal({-1, 4, 7, 7}, Pooling::cls), HasSubstr("pooling = 'mean'"));
  EXPECT_THAT(refusal({4}, Pooling::automatic), HasSubstr("no rows of items"));
  EXPECT_THAT(refusal({}, Pooling::automatic), HasSubstr("no rows of items"));
  EXPECT_THROW(pooling_of("max"), Error);
}

TEST(ToUnitRows, scales_each_row_and_leaves_a_row_of_zeros) {
  math::Matrix rows(2, 2);
  rows(0, 0) = 3;
  rows(0, 1) = 4;
  to_unit_rows(rows.view());
  EXPECT_THAT(rows.row(0), ElementsAre(testing::FloatNear(.6F, 1e-6F), testing::FloatNear(.8F, 1e-6F)));
  EXPECT_THAT(rows.row(1), ElementsAre(0, 0));
}

}  // namespace
}  // namespace medley::encode
