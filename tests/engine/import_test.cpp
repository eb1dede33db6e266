#include "medley/engine/import.h"

#include "medley/engine/recommend.h"

#include "tests/engine/small_world.h"
#include <gmock/gmock.h>

#include <fstream>

using namespace medley;
using namespace medley::engine::test;
using ::testing::HasSubstr;

namespace {

/// Everything a dataset holds, as text.
std::string told(const data::Dataset& dataset) {
  std::string out;
  for (const auto& event : dataset.log.events) {
    out += fmt::format("{} {} {} {} {}\n", dataset.users.id(event.user), dataset.items.id(event.item),
                       event.value, dataset.log.kinds[static_cast<std::size_t>(event.kind)], event.time);
  }
  for (data::ItemId item = 0; item < dataset.item_count(); ++item) {
    const auto i = static_cast<std::size_t>(item);
    out += dataset.items.id(item);
    for (const auto& column : dataset.catalog.texts) out += " " + column.values[i];
    for (const auto& column : dataset.catalog.categories)
      out += fmt::format(" {}", fmt::join(column.values[i], "|"));
    for (const auto& column : dataset.catalog.numbers) out += fmt::format(" {}", column.values[i]);
    if (!dataset.catalog.files[medley::data::MediaKind::image].empty())
      out +=
          " " +
          std::filesystem::path(dataset.catalog.files[medley::data::MediaKind::image][i]).filename().string();
    out += "\n";
  }
  return out;
}

}  // namespace

TEST(Import, brings_events_and_catalogue_into_the_store) {
  const Shop shop;
  const auto report = shop.import();
  EXPECT_EQ(report.result.events.added, 84);
  EXPECT_EQ(report.result.items.added, 24);
  EXPECT_EQ(report.store.users, 12);
  EXPECT_EQ(report.store.items, 24);
  EXPECT_TRUE(report.examples.empty());
  EXPECT_FALSE(std::filesystem::exists(report.quarantine));
  const auto dataset = shop.dataset();
  EXPECT_EQ(dataset.name, "shop");
  EXPECT_EQ(dataset.log.events.size(), 84u);
  const auto item = static_cast<std::size_t>(*dataset.items.find("p004"));
  EXPECT_EQ(dataset.catalog.text("title")->values[item], "scarlet dress number4");
  EXPECT_EQ(dataset.catalog.category("kind")->values[item], (std::vector<std::string>{"dress", "summer"}));
  EXPECT_EQ(dataset.catalog.number("price")->values[item], 14.0);
  EXPECT_THAT(dataset.catalog.files[medley::data::MediaKind::image][item], HasSubstr("p004.png"));
  EXPECT_EQ(dataset.catalog
                .files[medley::data::MediaKind::image][static_cast<std::size_t>(*dataset.items.find("p003"))],
            "");
}

TEST(Import, the_same_data_again_changes_nothing) {
  const Shop shop;
  shop.import();
  const auto before = told(shop.dataset());
  const auto again = shop.import();
  EXPECT_FALSE(again.result.changed());
  EXPECT_EQ(again.result.events.unchanged, 84);
  EXPECT_EQ(again.result.items.unchanged, 24);
  EXPECT_EQ(told(shop.dataset()), before);
}

TEST(Import, changed_rows_update_what_is_there) {
  const Shop shop;
  shop.import();
  auto events = shop.events();
  const auto first = events.find("\nc0,") + 1;
  const auto end = events.find('\n', first);
  auto row = events.substr(first, end - first);
  row.replace(row.find(",1,"), 3, ",4.5,");
  events.replace(first, end - first, row);
  shop.write_events(events + "c0,p001,2,1800000000\n");
  shop.write_source("catalog.csv", "id,title,kind,price\np000,vermilion dress,dress,99\n");
  const auto report = shop.import();
  EXPECT_EQ(report.result.events.updated, 1);
  EXPECT_EQ(report.result.events.added, 1);
  EXPECT_EQ(report.result.events.unchanged, 83);
  EXPECT_EQ(report.result.items.updated, 1);
  const auto dataset = shop.dataset();
  EXPECT_EQ(dataset.log.events.size(), 85u);
  EXPECT_EQ(dataset.log.events.front().value, 4.5f);
  EXPECT_EQ(dataset.catalog.text("title")->values[static_cast<std::size_t>(*dataset.items.find("p000"))],
            "vermilion dress");
  EXPECT_EQ(dataset.catalog.text("title")->values[static_cast<std::size_t>(*dataset.items.find("p001"))],
            "navy coat number1");
}

