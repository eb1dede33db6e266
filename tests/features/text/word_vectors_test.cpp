#include "medley/features/text/word_vectors.h"

#include "medley/core/error.h"

#include <gmock/gmock.h>

#include <filesystem>

namespace medley::features {
namespace {

using ::testing::Each;
using ::testing::ElementsAre;

std::vector<float> find(const WordVectors& vectors, std::string_view word) {
  std::vector<float> out(static_cast<std::size_t>(vectors.dim()));
  return vectors.find(word, out) ? out : std::vector<float>{};
}

math::Matrix counting(math::Index rows, math::Index cols) {
  math::Matrix out(rows, cols);
  for (math::Index i = 0; i < rows * cols; ++i) out.data()[i] = static_cast<float>(i + 1);
  return out;
}

/// Two words, one n-gram length, four buckets; row r holds {r, 10 r}.
FastTextModel tiny() {
  FastTextModel model;
  model.dim = 2;
  model.rule = {3, 3, 4};
  model.words = {"Red", "shirt"};
  model.row = [](std::int64_t row, std::span<float> out) {
    out[0] = static_cast<float>(row);
    out[1] = static_cast<float>(10 * row);
  };
  return model;
}

TEST(WordVectors, of_equal_words_the_first_counts) {
  const WordVectors vectors({"b", "a", "b"}, counting(3, 2));
  EXPECT_EQ(vectors.size(), 2U);
  EXPECT_THAT(find(vectors, "a"), ElementsAre(3, 4));
  EXPECT_THAT(find(vectors, "b"), ElementsAre(1, 2));
  EXPECT_TRUE(find(vectors, "c").empty());
}

TEST(WordVectors, a_word_is_the_mean_of_its_row_and_those_of_its_n_grams) {
  const auto model = tiny();
  const auto vectors = WordVectors::of(model, {}, 10);
  float sum = 0;
  const auto buckets = subword_buckets("Red", model.rule);
  for (const auto bucket : buckets) sum += static_cast<float>(2 + bucket);
  const auto mean = sum / static_cast<float>(buckets.size() + 1);
  EXPECT_THAT(find(vectors, "red"), ElementsAre(mean, 10 * mean));
}

TEST(WordVectors, a_word_of_which_only_n_grams_are_known_is_their_mean) {
  const auto model = tiny();
  const auto vectors = WordVectors::of(model, {}, 10);
  float sum = 0;
  const auto buckets = subword_buckets("shirts", model.rule);
  for (const auto bucket : buckets) sum += static_cast<float>(2 + bucket);
  const auto found = find(vectors, "shirts");
  ASSERT_FALSE(found.empty()) << "with four buckets every one is known";
  EXPECT_NEAR(found[0], sum / static_cast<float>(buckets.size()), 1e-5);
}

TEST(WordVectors, keeps_the_first_words_and_those_that_are_wanted) {
  const auto model = tiny();
  EXPECT_EQ(WordVectors::of(model, {}, 1).size(), 1U);
  EXPECT_EQ(WordVectors::of(model, {}, 0).size(), 0U);
  EXPECT_EQ(WordVectors::of(model, {"shirt"}, 0).size(), 1U);
}

TEST(WordVectors, what_was_saved_finds_the_same_and_what_was_changed_is_refused) {
  const auto path = std::filesystem::path(::testing::TempDir()) / "word_vectors.state";
  const auto vectors = WordVectors::of(tiny(), {}, 10);
  ArchiveWriter writer(path, "features");
  vectors.save(writer);
  writer.commit();
  const auto loaded = WordVectors::load(ArchiveReader(path, "features"));
  for (const auto* word : {"red", "shirt", "shirts", "reddish"})
    EXPECT_EQ(find(loaded, word), find(vectors, word));

  ArchiveWriter wrong(path, "features");
  wrong.put_texts("words", std::vector<std::string>{"b", "a"});
  wrong.put_value("dim", std::int64_t{2});
  wrong.commit();
  EXPECT_THROW(WordVectors::load(ArchiveReader(path, "features")), Error);
}

TEST(WordVectors, none_at_all_know_nothing) {
  const WordVectors none({}, math::Matrix(0, 3));
  std::vector<float> out(3, 1.0f);
  EXPECT_FALSE(none.find("word", out));
  EXPECT_THAT(out, Each(0.0f));
  EXPECT_THROW(WordVectors({"a"}, math::Matrix(0, 3)), Error);
}

}  // namespace
}  // namespace medley::features
