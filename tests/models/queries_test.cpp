#include "medley/models/queries.h"

#include "toy.h"

using namespace medley;
using namespace medley::models;

namespace {

TEST(Queries, a_history_must_rise_within_the_items) {
  EXPECT_NO_THROW(check_history(std::vector<ItemId>{}, 0));
  EXPECT_NO_THROW(check_history(std::vector<ItemId>{0, 2}, 3));
  EXPECT_THROW(check_history(std::vector<ItemId>{0, 3}, 3), Error);
  EXPECT_THROW(check_history(std::vector<ItemId>{-1}, 3), Error);
  EXPECT_THROW(check_history(std::vector<ItemId>{1, 1}, 3), Error);
  EXPECT_THROW(check_history(std::vector<ItemId>{2, 1}, 3), Error);
}

TEST(Queries, the_result_must_have_a_row_a_query_and_a_column_an_item) {
  math::Matrix out(1, 3);
  const Query query{"u", {}};
  EXPECT_NO_THROW(check_queries({&query, 1}, 3, out.view()));
  EXPECT_THROW(check_queries({&query, 1}, 4, out.view()), Error);
  EXPECT_THROW(check_queries({}, 3, out.view()), Error);
}

TEST(Queries, a_square_above_the_limit_names_its_size_and_the_way_past_it) {
  EXPECT_NO_THROW(check_square("ease", 10, 10, "use less"));
  try {
    check_square("ease", 100000, 20000, "use less");
    FAIL() << "must throw";
  } catch (const Error& error) {
    EXPECT_EQ(error.code(), ErrorCode::limit);
    EXPECT_STREQ(
        error.what(),
        "ease keeps items x items numbers: 100000 items need 40.0 GB, above max_items 20000; use less");
  }
}

TEST(Queries, rows_of_a_sparse_and_of_a_dense_matrix_sum_alike) {
  const math::Csr sparse{3, 3, {0, 2, 2, 3}, {0, 2, 1}, {1, 2, 4}};
  math::Matrix dense(3, 3);
  dense(0, 0) = 1;
  dense(0, 2) = 2;
  dense(2, 1) = 4;
  const std::vector<ItemId> both{0, 2};
  const std::vector<Query> queries{{"a", both}, {"b", {}}};
  ThreadPool pool(2);
  math::Matrix a(2, 3), b(2, 3);
  a(1, 1) = 9;
  sum_rows(queries, sparse.view(), a.view(), pool);
  sum_rows(queries, dense.view(), b.view(), pool);
  for (const auto* out : {&a, &b}) {
    EXPECT_EQ((std::vector<float>{(*out)(0, 0), (*out)(0, 1), (*out)(0, 2)}), (std::vector<float>{1, 4, 2}));
    EXPECT_EQ((*out)(1, 1), 0.0f);
  }
}

}  // namespace
