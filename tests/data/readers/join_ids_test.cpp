#include "medley/data/readers/join_ids.h"

#include "medley/data/dataset_builder.h"

#include <gmock/gmock.h>

using namespace medley;
using namespace medley::data;
using testing::ElementsAre;

TEST(NumericId, drops_zeros_in_front_and_a_point_zero_behind) {
  for (const auto* id : {"42", "0042", "42.0", "42.000", "00042.0"}) EXPECT_EQ(numeric_id(id), "42");
  for (const auto* id : {"0", "000", "0.0", "00.0"}) EXPECT_EQ(numeric_id(id), "0");
  EXPECT_EQ(numeric_id("00123456789012345678901234567890"), "123456789012345678901234567890");
}

TEST(NumericId, leaves_what_is_no_whole_number) {
  for (const auto* id : {"", "A07", "07A", "4.5", "4.50", "42.", ".0", "1.0.0", "-042", "+7", " 07", "07 ",
                         "0x1F", "1e3", "042,0", "٠٤٢"})
    EXPECT_EQ(numeric_id(id), id);
}

TEST(JoinIds, gives_on_users_items_and_catalogue_rows_of_one_number_under_one_id) {
  Quarantine quarantine;
  DatasetBuilder builder(quarantine);
  JoinIds joined(builder);
  EventRow row;
  row.value = 3;
  for (const auto& [user, item] :
       {std::pair("007", "42.0"), std::pair("7", "0042"), std::pair("anna", "4.5")}) {
    row.user = user;
    row.item = item;
    joined.event(row);
  }
  ItemRow cup;
  cup.id = "00042";
  cup.texts = {{"title", "Cup"}};
  joined.item(cup);
  joined.bad({"events.csv", 3, "user is empty", ",1"});
  const auto data = builder.finish();
  EXPECT_THAT(data.users.ids(), ElementsAre("7", "anna"));
  EXPECT_THAT(data.items.ids(), ElementsAre("42", "4.5"));
  EXPECT_EQ(data.catalog.texts[0].values[0], "Cup");
  EXPECT_EQ(data.log.events[0].value, 3.0f);
  EXPECT_EQ(quarantine.count(), 1);
}
