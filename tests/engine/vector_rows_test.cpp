#include "medley/engine/vector_rows.h"

#include "medley/engine/plugins.h"

#include "tests/engine/small_world.h"
#include <gmock/gmock.h>

using namespace medley;
using namespace medley::engine::test;
using ::testing::ElementsAre;

namespace {

features::Vectors vectors(data::FeatureRows rows) {
  return {std::move(rows), {1, 0, 0}, {"", "too dark", ""}};
}

TEST(VectorRows, go_into_a_cache_and_come_out_as_they_were) {
  math::Matrix dense(3, 2);
  dense(0, 1) = 0.5f;
  const auto row = engine::cached_row(vectors(dense), 0);
  EXPECT_THAT(row.values, ElementsAre(0.0f, 0.5f));
  data::FeatureRows to = math::Matrix(2, 2);
  EXPECT_TRUE(engine::put_row(row, to, 1));
  EXPECT_EQ(std::get<math::Matrix>(to)(1, 1), 0.5f);

  math::BasicMatrix<std::int32_t> numbers(3, 2);
  numbers(0, 0) = -7;
  const auto raw = engine::cached_row(vectors(numbers), 0);
  EXPECT_TRUE(raw.values.empty());
  data::FeatureRows raw_to = math::BasicMatrix<std::int32_t>(1, 2);
  EXPECT_TRUE(engine::put_row(raw, raw_to, 0));
  EXPECT_EQ(std::get<math::BasicMatrix<std::int32_t>>(raw_to)(0, 0), -7);
}

TEST(VectorRows, that_are_absent_say_why) {
  EXPECT_EQ(engine::cached_row(vectors(math::Matrix(3, 2)), 1).reason, "too dark");
  EXPECT_EQ(engine::cached_row(vectors(math::Matrix(3, 2)), 2).reason, "no vector");
}

TEST(VectorRows, of_another_length_are_not_put) {
  data::FeatureRows to = math::Matrix(1, 3);
  EXPECT_FALSE(engine::put_row({{1.0f, 2.0f}, {}}, to, 0));
  EXPECT_EQ(std::get<math::Matrix>(to)(0, 0), 0.0f);
}

TEST(VectorRows, are_empty_in_the_type_that_the_extractor_gives) {
  const auto plugins = engine::builtin_plugins();
  QuietServices quiet(1);
  const auto color = plugins.extractors.make("image/color");
  EXPECT_EQ(std::get<math::Matrix>(engine::empty_rows(*color, 4, quiet)).rows(), 4);
  const auto pixels = plugins.extractors.make("image/pixels");
  EXPECT_EQ(std::get<math::BasicMatrix<std::uint8_t>>(engine::empty_rows(*pixels, 2, quiet)).cols(),
            pixels->dim());
  const auto tfidf = plugins.extractors.make("text/tfidf");
  tfidf->fit(features::ItemSpan({}), quiet);
  ErrorCode code{};
  EXPECT_NE(error_of([&] { engine::empty_rows(*tfidf, 1, quiet); }, &code), "");
  EXPECT_EQ(code, ErrorCode::internal);
}

}  // namespace
