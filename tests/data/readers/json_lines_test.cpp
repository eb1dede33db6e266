#include "medley/data/readers/json_lines.h"

#include "tests/data/readers/recorder.h"
#include <gmock/gmock.h>
#include <gtest/gtest.h>

using namespace medley;
using namespace medley::data;
using testing::AllOf;
using testing::ElementsAre;
using testing::HasSubstr;

namespace {

using ReadEvent = Recorder::Event;

Recorder log_of(const std::string& text, const ImportOptions& options = format("jsonl")) {
  TempFolder folder;
  return read(folder.write("log.jsonl", text), options);
}

CatalogOptions catalog_options() {
  CatalogOptions options;
  options.file = "items.jsonl";
  options.text = {"title"};
  options.categories = {{"tags", "|"}};
  options.numbers = {"year"};
  options.available = "stock";
  options.available_from = "from";
  return options;
}

Recorder catalog_of(const std::string& text, const CatalogOptions& options = catalog_options()) {
  TempFolder folder;
  folder.write("log.jsonl", R"({"user": 1, "item": 1})");
  folder.write("items.jsonl", text);
  auto import = format("jsonl");
  import.file = "log.jsonl";
  return read(folder.path(), import, options);
}

std::vector<std::string> reasons(const Recorder& got) {
  std::vector<std::string> out;
  for (const auto& bad : got.bads) out.push_back(bad.reason);
  return out;
}

TEST(JsonLines, takes_texts_numbers_and_dates_and_ignores_other_keys) {
  const auto got = log_of(
      R"({"user": "ann", "item": 42, "value": 2.5, "time": "2001-02-03", "kind": "view", "more": {"a": [1, {}]}})"
      "\r\n\n  \n"
      R"({"time": 1500000000123, "item": "caf\u00e9 \"1\"", "user": 12345678901234567890})"
      "\n"
      R"({"user": 123456789012345678901234567890, "item": "a", "value": null, "time": 8.8E8, "kind": null})");
  ASSERT_EQ(got.events.size(), 3u) << ::testing::PrintToString(reasons(got));
  EXPECT_EQ(got.events[0], (ReadEvent{"ann", "42", 2.5f, 981158400, "view", {}}));
  EXPECT_EQ(got.events[1],
            (ReadEvent{"12345678901234567890", "caf\xC3\xA9 \"1\"", 1.0f, 1500000000123, "event", {}}));
  EXPECT_EQ(got.events[2], (ReadEvent{"123456789012345678901234567890", "a", 1.0f, 880000000, "event", {}}));
  EXPECT_TRUE(got.bads.empty());
}

TEST(JsonLines, each_kind_of_bad_line_costs_that_line_and_says_why) {
  const auto got = log_of(
      "{\"user\": 1, \"item\": 1}\n{\"user\": 1, \"item\": 2\n{\"user\": 1, \"item\": nope}\n[1]\n\"x\"\n"
      "{\"user\": 1, \"item\": 1, \"user\": 2}\n{\"user\": {\"id\": 1}, \"item\": 1}\n{\"user\": 1}\n"
      "{\"user\": 1, \"item\": 1, \"value\": \"many\"}\n{\"user\": 1, \"item\": 1, \"x\": " +
      std::string(40, '[') + std::string(40, ']') +
      "}\n{\"user\": 1, \"item\": 1} 2\n{\"user\": 1, \"item\": " + std::string(2 << 20, '1') +
      "}\n{\"user\": 1, \"item\": 1e999}\n{\"user\": 2, \"item\": 2}\n");
  EXPECT_EQ(got.events.size(), 2u);
  EXPECT_THAT(reasons(got),
              ElementsAre("not JSON: the line ends too early", "not JSON from 'nope}' on",
                          "a list, not an object", "a value, not an object", "'user' is named twice",
                          "user is an object, not a text, a number or a list of them", "item is empty",
                          "value 'many' is not a number", "nested deeper than 32", HasSubstr("not JSON from"),
                          HasSubstr("more than 1048576 bytes"), HasSubstr("not JSON from")));
  EXPECT_EQ(got.bads[0].line, 2);
  EXPECT_EQ(got.bads.back().line, 13);
}

TEST(JsonLines, a_bad_line_names_its_user_as_far_as_it_tells) {
  const auto got = log_of(
      "{\"user\": \"ann\", \"item\": 1, \"value\": \"many\"}\n{\"user\" : \"bob\", \"item\n{\"item\": , "
      "\"user\":7}\n"
      "{\"item\": 1\n{\"user\": 1, \"item\": 1}\n");
  std::vector<std::string> users;
  for (const auto& bad : got.bads) users.push_back(bad.user);
  EXPECT_THAT(users, ElementsAre("ann", "bob", "7", ""));
}

TEST(JsonLines, a_bad_line_gives_the_user_as_json_means_it) {
  const auto got = log_of(
      "{\"user\": 1, \"item\": 1}\n"
      R"({"user":"caf\u00e9","item":"i1",)"
      "\n"
      R"({"item":"user", "x": , "user" : "q\"q",)"
      "\n"
      R"({"x": nope, "user":"q\"q","item":1})"
      "\n"
      R"({"x": nope, "user":"open)"
      "\n");
  std::vector<std::string> users;
  for (const auto& bad : got.bads) users.push_back(bad.user);
  EXPECT_THAT(users, ElementsAre("caf\xC3\xA9", "q\"q", "q\"q", "open"));
}

