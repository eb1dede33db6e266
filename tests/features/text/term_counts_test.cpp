#include "medley/features/text/term_counts.h"

#include "medley/core/error.h"

#include "tests/features/items.h"
#include <gmock/gmock.h>

namespace medley::features::testing {
namespace {

using ::testing::ElementsAre;

TermCounts count(const Items& items, int threads, bool with_items = true) {
  QuietServices services(threads);
  return count_terms(items.all(), {}, "en", with_items, services);
}

TEST(TermCounts, counts_items_and_occurrences_by_hand) {
  Items items;
  items.add({"red red shirt"}).add({""}).add({"the"}).add({"blue shirt"});
  const auto counts = count(items, 1);
  EXPECT_THAT(counts.terms, ElementsAre("blue", "red", "shirt"));
  EXPECT_THAT(counts.items, ElementsAre(1, 1, 2));
  EXPECT_THAT(counts.occurrences, ElementsAre(1, 2, 2));
  EXPECT_THAT(counts.offsets, ElementsAre(0, 2, 2, 2, 4));
  EXPECT_EQ(counts.of_item(0)[0].term, 1);
  EXPECT_EQ(counts.of_item(0)[0].times, 2);
  EXPECT_THAT(counts.notes, ElementsAre("", "", "no usable words", ""));
}

TEST(TermCounts, are_the_same_whatever_the_number_of_threads) {
  Items items;
  for (int i = 0; i < 2000; ++i)
    items.add({"word" + std::to_string(i % 37) + " item" + std::to_string(i * 7919 % 1511)});
  const auto one = count(items, 1), three = count(items, 3);
  EXPECT_EQ(one.terms, three.terms);
  EXPECT_EQ(one.items, three.items);
  EXPECT_EQ(one.occurrences, three.occurrences);
  EXPECT_EQ(one.offsets, three.offsets);
  for (std::size_t k = 0; k < one.entries.size(); ++k) EXPECT_EQ(one.entries[k].term, three.entries[k].term);
}

TEST(TermCounts, keeps_no_rows_that_were_not_asked_for) {
  Items items;
  items.add({"red shirt"});
  const auto counts = count(items, 1, false);
  EXPECT_THAT(counts.items, ElementsAre(1, 1));
  EXPECT_TRUE(counts.entries.empty());
}

TEST(TermCounts, an_interrupt_stops_it) {
  Items items;
  items.add({"red shirt"});
  QuietServices services(2);
  services.cancel().set();
  EXPECT_THROW(count_terms(items.all(), {}, "en", true, services), Error);
}

TEST(TermTable, numbers_texts_in_the_order_of_first_sight) {
  TermTable table;
  for (int i = 0; i < 5000; ++i) ASSERT_EQ(table.number_of("t" + std::to_string(i)), i);
  for (int i = 0; i < 5000; ++i) ASSERT_EQ(table.number_of("t" + std::to_string(i)), i);
  EXPECT_EQ(table.terms()[4999], "t4999");
}

}  // namespace
}  // namespace medley::features::testing
