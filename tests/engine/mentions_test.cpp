#include "medley/engine/mentions.h"

#include "medley/core/error.h"

#include "tests/data/temp_folder.h"
#include <gtest/gtest.h>

using namespace medley;
using engine::Mentions;

TEST(Mentions, finds_an_id_as_a_whole_word_only) {
  const Mentions id("42");
  for (const auto* text : {"42", "user,42,x", "\"42\"", "a 42", "user_42.html", "4.42", "x\n42\n"})
    EXPECT_TRUE(id.in(text)) << text;
  for (const auto* text : {"", "4", "142", "421", "a42", "42b", "é42"}) EXPECT_FALSE(id.in(text)) << text;
  EXPECT_TRUE(id.in("142 42")) << "a part of a word does not hide the word";
}

TEST(Mentions, finds_an_id_that_starts_or_ends_with_a_sign_anywhere) {
  const Mentions id("<ann>");
  EXPECT_TRUE(id.in("x<ann>y"));
  EXPECT_FALSE(id.in("ann"));
}

TEST(Mentions, finds_an_id_as_csv_json_and_html_write_it) {
  const Mentions quoted("say \"hi\" & go\n\x01");
  EXPECT_TRUE(quoted.in("\"say \"\"hi\"\" & go\n\x01\""));
  EXPECT_TRUE(quoted.in(R"({"user": "say \"hi\" & go\n\u0001"})"));
  EXPECT_TRUE(quoted.in("<b>say &quot;hi&quot; &amp; go\n\x01</b>"));
  EXPECT_TRUE(quoted.in("<b>say \"hi\" &amp; go\n\x01</b>"));
  EXPECT_TRUE(Mentions("Zo\xC3\xAB").in(R"("Zo\u00eb")"));
  EXPECT_TRUE(Mentions("\xF0\x9F\x98\x80 ann").in(R"("\ud83d\ude00 ann")"));
}

TEST(Mentions, tells_a_string_of_json_from_a_number_and_from_a_part_of_one) {
  const Mentions id("42");
  for (const auto* text : {R"({"user": "42"})", R"(["a","42"])", R"(["user '42', item 'x'"])"})
    EXPECT_TRUE(id.quoted_in(text)) << text;
  for (const auto* text : {"", "42", R"({"k": 42})", R"("a 42")", R"("42-1")", R"("142")"})
    EXPECT_FALSE(id.quoted_in(text)) << text;
  EXPECT_TRUE(Mentions("say \"hi\"").quoted_in(R"(["say \"hi\""])"));
  EXPECT_TRUE(Mentions("a<b&c>").quoted_in(R"(["a\u003cb\u0026c\u003e"])")) << "as in a page of HTML";
}

TEST(Mentions, an_empty_id_is_nowhere) {
  EXPECT_FALSE(Mentions("").in("anything"));
}

TEST(Mentions, looks_into_files_and_at_their_names) {
  const data::TempFolder folder;
  const Mentions id("ann");
  EXPECT_TRUE(id.in_file(folder.write("a.txt", "1,ann,2")));
  EXPECT_TRUE(id.in_file(folder.write("list-ann.txt", "")));
  EXPECT_FALSE(id.in_file(folder.write("b.txt", "anna")));
  EXPECT_THROW(id.in_file(folder.path() / "none"), Error);
}
