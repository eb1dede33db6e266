#include "medley/models/graph/filter_terms.h"

#include "../toy.h"

using namespace medley;
using namespace medley::models;

namespace {

FilterTerms terms_of(const data::Interactions& data, std::vector<double> c, std::vector<double> g) {
  FilterTerms terms;
  terms.graph = Propagation(data, 0, 0);
  terms.c = std::move(c);
  terms.g = std::move(g);
  if (!terms.g.empty())
    terms.content = ContentBlocks(toy::vectors(ContentUse::Form::tables, data.items), data.items);
  return terms;
}

TEST(FilterTerms, weights_are_divided_by_the_deviation_over_all_entries) {
  // P = [1 1 0; 1 2 0; 0 0 0], P^2 = [2 3 0; 3 5 0; 0 0 0].
  auto terms = terms_of(toy::interactions(2, 3, {{0, 0}, {0, 1}, {1, 1}}), {1, 2}, {});
  QuietServices services(2);
  terms.scale_by_deviation(toy::everything(3), services);
  EXPECT_NEAR(terms.c[0], 9 / std::sqrt(38.0), 1e-6);
  EXPECT_NEAR(terms.c[1], 2 * 9 / std::sqrt(254.0), 1e-6);
}

TEST(FilterTerms, visits_each_term_of_the_sum_once) {
  const auto data = toy::random_interactions(30, 20, .2, 2);
  const auto terms = terms_of(data, {1, 1, 1}, {1, 1});
  const std::vector<ItemId> history{2, 7};
  const Query query{"u", history};
  ThreadPool pool(1);
  std::vector<std::size_t> seen;
  terms.visit(history_rows({&query, 1}, 20).view(), pool, [&](std::size_t term, auto values) {
    seen.push_back(term);
    for (ItemId j = 0; j < 20; ++j) {
      double wanted = 0;
      for (const ItemId i : history)
        wanted += term < 3 ? terms.graph.rows_of_powers(i, 3)[term][static_cast<std::size_t>(j)]
                           : math::inner_product(terms.content.rows(term - 3), i, j);
      EXPECT_NEAR(values(0, j), wanted, 1e-5 * std::max(1.0, wanted)) << term << " " << j;
    }
  });
  EXPECT_EQ(seen, (std::vector<std::size_t>{0, 1, 2, 3, 4}));
}

TEST(FilterTerms, a_constant_term_gets_no_weight) {
  auto terms = terms_of(toy::interactions(3, 4, {}), {1, 1}, {});
  QuietServices services(1);
  terms.scale_by_deviation(toy::everything(4), services);
  EXPECT_EQ(terms.c, (std::vector<double>{0, 0}));
}

TEST(FilterTerms, blocks_shrink_with_the_size_of_the_data) {
  EXPECT_EQ(terms_of(toy::interactions(3, 4, {{0, 0}}), {1}, {}).block_rows(), 256);
  EXPECT_EQ(terms_of(toy::interactions(1000000, 4, {{0, 0}}), {1}, {}).block_rows(), 8);
}

}  // namespace
