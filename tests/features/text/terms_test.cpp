#include "medley/features/text/terms.h"

#include <gmock/gmock.h>

namespace medley::features {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::SizeIs;

std::vector<std::string> read(const std::vector<std::string>& texts, const TextParams& params = {},
                              std::string* why = nullptr) {
  TermReader reader(params);
  std::vector<std::string> terms;
  const auto reason = reader.read({.texts = texts, .categories = {}, .numbers = {}}, terms);
  if (why != nullptr) *why = reason;
  return terms;
}

TEST(TermReader, n_grams_follow_the_words_and_skip_stop_words) {
  TextParams params;
  params.ngram_max = 3;
  EXPECT_THAT(read({"Lord of the Rings trilogy"}, params),
              ElementsAre("lord", "rings", "trilogy", "lord rings", "rings trilogy", "lord rings trilogy"));
}

TEST(TermReader, a_tag_that_stays_open_ends_with_its_text) {
  EXPECT_THAT(read({"red <b", "shirt"}), ::testing::Contains("shirt"));
}

TEST(TermReader, the_sklearn_mode_keeps_stop_words_and_markup) {
  TextParams params;
  params.words.tokens = "sklearn";
  EXPECT_THAT(read({"the &amp;"}, params), ElementsAre("the", "amp"));
}

TEST(TermReader, stems_what_stop_words_leave) {
  TextParams params;
  params.words.stemming = "english";
  params.ngram_max = 2;
  EXPECT_THAT(read({"the running shirts"}, params), ElementsAre("run", "shirt", "run shirt"));
  params.words.stemming = "german";
  EXPECT_THAT(read({"Häuser"}, params), ElementsAre("haus"));
}

TEST(TermReader, leaves_out_the_words_of_a_list_in_every_mode) {
  TextParams params;
  params.words.stop_list = {"der", "hemd"};
  EXPECT_THAT(read({"Der Kragen the Hemd"}, params), ElementsAre("kragen"));
  params.words.tokens = "sklearn";
  EXPECT_THAT(read({"Der Kragen the Hemd"}, params), ElementsAre("kragen", "the"));
}

TEST(TermReader, says_why_a_text_has_no_terms) {
  std::string why;
  EXPECT_THAT(read({"M", "the"}, {}, &why), IsEmpty());
  EXPECT_EQ(why, "no usable words");
  EXPECT_THAT(read({"", ""}, {}, &why), IsEmpty());
  EXPECT_EQ(why, "");
}

TEST(TermReader, what_is_too_long_for_a_word_is_left_out_unless_scikit_learn_is_asked_for) {
  const std::string blob(257, 'x');
  EXPECT_THAT(read({blob + " shirt"}), ElementsAre("shirt"));
  TextParams params;
  params.words.tokens = "sklearn";
  EXPECT_THAT(read({blob + " shirt"}, params), SizeIs(2));
}

}  // namespace
}  // namespace medley::features
