#include "medley/data/check/check.h"

#include "../log_builder.h"
#include <gmock/gmock.h>

using namespace medley;
using namespace medley::data;
using testing::ElementsAre;

TEST(Check, looks_at_log_catalogue_features_and_pictures) {
  auto data = LogBuilder().add("a", "x", -1).add("a", "y", 1'500'000'000).build();
  data.catalog.texts = {{"title", {"Cup", ""}}};
  data.catalog.files[MediaKind::image] = {"x.jpg", "y.jpg"};
  data.catalog.has_row = {1, 0};
  FeatureTable table;
  table.name = "audio";
  table.present = {0, 1};
  data.features.push_back(std::move(table));
  CheckOptions options;
  options.look_at_picture = [](const std::string& path) -> PictureLook {
    return {path == "x.jpg" ? "empty" : "", std::nullopt};
  };
  QuietServices services(1);
  const auto report = check(data, options, services);
  std::vector<std::string> codes;
  for (const auto& problem : report.problems) codes.push_back(problem.code);
  EXPECT_THAT(codes, ElementsAre("impossible_times", "items_without_catalogue_row", "items_without_text",
                                 "items_without_features", "broken_pictures"));
  EXPECT_EQ(*report.count("events"), 2);
  EXPECT_EQ(report.count("no such count"), nullptr);
  EXPECT_EQ(report.problem("no such code"), nullptr);
}

TEST(Check, keeps_only_the_first_examples_but_counts_all) {
  LogBuilder builder;
  for (int k = 0; k < 20; ++k) builder.add("a", "i" + std::to_string(k), k);
  QuietServices services(1);
  const auto report = check(builder.build(), {}, services);
  EXPECT_EQ(report.problem("impossible_times")->count, 20);
  EXPECT_EQ(report.problem("impossible_times")->examples.size(), 5u);
}

TEST(Check, of_sound_data_finds_nothing) {
  LogBuilder builder;
  for (int k = 0; k < 20; ++k)
    builder.add("a", "i" + std::to_string(k), 1'500'000'000 + k * k, "rating", 4.0f);
  QuietServices services(1);
  EXPECT_TRUE(check(builder.build(), {}, services).problems.empty());
}
