#include "medley/core/params.h"

#include "medley/core/error.h"

#include <gtest/gtest.h>

using namespace medley;

namespace {

struct Sample {
  int count = 3;
  double rate = 0.5;
  bool fast = false;
  std::string mode = "a";
  std::vector<double> c{1.0, 1.0, 0.5};
  std::vector<std::string> features;

  void fields(FieldVisitor& v) {
    v.field("count", count, {1, 10}, "how many");
    v.field("rate", rate, {0.0, 1.0}, "how fast");
    v.field("fast", fast, "hurry");
    v.field("mode", mode, {"a", "b"}, "which");
    v.field("c", c, {-1.0, 2.0}, "weights");
    v.field("features", features, "names");
  }
};

std::string message_of(const ParamMap& in) {
  try {
    parse_params<Sample>(in);
  } catch (const Error& error) {
    return error.what();
  }
  return "";
}

TEST(Params, splits_outside_of_brackets_only) {
  using Parts = std::vector<std::string>;
  EXPECT_EQ(split_outside_brackets("a(x=1+2)+b+c([d+e])", '+'), (Parts{"a(x=1+2)", "b", "c([d+e])"}));
  EXPECT_EQ(split_outside_brackets("+.1+", '+'), (Parts{"", ".1", ""}));
  EXPECT_EQ(split_outside_brackets("a(b+c", '+'), (Parts{"a(b+c"}));
  EXPECT_TRUE(split_outside_brackets("", '+').empty());
}

}  // namespace

TEST(Params, reads_each_type) {
  const auto p = parse_params<Sample>({{"count", "7"},
                                       {"rate", ".25"},
                                       {"fast", "true"},
                                       {"mode", "b"},
                                       {"c", "1+1+.5"},
                                       {"features", "genres+text/lsa"}});
  EXPECT_EQ(p.count, 7);
  EXPECT_EQ(p.rate, 0.25);
  EXPECT_TRUE(p.fast);
  EXPECT_EQ(p.mode, "b");
  EXPECT_EQ(p.c, (std::vector<double>{1.0, 1.0, 0.5}));
  EXPECT_EQ(p.features, (std::vector<std::string>{"genres", "text/lsa"}));
}

TEST(Params, refuses_what_a_field_does_not_take) {
  EXPECT_EQ(message_of({{"count", "0"}}), "'count' must be in [1, 10], got 0");
  EXPECT_EQ(message_of({{"count", "2.5"}}), "'count' must be a whole number, got '2.5'");
  EXPECT_EQ(message_of({{"rate", "nan"}}), "'rate' must be a number, got 'nan'");
  EXPECT_EQ(message_of({{"fast", "yes"}}), "'fast' must be true or false, got 'yes'");
  EXPECT_EQ(message_of({{"mode", "c"}}), "'mode' must be one of a, b, got 'c'");
  EXPECT_EQ(message_of({{"c", "1+3"}}), "'c' must be in [-1, 2], got 3");
  EXPECT_EQ(message_of({{"features", "a++b"}}), "'features' has an empty part in 'a++b'");
}

TEST(Params, unknown_name_gets_the_nearest) {
  EXPECT_EQ(message_of({{"cuont", "3"}}), "unknown parameter 'cuont'; did you mean 'count'?");
  EXPECT_NE(message_of({{"zzzzzzzzz", "3"}}).find("known: count"), std::string::npos);
}

TEST(Params, a_plugin_is_read_as_text_and_listed_as_one) {
  struct WithPlugin {
    std::string inner = "a";
    void fields(FieldVisitor& v) { v.plugin("inner", inner, "another"); }
  };
  EXPECT_EQ(parse_params<WithPlugin>({{"inner", "b(x=1)"}}).inner, "b(x=1)");
  EXPECT_TRUE(list_params<WithPlugin>().front().names_plugin);
  EXPECT_FALSE(list_params<WithPlugin>().front().names_file);
}

TEST(Params, a_file_is_read_as_text_and_listed_as_a_file) {
  struct WithFile {
    std::string network;
    void fields(FieldVisitor& v) { v.file("network", network, "a file"); }
  };
  EXPECT_EQ(parse_params<WithFile>({{"network", "a+b.onnx"}}).network, "a+b.onnx");
  EXPECT_TRUE(list_params<WithFile>().front().names_file);
  EXPECT_FALSE(list_params<Sample>().front().names_file);
}

TEST(Params, listed_values_read_back_to_themselves) {
  ParamMap again;
  for (const auto& field : list_params<Sample>()) {
    if (field.name != "features") again[field.name] = to_text(field.value);
  }
  const auto p = parse_params<Sample>(again);
  EXPECT_EQ(p.c, Sample{}.c);
  EXPECT_EQ(p.rate, Sample{}.rate);
}
