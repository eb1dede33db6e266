#include "medley/data/store/forget.h"

#include "medley/core/error.h"
#include "medley/data/store/database.h"

#include "../temp_folder.h"
#include "store_rows.h"
#include <gmock/gmock.h>

#include <functional>

using namespace medley;
using namespace medley::data;

namespace {

const std::string kUser = "ann-1815@example.org";

/// Events of many users, one of them `kUser`, whose rows lie among the others.
void fill_events(RowSink& sink, int n = 4000) {
  for (int k = 0; k < n; ++k) {
    const auto user = k % 40 == 7 ? kUser : "u" + std::to_string(k % 40);
    sink.event(event_row(user, "i" + std::to_string(k % 97), 1'000 + k, static_cast<float>(k % 5)));
  }
}

/// Names of the files in `folder` that hold `text`.
std::vector<std::string> files_with(const std::filesystem::path& folder, const std::string& text) {
  std::vector<std::string> out;
  for (const auto& entry : std::filesystem::directory_iterator(folder)) {
    if (read_file(entry.path(), 1 << 28).find(text) != std::string::npos)
      out.push_back(entry.path().filename().string());
  }
  return out;
}

}  // namespace

TEST(ForgetUser, leaves_no_byte_of_the_user_in_any_file_of_the_store) {
  TempFolder folder;
  Store store(folder.path() / "m.db");
  import_rows(store, [](RowSink& sink) { fill_events(sink); });
  // Updated and imported again, so that old pages and the log hold copies.
  import_rows(store, [](RowSink& sink) { fill_events(sink, 2000); });
  ASSERT_FALSE(files_with(folder.path(), kUser).empty());
  EXPECT_EQ(forget_user(store, kUser), 100);
  EXPECT_TRUE(files_with(folder.path(), kUser).empty()) << "while the store is open, -wal and -shm included";
  EXPECT_FALSE(has_user(store, kUser));
}

TEST(ForgetUser, leaves_everything_of_the_others_as_if_the_user_had_never_been) {
  TempFolder folder;
  Store store(folder.path() / "m.db");
  Store never(folder.path() / "never.db");
  import_rows(store, [](RowSink& sink) { fill_events(sink); });
  import_rows(never, [](RowSink& sink) {
    for (int k = 0; k < 97; ++k) sink.item({"i" + std::to_string(k), {}, {}, {}, ""});
    for (int k = 0; k < 4000; ++k) {
      if (k % 40 != 7)
        sink.event(event_row("u" + std::to_string(k % 40), "i" + std::to_string(k % 97), 1'000 + k,
                             static_cast<float>(k % 5)));
    }
  });
  forget_user(store, kUser);
  const auto events = [](const Dataset& data) { return as_text(data).substr(0, as_text(data).find("i0:")); };
  EXPECT_EQ(events(store.load()), events(never.load()));
  EXPECT_EQ(store.counts().users, 39);
  EXPECT_EQ(store.load().user_count(), 39);
}

TEST(ForgetUser, who_comes_again_is_new) {
  TempFolder folder;
  Store store(folder.path() / "m.db");
  import_rows(store, [](RowSink& sink) { fill_events(sink); });
  forget_user(store, kUser);
  forget_user(store, "u39");  // the last row, whose number the next user gets
  EXPECT_EQ(import_rows(store, [](RowSink& sink) { sink.event(event_row(kUser, "i1", 5)); }).events.added, 1);
  const auto data = store.load();
  EXPECT_EQ(data.user_count(), 39);
  EXPECT_EQ(data.users.id(data.log.events.back().user), kUser);
  EXPECT_EQ(forget_user(store, kUser), 1);
}

TEST(ForgetUser, of_a_user_who_is_not_there_changes_nothing) {
  TempFolder folder;
  Store store(folder.path() / "m.db");
  import_rows(store, [](RowSink& sink) { fill_events(sink, 100); });
  const auto before = as_text(store.load());
  EXPECT_EQ(forget_user(store, "nobody"), std::nullopt);
  EXPECT_EQ(forget_user(store, ""), std::nullopt);
  EXPECT_EQ(as_text(store.load()), before);
}

TEST(ForgetUser, that_meets_a_reader_says_so_and_is_finished_by_the_next_call) {
  TempFolder folder;
  Store store(folder.path() / "m.db");
  store.set_wait_ms(50);
  import_rows(store, [](RowSink& sink) { fill_events(sink); });
  {
    Database reader(folder.path() / "m.db");
    reader.sql() << "BEGIN";
    int count = 0;
    reader.sql() << "SELECT count(*) FROM events", soci::into(count);
    try {
      forget_user(store, kUser);
      ADD_FAILURE() << "the reader still sees the user";
    } catch (const Error& error) {
      EXPECT_EQ(error.code(), ErrorCode::busy) << error.what();
    }
    reader.sql() << "COMMIT";
  }
  EXPECT_FALSE(has_user(store, kUser));
  EXPECT_EQ(forget_user(store, kUser), std::nullopt);
  EXPECT_TRUE(files_with(folder.path(), kUser).empty());
}