TEST(JsonLines, a_nul_is_no_part_of_an_id_or_a_text) {
  const auto got = log_of("{\"user\": 1, \"item\": 1}\n{\"user\": \"n\\u0000ul\", \"item\": 1}\n");
  EXPECT_EQ(got.events.size(), 1u);
  EXPECT_THAT(reasons(got), ElementsAre(HasSubstr("user is a text with a NUL")));
  auto options = catalog_options();
  options.numbers.clear();
  options.available.clear();
  options.available_from.clear();
  const auto items =
      catalog_of("{\"id\": 1, \"title\": \"a\\u0000\", \"tags\": [\"b\\u0000\", \"c\"]}\n", options);
  EXPECT_TRUE(items.items.at("1").texts.empty());
  EXPECT_TRUE(items.items.at("1").categories.empty());
}

TEST(JsonLines, a_key_that_was_named_must_be_in_some_object) {
  auto options = format("jsonl");
  options.user = "who";
  EXPECT_THAT(error_of([&] { log_of("{\"whom\": 1, \"item\": 2}\n", options); }),
              AllOf(HasSubstr("log.jsonl' has no key 'who' (nearest: 'whom')"), HasSubstr("whom, item"),
                    HasSubstr("[import] user")));
  options = format("jsonl");
  options.time = "when";
  EXPECT_THAT(error_of([&] { log_of("{\"user\": 1, \"item\": 2, \"wen\": 3}\n", options); }),
              HasSubstr("[import] time"));
  EXPECT_EQ(
      log_of("{\"user\": 1, \"item\": 2}\n{\"user\": 1, \"item\": 2, \"when\": 3}\n", options).events[1].time,
      3);
}

TEST(JsonLines, a_file_without_an_object_is_no_log) {
  for (const auto* text : {"", "\n\n", "[\n1\n]\n", "user,item\n1,2\n"})
    EXPECT_THAT(error_of([&] { log_of(text); }), HasSubstr("no line with a JSON object")) << text;
  EXPECT_THAT(error_of([] { log_of("{\"user\": 1, \"item\": \"\xE9\"}\n"); }), HasSubstr("0xe9"));
}

TEST(JsonLines, a_catalogue_has_lists_numbers_and_flags_of_its_own) {
  const auto got = catalog_of(
      R"({"id": 1, "title": "Heat", "tags": ["crime", " drama ", 1995, null], "year": 1995, "stock": false, "from": "2020-01-01"})"
      "\n"
      R"({"id": "b", "title": ["Two", "parts"], "tags": "a|b", "year": "1999"})"
      "\n");
  EXPECT_TRUE(got.bads.empty()) << ::testing::PrintToString(reasons(got));
  const auto& first = got.items.at("1");
  EXPECT_EQ(first.texts.at("title"), "Heat");
  EXPECT_THAT(first.categories.at("tags"), ElementsAre("crime", "drama", "1995"));
  EXPECT_EQ(first.numbers.at("year"), 1995);
  ASSERT_TRUE(first.availability);
  EXPECT_EQ(first.availability->listed, false);
  EXPECT_EQ(first.availability->from, 1577836800);
  EXPECT_EQ(got.items.at("b").texts.at("title"), "Two parts");
  EXPECT_THAT(got.items.at("b").categories.at("tags"), ElementsAre("a", "b"));
  EXPECT_EQ(got.items.at("b").numbers.at("year"), 1999);
}

TEST(JsonLines, a_field_of_no_use_costs_the_field_and_a_bad_line_the_item) {
  const auto got = catalog_of(
      R"({"id": 1, "title": {"en": "Heat"}, "tags": [["a"]], "year": "soon", "stock": "no", "from": 1})"
      "\n{\"id\": \"\", \"title\": \"x\"}\nnope\n");
  ASSERT_EQ(got.items.size(), 1u);
  EXPECT_TRUE(got.items.at("1").texts.empty());
  EXPECT_TRUE(got.items.at("1").categories.empty());
  EXPECT_THAT(reasons(got),
              ElementsAre("title is an object, not a text, a number or a list of them: the field is left out",
                          "year 'soon' is not a number: the field is left out", "item is empty",
                          "not JSON from 'nope' on"));
  auto typo = catalog_options();
  typo.text = {"titel"};
  EXPECT_THAT(error_of([&] { catalog_of("{\"id\": 1, \"title\": \"x\"}\n", typo); }),
              AllOf(HasSubstr("no key 'titel' (nearest: 'title')"), HasSubstr("[catalog] text")));
}

TEST(JsonLines, is_found_by_its_name) {
  TempFolder folder;
  folder.write("log.jsonl", R"({"user": 1, "item": 1})");
  EXPECT_EQ(detect_format(folder.path()), "jsonl");
  EXPECT_EQ(detect_format(folder.path() / "log.jsonl"), "jsonl");
  EXPECT_TRUE(is_json_lines("a.ndjson"));
  EXPECT_FALSE(is_json_lines("a.json"));
}

}  // namespace
