#include "medley/encode/tokenizer.h"

#include "medley/core/error.h"
#include "medley/core/file.h"

#include "tests/encode/answers.h"
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <chrono>

namespace medley::encode::test {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;

std::vector<std::string> texts() {
  return answers()["texts"];
}

std::vector<std::int64_t> ids_of(const Tokens& tokens, std::size_t row) {
  const auto* ids = tokens.find("input_ids");
  const auto begin = ids->values.begin() + static_cast<std::ptrdiff_t>(row) * tokens.width;
  return {begin, begin + tokens.lengths[row]};
}

class EveryTokenizer : public ::testing::TestWithParam<std::string> {
 protected:
  std::filesystem::path path() const { return data(GetParam() + ".xml"); }
};

TEST_P(EveryTokenizer, gives_the_ids_of_the_original_cut_at_the_same_length) {
  const Tokenizer tokenizer(path(), 12, 1);
  const auto tokens = tokenizer.encode(texts());
  for (std::size_t i = 0; i < texts().size(); ++i)
    EXPECT_EQ(ids_of(tokens, i), answers()["tokens"][GetParam()][i].get<std::vector<std::int64_t>>())
        << texts()[i];
}

TEST_P(EveryTokenizer, one_text_at_a_time_gives_the_same_ids) {
  const Tokenizer tokenizer(path(), 12, 1);
  const auto together = tokenizer.encode(texts());
  for (std::size_t i = 0; i < texts().size(); ++i)
    EXPECT_EQ(ids_of(tokenizer.encode(std::span(&texts()[i], 1)), 0), ids_of(together, i)) << texts()[i];
}

TEST_P(EveryTokenizer, a_longer_limit_keeps_more_and_the_end) {
  const auto shirts = texts()[4];
  const auto longer = Tokenizer(path(), 30, 1).encode(std::span(&shirts, 1));
  EXPECT_EQ(longer.lengths.front(), 30);
  const auto shorter = ids_of(Tokenizer(path(), 12, 1).encode(std::span(&shirts, 1)), 0);
  EXPECT_EQ(ids_of(longer, 0).back(), shorter.back());
}

TEST_P(EveryTokenizer, broken_text_nul_and_a_megabyte_are_texts_too) {
  const Tokenizer tokenizer(path(), 12, 1);
  std::string megabyte;
  while (megabyte.size() < (1 << 20)) megabyte += "shirt ";
  const std::vector<std::string> hostile{"\xff\xfe red", std::string("red\0shirt", 9), megabyte,
                                         std::string(1 << 20, 'x'), "\xe5\xa4"};
  const auto tokens = tokenizer.encode(hostile);
  ASSERT_EQ(tokens.lengths.size(), hostile.size());
  for (const auto length : tokens.lengths) EXPECT_LE(length, 12);
  EXPECT_EQ(tokens.lengths[2], 12);
}

INSTANTIATE_TEST_SUITE_P(Kinds, EveryTokenizer, ::testing::Values("wordpiece", "bpe", "unigram"),
                         [](const auto& kind) { return kind.param; });

TEST(Tokenizer, pads_on_the_right_and_masks_what_it_pads) {
  const std::vector<std::string> two{"a", "red cotton shirt"};
  const auto tokens = Tokenizer(data("wordpiece.xml"), 12, 1).encode(two);
  EXPECT_THAT(tokens.lengths, ElementsAre(3, 5));
  EXPECT_THAT(tokens.find("attention_mask")->values, ElementsAre(1, 1, 1, 0, 0, 1, 1, 1, 1, 1));
  ASSERT_NE(tokens.find("input_ids"), nullptr);
  EXPECT_EQ(tokens.find("position_ids"), nullptr);
}

TEST(Tokenizer, no_texts_give_no_rows) {
  EXPECT_TRUE(Tokenizer(data("wordpiece.xml"), 12, 1).encode({}).lengths.empty());
}

void expect_error(const std::string& message, const std::filesystem::path& path, int max_tokens = 12) {
  try {
    const Tokenizer tokenizer(path, max_tokens, 1);
    ADD_FAILURE() << "no error";
  } catch (const Error& error) {
    EXPECT_THAT(error.what(), HasSubstr(message));
  }
}

TEST(Tokenizer, what_is_none_is_refused_by_name) {
  expect_error("'absent.xml'", "absent.xml");
  expect_error("text.onnx' is no tokenizer; tools/tokenizer.py makes", data("text.onnx"));
  expect_error("gives 2 tokens to an empty text, which leaves none of 2", data("wordpiece.xml"), 2);
  const auto path = std::filesystem::path(::testing::TempDir()) / "cut.xml";
  const auto whole = read_file(data("wordpiece.xml"), 1 << 20);
  for (const auto size : {std::size_t{0}, whole.size() / 3, whole.size() - 10}) {
    write_file(path, std::string_view(whole).substr(0, size));
    expect_error("cut.xml'", path);
  }
  write_file(path, whole);  // its vocabulary, cut.bin, is not there
  expect_error("cut.xml'", path);
  std::filesystem::remove(path);
}

}  // namespace
}  // namespace medley::encode::test
