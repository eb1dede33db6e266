#include "medley/data/store/import.h"

#include "medley/core/error.h"

#include "../temp_folder.h"
#include "store_rows.h"
#include <gmock/gmock.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <csignal>

using namespace medley;
using namespace medley::data;
using testing::HasSubstr;

namespace {

/// `n` events and a catalogue row for each 10th.
void fill_rows(RowSink& sink, int n) {
  for (int k = 0; k < n; ++k) {
    const auto item = "i" + std::to_string(k % 997);
    sink.event(event_row("u" + std::to_string(k % 131), item, 1'000'000 + k, static_cast<float>(k % 5)));
    if (k % 10 == 0) sink.item({item, {{"title", "Item number " + item}}, {{"tag", {"a", "b"}}}, {}, ""});
  }
}

/// Files may not grow above `bytes` while it lives: a write beyond fails as on a full disk.
class FileSizeLimit {
 public:
  explicit FileSizeLimit(rlim_t bytes) {
    getrlimit(RLIMIT_FSIZE, &old_);
    handler_ = std::signal(SIGXFSZ, SIG_IGN);
    rlimit limit = old_;
    limit.rlim_cur = bytes;
    setrlimit(RLIMIT_FSIZE, &limit);
  }
  ~FileSizeLimit() {
    setrlimit(RLIMIT_FSIZE, &old_);
    std::signal(SIGXFSZ, handler_);
  }

 private:
  rlimit old_{};
  void (*handler_)(int) = SIG_DFL;
};

}  // namespace

TEST(Import, shows_nothing_before_its_commit) {
  TempFolder folder;
  Store store(folder.path() / "m.db");
  Store reader(folder.path() / "m.db");
  Quarantine quarantine;
  Import import(store, "test", quarantine);
  fill_rows(import, 100);
  EXPECT_EQ(reader.counts().events, 0);
  import.commit();
  EXPECT_EQ(reader.counts().events, 100);
  EXPECT_THROW(import.event(event_row("a", "x")), Error);
}

TEST(Import, without_commit_leaves_the_store_as_it_was) {
  TempFolder folder;
  Store store(folder.path() / "m.db");
  import_rows(store, [](RowSink& sink) { fill_rows(sink, 50); });
  const auto before = as_text(store.load());
  {
    Quarantine quarantine;
    Import import(store, "test", quarantine);
    fill_rows(import, 5000);
  }
  EXPECT_EQ(as_text(store.load()), before);
  EXPECT_EQ(import_rows(store, [](RowSink& sink) { fill_rows(sink, 60); }).events.added, 10);
}

