#include "medley/data/store/event_rows.h"

#include "medley/core/error.h"

#include "../temp_folder.h"
#include "store_rows.h"
#include <gmock/gmock.h>

#include <limits>

using namespace medley;
using namespace medley::data;
using testing::ElementsAre;

namespace {

class EventRowsTest : public testing::Test {
 protected:
  TempFolder folder_;
  Store store_{folder_.path() / "m.db"};
};

std::vector<float> values(const Dataset& data) {
  std::vector<float> result;
  for (const auto& event : data.log.events) result.push_back(event.value);
  return result;
}

}  // namespace

TEST_F(EventRowsTest, keep_file_order_and_number_ids_by_first_appearance) {
  import_rows(store_, [](RowSink& sink) {
    sink.event(event_row("u2", "i9", 30, 4.0f, "rating"));
    sink.event(event_row("u1", "i1", 10, 3.5f, "rating"));
    sink.event(event_row("u2", "i1", 20, 1.0f, "view"));
  });
  const auto data = store_.load();
  EXPECT_THAT(data.users.ids(), ElementsAre("u2", "u1"));
  EXPECT_THAT(data.items.ids(), ElementsAre("i9", "i1"));
  EXPECT_THAT(data.log.kinds, ElementsAre("rating", "view"));
  EXPECT_THAT(data.log.events,
              ElementsAre(Event{0, 0, 4.0f, 0, 30}, Event{1, 1, 3.5f, 0, 10}, Event{0, 1, 1.0f, 1, 20}));
}

TEST_F(EventRowsTest, again_with_the_same_rows_changes_nothing) {
  const auto fill = [](RowSink& sink) {
    for (int k = 0; k < 50; ++k) {
      const auto user = "u" + std::to_string(k % 7);
      const auto item = "i" + std::to_string(k);
      sink.event(event_row(user, item, 1000 + k, 0.1f * static_cast<float>(k)));
    }
  };
  const auto first = import_rows(store_, fill);
  EXPECT_EQ(first.events.added, 50);
  EXPECT_TRUE(first.changed());
  const auto before = as_text(store_.load());
  const auto second = import_rows(store_, fill);
  EXPECT_EQ(second.events.unchanged, 50);
  EXPECT_FALSE(second.changed());
  EXPECT_EQ(as_text(store_.load()), before);
  EXPECT_EQ(store_.history().size(), 1u);
}

TEST_F(EventRowsTest, a_changed_value_updates_the_event_in_its_place) {
  import_rows(store_, [](RowSink& sink) {
    sink.event(event_row("a", "x", 1, 2.0f));
    sink.event(event_row("a", "y", 1, 3.0f));
  });
  const auto result = import_rows(store_, [](RowSink& sink) {
    sink.event(event_row("a", "x", 1, 5.0f));
    sink.event(event_row("a", "y", 1, 3.0f));
    sink.event(event_row("a", "z", 1, 4.0f));
  });
  EXPECT_EQ(result.events.added, 1);
  EXPECT_EQ(result.events.updated, 1);
  EXPECT_EQ(result.events.unchanged, 1);
  EXPECT_THAT(values(store_.load()), ElementsAre(5.0f, 3.0f, 4.0f));
}

TEST_F(EventRowsTest, user_item_kind_and_time_are_the_key) {
  const auto result = import_rows(store_, [](RowSink& sink) {
    sink.event(event_row("a", "x", 1, 1.0f, "view"));
    sink.event(event_row("a", "x", 2, 1.0f, "view"));
    sink.event(event_row("a", "x", 1, 1.0f, "cart"));
    sink.event(event_row("a", "x", 1, 9.0f, "view"));
  });
  EXPECT_EQ(result.events.added, 3);
  EXPECT_EQ(result.repeated, 1);
  EXPECT_THAT(values(store_.load()), ElementsAre(9.0f, 1.0f, 1.0f));
}

TEST_F(EventRowsTest, without_time_a_second_row_is_an_update) {
  const auto fill = [](RowSink& sink) {
    sink.event(event_row("a", "x", kNoTime, 1.0f));
    sink.event(event_row("a", "y", kNoTime, 1.0f));
    sink.event(event_row("a", "x", kNoTime, 4.0f));
  };
  const auto first = import_rows(store_, fill);
  EXPECT_EQ(first.events.added, 2);
  EXPECT_EQ(first.repeated, 1);
  EXPECT_THAT(values(store_.load()), ElementsAre(4.0f, 1.0f));
  // On the way the value goes to 1 and back to 4: nothing has changed.
  const auto second = import_rows(store_, fill);
  EXPECT_EQ(second.events.updated, 0);
  EXPECT_EQ(second.events.unchanged, 3);
  EXPECT_FALSE(store_.load().log.has_times());
}

TEST_F(EventRowsTest, ids_are_bytes_and_never_sql) {
  const std::vector<std::string> ids{"0042",     "42",     "1234567890123456789",           "a b",
                                     "#7",       "é",      "Robert'); DROP TABLE users;--", "\"quoted\"",
                                     ":id",      "多模态", std::string("nul\0byte", 8),     "42 ",
                                     "e\xCC\x81"};
  import_rows(store_, [&](RowSink& sink) {
    for (const auto& id : ids) sink.event(event_row(id, id, 5));
  });
  const auto data = store_.load();
  EXPECT_EQ(data.users.ids(), ids) << "accent composed and decomposed are two ids";
  EXPECT_EQ(data.items.ids(), ids);
}

TEST_F(EventRowsTest, times_are_64_bits_from_end_to_end) {
  const std::vector<std::int64_t> times{
      std::numeric_limits<std::int64_t>::max(), 1500000031, 1500000030, -1, 0, 9007199254740993};
  import_rows(store_, [&](RowSink& sink) {
    for (const auto time : times) sink.event(event_row("a", "x", time));
  });
  std::vector<std::int64_t> read;
  for (const auto& event : store_.load().log.events) read.push_back(event.time);
  EXPECT_EQ(read, times);
}

TEST_F(EventRowsTest, labels_come_back_if_every_event_has_one) {
  import_rows(store_, [](RowSink& sink) {
    auto row = event_row("a", "x");
    row.label = Part::train;
    sink.event(row);
    row.item = "y";
    row.label = Part::test;
    sink.event(row);
  });
  EXPECT_THAT(store_.load().log.labels, ElementsAre(Part::train, Part::test));
  import_rows(store_, [](RowSink& sink) { sink.event(event_row("a", "z")); });
  EXPECT_TRUE(store_.load().log.labels.empty());
}

TEST_F(EventRowsTest, a_value_that_is_not_finite_is_refused) {
  EXPECT_THROW(import_rows(store_,
                           [](RowSink& sink) {
                             sink.event(event_row("a", "x", 1, std::numeric_limits<float>::quiet_NaN()));
                           }),
               Error);
  EXPECT_EQ(store_.counts().users, 0);
}
