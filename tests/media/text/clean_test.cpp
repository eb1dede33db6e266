#include "medley/media/text/clean.h"

#include "medley/media/text/words.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace medley::media {
namespace {

using ::testing::ElementsAre;

std::vector<std::string> words_of(std::string_view markup) {
  std::vector<std::string> out;
  Tokenizer().tokenize(clean_markup(markup), out);
  return out;
}

TEST(CleanMarkup, gives_the_words_of_a_title_with_entities_and_a_line_break) {
  EXPECT_THAT(words_of("Tom &amp; Jerry<br>10&quot; plate"), ElementsAre("tom", "jerry", "10", "plate"));
}

TEST(CleanMarkup, puts_a_space_for_a_block_and_nothing_for_an_inline_tag) {
  EXPECT_EQ(clean_markup("10<br/>12"), "10 12");
  EXPECT_EQ(clean_markup("<P CLASS='x'>one</P><p>two</p>"), " one  two ");
  EXPECT_EQ(clean_markup("H<sub>2</sub>O, <b>bold</b>er"), "H2O, bolder");
  EXPECT_EQ(clean_markup("a<o:p>b</o:p>"), "a b ");
}

TEST(CleanMarkup, keeps_prose_with_signs_that_open_nothing) {
  for (const char* prose :
       {"a < b and c > d", "I <3 you", "x<y", "5 <", "<", "AT&T", "rock & roll; again", "&nosuch;", "&;", "&",
        "ends in <b", "<a <", "<a href='x", "</ >", "&#xzz;", "&#0;"}) {
    EXPECT_EQ(clean_markup(prose), prose);
  }
}

TEST(CleanMarkup, drops_comments_declarations_scripts_and_styles) {
  EXPECT_EQ(clean_markup("a<!-- <b>no</b> > -->b"), "a b");
  EXPECT_EQ(clean_markup("<!DOCTYPE html>a"), " a");
  EXPECT_EQ(clean_markup("a<script type=\"x\">if (a<b) no();</SCRIPT>b"), "a  b");
  EXPECT_EQ(clean_markup("a<style>p { color: red }</style>b"), "a  b");
}

TEST(CleanMarkup, does_not_end_a_tag_inside_quotes) {
  EXPECT_EQ(clean_markup("<img alt=\"a > b\">c"), " c");
  EXPECT_EQ(clean_markup("<i title='>'>it's</i> 5\" <i>x</i>"), "it's 5\" x");
  // A quote that never closes ends with its tag, or the whole rest would be lost.
  EXPECT_EQ(clean_markup("<a href=\"x>link</a> and <b>more</b>"), "link and more");
}

TEST(CleanMarkup, decodes_entities_once) {
  EXPECT_EQ(clean_markup("caf&eacute; &#233; &#xE9; &#146; &euro;5"), "café é é ’ €5");
  EXPECT_EQ(clean_markup("&amp;amp; &lt;b&gt;"), "&amp; <b>");
  EXPECT_EQ(clean_markup("&#x1F600;"), "😀");
  EXPECT_EQ(clean_markup("a&nbsp;b"), "a\u00a0b");
}

TEST(CleanMarkup, keeps_text_of_other_scripts_byte_for_byte) {
  const std::string text = "हिन्दी 多模态 ไทย naïve";
  EXPECT_EQ(clean_markup(text), text);
  EXPECT_EQ(clean_markup(""), "");
}

// Each is cleaned in tens of milliseconds; in quadratic time, even the kind that memchr makes fast, this
// would go on until the suite's limit ends it.
TEST(CleanMarkup, comes_to_an_end_on_hostile_text) {
  for (const std::string_view unit : {"<a ", "<!--", "<a =\"", "<script>", "<a =\"<a \" ", "&",
                                      "<a =\"><a \" ", "<!", "<style>", "<a ='<a =\""}) {
    std::string text;
    while (text.size() < 2'000'000) text += unit;
    EXPECT_LE(clean_markup(text + "=\">\"").size(), text.size() + 4);
    EXPECT_LE(clean_markup(text + "<").size(), text.size() + 1);
  }
}

}  // namespace
}  // namespace medley::media
