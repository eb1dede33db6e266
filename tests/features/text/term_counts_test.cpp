#include "medley/features/text/term_counts.h"

#include "medley/core/error.h"

#include "tests/features/items.h"
#include <gmock/gmock.h>

namespace medley::features::test {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

TermCounts count(const ItemBlocks& items, int threads, ItemTerms* kept = nullptr) {
  QuietServices services(threads);
  return count_terms(items, {}, "en", kept, services);
}

/// Of each item its terms, as "term*times".
std::vector<std::vector<std::string>> terms_of(const ItemTerms& kept, const TermCounts& counts) {
  std::vector<std::vector<std::string>> out;
  QuietServices services(2);
  kept.for_each(
      [&](const ItemTerms::Block& block) {
        EXPECT_EQ(block.first, out.size());
        for (std::size_t k = 0; k < block.size(); ++k) {
          auto& row = out.emplace_back();
          for (const auto& entry : block.of(k))
            row.push_back(counts.terms[static_cast<std::size_t>(entry.term)] + "*" +
                          std::to_string(entry.times));
        }
      },
      services);
  return out;
}

TEST(TermCounts, counts_items_and_occurrences_by_hand) {
  Items items;
  items.add({"red red shirt"}).add({""}).add({"the"}).add({"blue shirt"});
  ItemTerms kept;
  const auto counts = count(items.blocks(), 1, &kept);
  EXPECT_THAT(counts.terms, ElementsAre("blue", "red", "shirt"));
  EXPECT_THAT(counts.items, ElementsAre(1, 1, 2));
  EXPECT_THAT(counts.occurrences, ElementsAre(1, 2, 2));
  EXPECT_THAT(counts.notes, ElementsAre("", "", "no usable words", ""));
  EXPECT_THAT(terms_of(kept, counts), ElementsAre(ElementsAre("red*2", "shirt*1"), IsEmpty(), IsEmpty(),
                                                  ElementsAre("blue*1", "shirt*1")));
}

TEST(TermCounts, are_the_same_whatever_the_number_of_threads_and_the_blocks) {
  Items items;
  for (int i = 0; i < 2000; ++i)
    items.add({"word" + std::to_string(i % 37) + " item" + std::to_string(i * 7919 % 1511)});
  ItemTerms of_one, of_three;
  const auto one = count(items.blocks(), 1, &of_one), three = count(items.blocks_of(333), 3, &of_three);
  EXPECT_EQ(one.terms, three.terms);
  EXPECT_EQ(one.items, three.items);
  EXPECT_EQ(one.occurrences, three.occurrences);
  const auto terms = terms_of(of_one, one);
  EXPECT_EQ(terms.size(), 2000u);
  EXPECT_EQ(terms, terms_of(of_three, three));
  EXPECT_EQ(terms, terms_of(of_one, one)) << "a second time";
}

TEST(TermCounts, hands_out_more_entries_than_fit_at_once_in_their_order) {
  const auto items = many_long_texts();
  ItemTerms kept;
  const auto counts = count(items.blocks_of(1000), 2, &kept);
  int blocks = 0, met = 0;
  QuietServices services(2);
  kept.for_each(
      [&](const ItemTerms::Block& block) {
        ++blocks;
        for (std::size_t k = 0; k < block.size(); ++k, ++met) {
          ASSERT_EQ(block.of(k).size(), met == 3900 ? 0u : 301u);
          if (met == 3900) continue;
          const auto own = block.of(k).front().term;  // "own..." comes before "w..."
          ASSERT_EQ(counts.terms[static_cast<std::size_t>(own)], "own" + std::to_string(met));
        }
      },
      services);
  EXPECT_EQ(met, 4000);
  EXPECT_GT(blocks, 1);
  EXPECT_EQ(counts.notes[3900], "no usable words");
  EXPECT_EQ(std::ranges::count(counts.notes, ""), 3999);
}

TEST(TermCounts, an_interrupt_stops_it) {
  Items items;
  items.add({"red shirt"});
  QuietServices services(2);
  services.cancel().set();
  EXPECT_THROW(count_terms(items.blocks(), {}, "en", nullptr, services), Error);
}

TEST(TermTable, numbers_texts_in_the_order_of_first_sight) {
  TermTable table;
  for (int i = 0; i < 5000; ++i) ASSERT_EQ(table.number_of("t" + std::to_string(i)), i);
  for (int i = 0; i < 5000; ++i) ASSERT_EQ(table.number_of("t" + std::to_string(i)), i);
  EXPECT_EQ(table.terms()[4999], "t4999");
}

}  // namespace
}  // namespace medley::features::test