TEST(Import, bad_rows_go_to_the_quarantine_with_file_line_and_reason) {
  const Shop shop;
  shop.write_events(shop.events() +
                    "c0,p001\nc0,p002,many,1800000000\n,p002,1,1800000000\nc0,p004,1,1800000000\n");
  const auto report = shop.import();
  EXPECT_EQ(report.result.bad, 3);
  EXPECT_EQ(report.result.events.added, 85);
  ASSERT_EQ(report.examples.size(), 3u);
  EXPECT_EQ(report.examples.front().line, 86);
  EXPECT_THAT(report.examples.front().file, HasSubstr("events.csv"));
  std::int64_t counted = 0;
  for (const auto& [reason, count] : report.bad_by_reason) counted += count;
  EXPECT_EQ(counted, 3);
  const auto text = read_file(shop.workspace().quarantine(), 1 << 20);
  EXPECT_THAT(text, HasSubstr("file,line,reason,text,user\n"));
  EXPECT_THAT(text, HasSubstr(",86,"));
  EXPECT_THAT(text, HasSubstr(",87,"));
  shop.write_events(shop.events());
  EXPECT_FALSE(std::filesystem::exists(shop.import().quarantine)) << "of an earlier import";
}

TEST(Import, the_format_given_wins_over_the_one_in_the_configuration) {
  const Shop shop;
  shop.write_config("", "[import]\nformat = \"movielens\"\n");
  QuietServices quiet(1);
  EXPECT_EQ(engine::import(shop.workspace(), shop.source(), "csv", quiet).result.events.added, 84);
  EXPECT_NE(error_of([&] { engine::import(shop.workspace(), shop.source(), "", quiet); }), "");
  EXPECT_THAT(error_of([&] { engine::import(shop.workspace(), shop.source(), "cvs", quiet); }),
              HasSubstr("csv"));
}

TEST(Import, data_that_cannot_be_read_leaves_the_store_as_it_was) {
  const Shop shop;
  shop.import();
  const auto before = told(shop.dataset());
  for (const auto& events : {std::string(), std::string("user;item\nx,y\n"), std::string("\0\1\2\xff", 4)}) {
    shop.write_events(events);
    EXPECT_THAT(error_of([&] { shop.import(); }), HasSubstr("events.csv"));
    EXPECT_EQ(told(shop.dataset()), before);
  }
  // The events are fine, the catalogue after them is not.
  shop.write_events(shop.events() + "c0,p001,2,1800000000\n");
  shop.write_source("catalog.csv", "id,name\np000,x\n");
  EXPECT_THAT(error_of([&] { shop.import(); }), HasSubstr("title"));
  EXPECT_EQ(told(shop.dataset()), before);
}

TEST(Import, killed_at_any_step_and_run_again_it_gives_what_an_undisturbed_one_gives) {
  const Shop whole, killed;
  auto events = whole.events();
  for (int i = 0; i < 10'000; ++i)
    events += fmt::format("d{},p{:03},1,{}\n", i % 97, i % 24, 1'800'000'000 + i);
  whole.write_events(events);
  killed.write_events(events);
  whole.import();
  int step = 1;
  while (killed_at(step, [&](Progress& progress) {
    ThreadPool pool(1);
    const CancelFlag cancel;
    engine::import(killed.workspace(), killed.source(), "csv", {pool, progress, cancel, {}});
  })) {
    // Nothing of the killed import is to be seen.
    if (std::filesystem::exists(killed.workspace().database())) {
      EXPECT_TRUE(killed.dataset().log.events.empty());
    }
    ++step;
  }
  EXPECT_GT(step, 4);
  EXPECT_FALSE(killed.import().result.changed());
  EXPECT_EQ(told(killed.dataset()), told(whole.dataset()));
}

TEST(Import, interrupted_it_leaves_the_store_as_it_was) {
  const Shop shop;
  shop.import();
  const auto before = told(shop.dataset());
  auto events = shop.events();
  for (int i = 0; i < 10'000; ++i) events += fmt::format("d{},p000,1,{}\n", i, i);
  shop.write_events(events);
  ThreadPool pool(1);
  CancelFlag cancel;
  AtStep progress(2, [&] { cancel.set(); });
  ErrorCode code{};
  EXPECT_NE(
      error_of([&] { engine::import(shop.workspace(), shop.source(), "csv", {pool, progress, cancel, {}}); },
               &code),
      "");
  EXPECT_EQ(code, ErrorCode::interrupted);
  EXPECT_EQ(told(shop.dataset()), before);
}

TEST(Import, a_workspace_without_data_says_import) {
  const Shop shop;
  ErrorCode code{};
  EXPECT_THAT(error_of([&] { shop.dataset(); }, &code), HasSubstr("medley import"));
  EXPECT_EQ(code, ErrorCode::not_found);
}

TEST(Import, of_a_whole_catalogue_marks_the_items_that_left_it) {
  const Shop shop;
  shop.import();
  QuietServices quiet(1);
  shop.write_source("catalog.csv", "id,title,kind,price\np000,scarlet dress,dress,10\n");
  const auto report =
      engine::import(shop.workspace(), shop.source(), "csv", quiet, data::Missing::unavailable);
  EXPECT_EQ(report.result.missing, 23);
  const auto dataset = shop.dataset();
  EXPECT_EQ(engine::unavailable_items(dataset, 0).size(), 23u);
  EXPECT_EQ(dataset.item_count(), 24);
  EXPECT_EQ(engine::title_of(dataset, "p001"), "navy coat number1") << "it stays in the catalogue";
}
