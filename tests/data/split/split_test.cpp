#include "medley/data/split/split.h"

#include "medley/core/error.h"

#include "../log_builder.h"
#include <gmock/gmock.h>

using namespace medley;
using namespace medley::data;
using testing::ElementsAre;
using testing::HasSubstr;

namespace {

template <class Call>
std::string message_of(Call call) {
  try {
    call();
  } catch (const Error& error) {
    return error.what();
  }
  return "no error";
}

}  // namespace

TEST(Split, sizes_are_rounded_down_but_leave_one_for_the_test_first) {
  const auto sizes = [](std::size_t n) {
    const auto s = split_sizes(n, .1, .1);
    return std::vector<std::size_t>{s.train, s.valid, s.test};
  };
  EXPECT_THAT(sizes(0), ElementsAre(0, 0, 0));
  EXPECT_THAT(sizes(1), ElementsAre(1, 0, 0));
  EXPECT_THAT(sizes(2), ElementsAre(1, 0, 1));
  EXPECT_THAT(sizes(3), ElementsAre(1, 1, 1));
  EXPECT_THAT(sizes(9), ElementsAre(7, 1, 1));
  EXPECT_THAT(sizes(29), ElementsAre(25, 2, 2));
  EXPECT_THAT(sizes(30), ElementsAre(24, 3, 3));
  EXPECT_EQ(split_sizes(100, .29, 0).valid, 29u);
  EXPECT_THROW(split_sizes(10, .5, .5), Error);
  EXPECT_THROW(split_sizes(10, -.1, .5), Error);
}

TEST(Split, takes_the_labels_of_the_source) {
  const auto data = LogBuilder()
                        .add("a", "x")
                        .label(Part::train)
                        .add("a", "y")
                        .label(Part::valid)
                        .add("b", "x")
                        .label(Part::test)
                        .build();
  const auto parts = make_split("labels", data);
  EXPECT_THAT(parts, ElementsAre(Part::train, Part::valid, Part::test));
  EXPECT_THAT(part_of(data, parts, Part::train).by_user.indptr, ElementsAre(0, 1, 1));
  EXPECT_THAT(part_of(data, parts, Part::test).items_of(1), ElementsAre(0));
  EXPECT_EQ(parts_of(data, parts, {Part::train, Part::valid}).pairs(), 2);
}

TEST(Split, refuses_a_pair_that_is_labelled_train_and_test) {
  const auto data = LogBuilder()
                        .add("ann", "cup", 1)
                        .label(Part::train)
                        .add("ann", "pot", 2)
                        .label(Part::train)
                        .add("ann", "cup", 3)
                        .label(Part::test)
                        .build();
  const auto message = message_of([&] { make_split("labels", data); });
  EXPECT_THAT(message, HasSubstr("'ann'"));
  EXPECT_THAT(message, HasSubstr("'cup'"));
  EXPECT_THAT(message, HasSubstr("both train and test"));
}

TEST(Split, refuses_labels_that_are_not_there_and_names_that_it_does_not_know) {
  const auto data = ring_log(3, 3, 2);
  EXPECT_THAT(message_of([&] { make_split("labels", data); }), HasSubstr("'test' fixes no split"));
  EXPECT_THAT(message_of([&] { make_split("by_moon", data); }), HasSubstr("known: labels, random"));
}

TEST(Split, refuses_parts_of_another_log) {
  const auto data = ring_log(3, 3, 2);
  EXPECT_THROW(part_of(data, Parts(5, Part::train), Part::train), Error);
  EXPECT_THROW(count_pairs(data, Parts(7, Part::train)), Error);
}

TEST(Split, of_every_name_puts_each_counting_pair_in_one_part) {
  LogBuilder builder;
  for (int u = 0; u < 20; ++u) {
    for (int k = 0; k < 3 + u; ++k) {
      const auto user = "u" + std::to_string(u);
      const auto item = "i" + std::to_string((u * 7 + k) % 31);
      builder.add(user, item, 1000 + k / 2, "view").label(Part::train);
      if (k % 3 == 0) builder.add(user, item, 900 + 2 * k, "cart").label(Part::train);
    }
  }
  builder.add("u0", "i30", 5, "dislike").label(Part::train);
  const auto data = builder.build();
  const auto all = build_interactions(data.log, data.user_count(), data.item_count());
  ASSERT_EQ(all.dropped_pairs, 1);
  for (const auto& name : split_names()) {
    const auto parts = make_split(name, data);
    ASSERT_EQ(parts.size(), data.log.events.size()) << name;
    EXPECT_NO_THROW(check_disjoint(data, parts)) << name;
    EXPECT_EQ(parts.back(), Part::none) << name << ": a pair that does not count is in no part";
    const auto counts = count_pairs(data, parts);
    EXPECT_EQ(counts.none, 1) << name;
    EXPECT_EQ(counts.train + counts.valid + counts.test + counts.history, all.pairs()) << name;
    EXPECT_EQ(part_of(data, parts, Part::test).pairs(), counts.test) << name;
    EXPECT_EQ(make_split(name, data), parts) << name << ": same seed, same split";
  }
}

TEST(Split, of_an_empty_log_by_chance_is_empty) {
  EXPECT_TRUE(make_split("random", Dataset{}).empty());
  EXPECT_TRUE(make_split("item_cold", Dataset{}).empty());
}
