#include "apps/medley/report_groups.h"

#include <gmock/gmock.h>

namespace medley::app {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

data::Catalog catalog(std::vector<std::vector<std::string>> values) {
  data::Catalog out;
  out.categories.push_back({"class", std::move(values)});
  return out;
}

TEST(ReportGroups, name_the_most_frequent_first_and_the_rest_other) {
  const auto groups =
      make_groups(catalog({{"b"}, {"a"}, {}, {"a", "b"}}), std::vector<data::ItemId>{0, 1, 2, 3});
  EXPECT_THAT(groups.names, ElementsAre("a", "b", "other"));
  EXPECT_THAT(groups.of, ElementsAre(1, 0, 2, 0));
  EXPECT_EQ(groups.others, 2);
}

TEST(ReportGroups, are_at_most_eight) {
  std::vector<std::vector<std::string>> values;
  std::vector<data::ItemId> items;
  for (int i = 0; i < 12; ++i) {
    values.push_back({std::string(1, static_cast<char>('a' + i))});
    items.push_back(i);
  }
  const auto groups = make_groups(catalog(values), items);
  EXPECT_EQ(groups.names.size(), 8u);
  EXPECT_EQ(groups.of.back(), 7);
}

TEST(ReportGroups, are_none_without_categories) {
  EXPECT_THAT(make_groups({}, std::vector<data::ItemId>{0}).names, IsEmpty());
  EXPECT_THAT(make_groups(catalog({{}}), std::vector<data::ItemId>{0}).names, IsEmpty());
}

}  // namespace
}  // namespace medley::app
