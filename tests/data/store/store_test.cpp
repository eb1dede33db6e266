#include "medley/data/store/store.h"

#include "medley/core/error.h"
#include "medley/data/store/database.h"

#include "../temp_folder.h"
#include "store_rows.h"
#include <gmock/gmock.h>

using namespace medley;
using namespace medley::data;
using testing::HasSubstr;

TEST(Store, that_is_new_loads_as_an_empty_dataset) {
  TempFolder folder;
  Store store(folder.path() / "m.db");
  const auto data = store.load();
  EXPECT_EQ(data.user_count(), 0);
  EXPECT_TRUE(data.log.events.empty());
  EXPECT_EQ(data.log.kinds.size(), 1u);
  EXPECT_TRUE(store.history().empty());
}

TEST(Store, counts_and_remembers_the_imports_that_changed_something) {
  TempFolder folder;
  Store store(folder.path() / "m.db");
  Quarantine quarantine;
  import_rows(
      store,
      [](RowSink& sink) {
        sink.event(event_row("a", "x", 1));
        sink.event(event_row("b", "x", 1));
        sink.event(event_row("b", "x", 1));
        sink.item({"y", {{"title", "Y"}}, {}, {}, ""});
        sink.bad({"log.csv", 3, "too few fields", "a,b"});
      },
      &quarantine);
  const auto counts = store.counts();
  EXPECT_EQ(counts.users, 2);
  EXPECT_EQ(counts.items, 2);
  EXPECT_EQ(counts.events, 2);
  EXPECT_EQ(counts.catalogue_rows, 1);
  const auto history = Store(folder.path() / "m.db").history();
  ASSERT_EQ(history.size(), 1u);
  EXPECT_EQ(history[0].source, "test");
  EXPECT_EQ(history[0].events_added, 2);
  EXPECT_EQ(history[0].events_repeated, 1);
  EXPECT_EQ(history[0].items_added, 1);
  EXPECT_EQ(history[0].bad, 1);
}

TEST(Store, loads_more_rows_than_a_block) {
  TempFolder folder;
  Store store(folder.path() / "m.db");
  const int n = 3 * 4096;
  import_rows(store, [&](RowSink& sink) {
    for (int k = 0; k < n; ++k) sink.event(event_row("u", "i" + std::to_string(k), k));
  });
  const auto data = store.load();
  ASSERT_EQ(data.log.events.size(), static_cast<std::size_t>(n));
  for (int k = 0; k < n; k += 1000) EXPECT_EQ(data.log.events[static_cast<std::size_t>(k)].time, k);
}

TEST(Store, refuses_rows_that_name_what_is_not_there) {
  TempFolder folder;
  Store store(folder.path() / "m.db");
  import_rows(store, [](RowSink& sink) { sink.event(event_row("a", "x", 1)); });
  store.database().sql() << "UPDATE events SET user_row = 7";
  try {
    store.load();
    FAIL();
  } catch (const Error& error) {
    EXPECT_EQ(error.code(), ErrorCode::corrupt_data);
    EXPECT_THAT(error.what(), HasSubstr("names user 7 of 1"));
  }
}

TEST(Store, hands_its_events_out_one_by_one_as_often_as_wanted) {
  TempFolder folder;
  Store store(folder.path() / "m.db");
  import_rows(store, [](RowSink& sink) {
    auto row = event_row("a", "x", 1, 2.0f, "view");
    row.label = Part::test;
    sink.event(row);
    sink.event(event_row("b", "y", 2));
  });
  const auto whole = store.load();
  int calls = 0;
  store.read([&](const Dataset& names, const EventStream& events) {
    EXPECT_EQ(names.user_count(), 2);
    EXPECT_EQ(names.item_count(), 2);
    EXPECT_TRUE(names.log.events.empty());
    for (int round = 0; round < 2; ++round) {
      std::vector<Event> seen;
      std::vector<std::optional<Part>> labels;
      events([&](const Event& event, std::optional<Part> label) {
        seen.push_back(event);
        labels.push_back(label);
      });
      EXPECT_EQ(seen, whole.log.events);
      EXPECT_EQ(labels, (std::vector<std::optional<Part>>{Part::test, std::nullopt}));
      ++calls;
    }
  });
  EXPECT_EQ(calls, 2);
  EXPECT_THROW(store.read([](const Dataset&, const EventStream& events) {
    events([](const Event&, std::optional<Part>) { fail(ErrorCode::interrupted, "stop"); });
  }),
               Error);
  EXPECT_EQ(store.load().log.events.size(), 2u);
}
