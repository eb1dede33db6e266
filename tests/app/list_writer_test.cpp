#include "apps/medley/list_writer.h"

#include "medley/core/error.h"

#include <gtest/gtest.h>

using namespace medley;

namespace {

data::Dataset names() {
  data::Dataset out;
  out.items.add("a,1");
  out.items.add("b");
  out.catalog.texts = {{"title", {"<b>\"Big\"</b>\nand more", "=1+1"}}};
  out.catalog.resize(2);
  return out;
}

std::string written(const std::string& format) {
  const auto dataset = names();
  std::string out;
  const auto writer = app::make_list_writer(format, dataset, [&](std::string_view text) { out += text; });
  writer->add("u \"1\"", {{{"a,1", 0.5, {}, {}}, {"b", 0.25, {}, {}}}, {}});
  writer->add("u2", {});
  return out;
}

TEST(ListWriter, quotes_what_csv_must_quote_and_nothing_else) {
  EXPECT_EQ(written("csv"),
            "user,rank,item,score,title\n"
            "\"u \"\"1\"\"\",1,\"a,1\",0.5,\"<b>\"\"Big\"\"</b>\nand more\"\n"
            "\"u \"\"1\"\"\",2,b,0.25,=1+1\n");
}

TEST(ListWriter, writes_one_json_object_a_user_an_empty_list_included) {
  EXPECT_EQ(
      written("jsonl"),
      "{\"user\":\"u \\\"1\\\"\",\"items\":[{\"id\":\"a,1\",\"score\":0.5,\"title\":\"<b>\\\"Big\\\"</b>\\n"
      "and more\"},{\"id\":\"b\",\"score\":0.25,\"title\":\"=1+1\"}]}\n"
      "{\"user\":\"u2\",\"items\":[]}\n");
}

TEST(ListWriter, refuses_another_format) {
  EXPECT_THROW(written("xml"), Error);
}

}  // namespace
