#include "medley/features/text/vec_file.h"

#include "medley/core/error.h"

#include <gmock/gmock.h>

namespace medley::features {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;

VecFile read(std::string_view text, std::size_t max_words = 100,
             const std::unordered_set<std::string>& wanted = {}) {
  return read_vec(text, "w.vec", wanted, max_words);
}

std::vector<float> find(const VecFile& file, std::string_view word) {
  std::vector<float> out(static_cast<std::size_t>(file.vectors.dim()));
  return file.vectors.find(word, out) ? out : std::vector<float>{};
}

std::string vec_refusal(std::string_view text) {
  try {
    read(text);
  } catch (const Error& error) {
    EXPECT_EQ(error.code(), ErrorCode::corrupt_data);
    return error.what();
  }
  return "read";
}

TEST(VecFile, reads_words_and_numbers) {
  const auto file = read("2 3\nred 1 -0.5 2e-3\nshirt 0 0 7 \n");
  EXPECT_EQ(file.vectors.size(), 2U);
  EXPECT_THAT(find(file, "red"), ElementsAre(1.0f, -0.5f, 2e-3f));
  EXPECT_THAT(find(file, "shirt"), ElementsAre(0.0f, 0.0f, 7.0f));
}

TEST(VecFile, takes_line_ends_of_windows_and_a_last_line_without_one) {
  EXPECT_THAT(find(read("1 2\r\nred 1 2"), "red"), ElementsAre(1.0f, 2.0f));
}

TEST(VecFile, words_are_in_lower_case_and_of_equals_the_first_counts) {
  const auto file = read("3 1\nParis 1\nparis 2\nparis 3\n");
  EXPECT_THAT(find(file, "paris"), ElementsAre(1.0f));
  EXPECT_EQ(file.repeated, 2U);
}

TEST(VecFile, keeps_the_first_words_and_those_that_are_wanted) {
  const auto file = read("4 1\na 1\nb 2\nc 3\nd 4\n", 1, {"c"});
  EXPECT_EQ(file.vectors.size(), 2U);
  EXPECT_THAT(find(file, "c"), ElementsAre(3.0f));
  EXPECT_TRUE(find(file, "b").empty());
}

TEST(VecFile, passes_over_words_that_are_not_utf_8) {
  const auto file = read("2 1\n\xff\xfe 1\nred 2\n");
  EXPECT_EQ(file.not_utf8, 1U);
  EXPECT_EQ(file.vectors.size(), 1U);
}

TEST(VecFile, refuses_what_is_none_and_names_the_line) {
  EXPECT_THAT(vec_refusal(""), HasSubstr("an empty file"));
  EXPECT_THAT(vec_refusal("red 1 2\n"), HasSubstr("line 1: 'red' is no number"));
  EXPECT_THAT(vec_refusal("1\nred 1\n"), HasSubstr("line 1: '' is no number"));
  EXPECT_THAT(vec_refusal("1 0\nred\n"), HasSubstr("COUNT LENGTH"));
  EXPECT_THAT(vec_refusal("-1 2\n"), HasSubstr("COUNT LENGTH"));
  EXPECT_THAT(vec_refusal("1 2 3\nred 1 2\n"), HasSubstr("COUNT LENGTH"));
  EXPECT_THAT(vec_refusal("2 2\nred 1 2\nblue 1\n"), HasSubstr("line 3: 1 numbers, and the header says 2"));
  EXPECT_THAT(vec_refusal("1 2\nred 1 2 3\n"), HasSubstr("line 2: more numbers than the 2"));
  EXPECT_THAT(vec_refusal("1 2\nred 1 x\n"), HasSubstr("line 2: 'x' is no number"));
  EXPECT_THAT(vec_refusal("1 2\nred 1 nan\n"), HasSubstr("line 2: a number is not finite"));
  EXPECT_THAT(vec_refusal("1 2\nred 1 1e99\n"), HasSubstr("line 2: '1e99' is no number"));
  EXPECT_THAT(vec_refusal("2 1\nred 1\n\n"), HasSubstr("line 3: no word"));
}

TEST(VecFile, refuses_a_header_that_lies) {
  EXPECT_THAT(vec_refusal("3 1\nred 1\nblue 2\n"), HasSubstr("ends after 2 words, and its header says 3"));
  EXPECT_THAT(vec_refusal("1 1\nred 1\nblue 2\n"), HasSubstr("line 3: more words than the 1"));
  EXPECT_THAT(vec_refusal("9000000000000000000 300\nred 1\n"), HasSubstr("do not fit in the 6 bytes"));
  EXPECT_THAT(vec_refusal("1 9000000000000000000\nred 1\n"), HasSubstr("COUNT LENGTH"));
}

TEST(VecFile, a_file_cut_anywhere_is_refused_or_read_as_far_as_its_numbers_go) {
  const std::string whole = "2 2\nred 1.25 2\nshirt 3 4.75\n";
  for (std::size_t length = 0; length < whole.size(); ++length) {
    const auto part = std::string_view(whole).substr(0, length);
    if (part.ends_with('.')) continue;  // "4." may be taken as a number or not
    // Only the end of the last number, "4.75" or "4.7" or "4", can be missing without a trace.
    EXPECT_EQ(vec_refusal(part) == "read", length + 4 >= whole.size()) << part;
  }
}

}  // namespace
}  // namespace medley::features
