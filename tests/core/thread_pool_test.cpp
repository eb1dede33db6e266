#include "medley/core/thread_pool.h"

#include "medley/core/error.h"

#include <gtest/gtest.h>

#include <numeric>

using namespace medley;

TEST(ParallelFor, visits_every_index_once) {
  ThreadPool pool(4);
  for (const std::int64_t n : {0, 1, 7, 1000}) {
    std::vector<int> seen(static_cast<std::size_t>(n));
    parallel_for(pool, n, 3, [&](std::int64_t begin, std::int64_t end) {
      for (auto i = begin; i < end; ++i) ++seen[static_cast<std::size_t>(i)];
    });
    EXPECT_EQ(std::accumulate(seen.begin(), seen.end(), 0), n);
    for (const int count : seen) EXPECT_EQ(count, 1);
  }
}

TEST(ParallelFor, carries_the_first_exception_out_and_works_again) {
  ThreadPool pool(3);
  EXPECT_THROW(parallel_for(pool, 100, 1, [](std::int64_t i, std::int64_t) { require(i != 5, "five"); }),
               Error);
  std::atomic<int> count{0};
  parallel_for(pool, 100, 1, [&](std::int64_t, std::int64_t) { ++count; });
  EXPECT_EQ(count, 100);
}

TEST(ParallelFor, nests) {
  ThreadPool pool(2);
  std::atomic<int> count{0};
  parallel_for(pool, 4, 1, [&](std::int64_t, std::int64_t) {
    parallel_for(pool, 4, 1, [&](std::int64_t, std::int64_t) { ++count; });
  });
  EXPECT_EQ(count, 16);
}

TEST(CancelFlag, check_throws_once_set) {
  CancelFlag flag;
  EXPECT_NO_THROW(flag.check());
  flag.set();
  try {
    flag.check();
    FAIL();
  } catch (const Error& error) {
    EXPECT_EQ(error.code(), ErrorCode::interrupted);
  }
}
