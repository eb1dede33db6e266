#include "medley/data/readers/keyed_texts.h"

#include "medley/core/error.h"
#include "medley/core/file.h"

#include <gmock/gmock.h>

namespace medley::data {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;

std::filesystem::path written(const std::string& text) {
  auto path = std::filesystem::path(::testing::TempDir()) / "keyed_texts.json";
  write_file(path, text);
  return path;
}

std::string refusal(const std::string& text) {
  try {
    read_keyed_texts(written(text));
  } catch (const Error& error) {
    EXPECT_EQ(error.code(), ErrorCode::corrupt_data);
    return error.what();
  }
  return "read";
}

TEST(KeyedTexts, are_read_by_id) {
  EXPECT_THAT(read_keyed_texts(written(R"({"7": "A band \u00e9", "x": ""})")),
              ElementsAre(testing::Pair("7", "A band é"), testing::Pair("x", "")));
  EXPECT_TRUE(read_keyed_texts(written("{}")).empty());
}

TEST(KeyedTexts, that_are_none_are_refused_with_the_reason) {
  EXPECT_THAT(refusal(""), HasSubstr("no JSON"));
  EXPECT_THAT(refusal("[\"a\"]"), HasSubstr("no object of ids and texts"));
  EXPECT_THAT(refusal("\"a\""), HasSubstr("no object of ids and texts"));
  EXPECT_THAT(refusal(R"({"7": 1})"), HasSubstr("the value of '7' is no text"));
  EXPECT_THAT(refusal(R"({"7": {"8": "a"}})"), HasSubstr("the value of '7' is no text"));
  EXPECT_THAT(refusal(R"({"7": "a", "7": "b"})"), HasSubstr("'7' stands twice"));
  EXPECT_THAT(refusal("{\"7\": \"\xff\"}"), HasSubstr("no JSON"));
  EXPECT_THAT(refusal(R"({"7": "a")"), HasSubstr("no JSON"));
}

TEST(KeyedTexts, become_a_column_of_the_items_that_there_are) {
  Dataset dataset;
  dataset.items.add("a");
  dataset.items.add("b");
  EXPECT_EQ(add_texts(dataset, "text", {{"b", "words"}, {"c", "of nothing"}}), 1);
  EXPECT_THAT(dataset.catalog.text("text")->values, ElementsAre("", "words"));
  EXPECT_THROW(add_texts(dataset, "text", {{"a", "others"}}), Error) << "one column has one meaning";
}

}  // namespace
}  // namespace medley::data