TEST(Import, refuses_ids_that_no_map_could_hold) {
  TempFolder folder;
  Store store(folder.path() / "m.db");
  Quarantine quarantine;
  Import import(store, "test", quarantine);
  EXPECT_THROW(import.event(event_row("", "x")), Error);
  EXPECT_THROW(import.event(event_row("a", std::string(10'000, 'x'))), Error);
  EXPECT_THROW(import.item({"", {}, {}, {}, ""}), Error);
}

TEST(Import, killed_in_the_middle_and_run_again_ends_as_the_undisturbed_one) {
  constexpr int kEvents = 60'000;
  TempFolder folder;
  Store undisturbed(folder.path() / "whole.db");
  import_rows(undisturbed, [](RowSink& sink) { fill_rows(sink, 500); });
  import_rows(undisturbed, [](RowSink& sink) { fill_rows(sink, kEvents); });

  const auto path = folder.path() / "killed.db";
  {
    Store store(path);
    import_rows(store, [](RowSink& sink) { fill_rows(sink, 500); });
  }
  const auto before = as_text(Store(path).load());
  const pid_t child = fork();
  ASSERT_GE(child, 0);
  if (child == 0) {
    Store store(path);
    Quarantine quarantine;
    Import import(store, "test", quarantine);
    fill_rows(import, kEvents);
    kill(getpid(), SIGKILL);
    _exit(1);
  }
  int status = 0;
  ASSERT_EQ(waitpid(child, &status, 0), child);
  ASSERT_TRUE(WIFSIGNALED(status));

  Store store(path);
  EXPECT_EQ(as_text(store.load()), before) << "the old state, whole";
  import_rows(store, [](RowSink& sink) { fill_rows(sink, kEvents); });
  EXPECT_EQ(as_text(store.load()), as_text(undisturbed.load()));
}

TEST(Import, on_a_full_disk_fails_naming_the_store_and_keeps_it) {
  TempFolder folder;
  const auto path = folder.path() / "m.db";
  Store store(path);
  import_rows(store, [](RowSink& sink) { fill_rows(sink, 50); });
  const auto before = as_text(store.load());
  {
    const FileSizeLimit limit(200'000);
    try {
      import_rows(store, [](RowSink& sink) { fill_rows(sink, 60'000); });
      ADD_FAILURE() << "60,000 events cannot fit";
    } catch (const Error& error) {
      EXPECT_EQ(error.code(), ErrorCode::io);
      EXPECT_THAT(error.what(), HasSubstr("m.db"));
    }
  }
  EXPECT_EQ(as_text(store.load()), before);
  EXPECT_EQ(import_rows(store, [](RowSink& sink) { fill_rows(sink, 60'000); }).events.unchanged, 50);
}

TEST(Import, waits_its_turn_while_another_one_runs_and_says_so_when_it_does_not_come) {
  TempFolder folder;
  const auto path = folder.path() / "m.db";
  Store first(path);
  Store second(path);
  second.set_wait_ms(20);
  Quarantine quarantine;
  Import running(first, "first", quarantine);
  try {
    Import late(second, "second", quarantine);
    FAIL();
  } catch (const Error& error) {
    EXPECT_EQ(error.code(), ErrorCode::busy);
    EXPECT_THAT(error.what(), HasSubstr("locked"));
  }
}

TEST(Import, of_a_whole_catalogue_marks_what_it_does_not_name_and_takes_it_back_when_it_does) {
  TempFolder folder;
  Store store(folder.path() / "m.db");
  const auto import_items = [&](const std::vector<std::string>& ids, Missing missing) {
    Quarantine quarantine;
    Import import(store, "test", quarantine);
    for (const auto& id : ids) import.item({id, {{"title", "Item " + id}}, {}, {}, ""});
    return import.commit(missing);
  };
  const auto listed = [&] {
    const auto data = store.load();
    std::string out;
    for (ItemId item = 0; item < data.item_count(); ++item) {
      if (data.catalog.available(item, 0)) out += data.items.id(item);
    }
    return out;
  };
  import_rows(store, [](RowSink& sink) { sink.event(event_row("ann", "z", 1)); });
  import_items({"a", "b", "c"}, Missing::stay);
  EXPECT_EQ(listed(), "zabc");
  const auto before = as_text(store.load());

  const auto first = import_items({"b"}, Missing::unavailable);
  EXPECT_EQ(first.missing, 3);
  EXPECT_TRUE(first.changed());
  EXPECT_EQ(listed(), "b");
  EXPECT_EQ(as_text(store.load()), before) << "nothing is deleted";
  EXPECT_EQ(import_items({"b"}, Missing::unavailable).missing, 0);

  const auto second = import_items({"a", "b"}, Missing::unavailable);
  EXPECT_EQ(second.returned, 1);
  EXPECT_EQ(second.missing, 0);
  EXPECT_EQ(second.items.updated, 1);
  EXPECT_EQ(listed(), "ab");
  EXPECT_EQ(import_items({"c"}, Missing::stay).returned, 1) << "any import that names it takes it back";
  EXPECT_EQ(listed(), "abc");
}

TEST(Import, without_a_catalogue_is_no_reason_to_mark_everything_as_missing) {
  TempFolder folder;
  Store store(folder.path() / "m.db");
  import_rows(store, [](RowSink& sink) { sink.item({"a", {}, {}, {}, ""}); });
  {
    Quarantine quarantine;
    Import import(store, "test", quarantine);
    import.event(event_row("ann", "b", 1));
    EXPECT_THROW(import.commit(Missing::unavailable), Error);
  }
  EXPECT_EQ(store.counts().events, 0);
  EXPECT_TRUE(store.load().catalog.available(0, 0));
}
