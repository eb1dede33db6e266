#include "medley/engine/export.h"

#include "medley/data/dataset_builder.h"
#include "medley/data/split/split.h"
#include "medley/engine/experiment_split.h"
#include "medley/engine/extract.h"
#include "medley/engine/import.h"

#include "tests/data/store/store_rows.h"
#include "tests/engine/small_world.h"
#include <gmock/gmock.h>

using namespace medley;
using namespace medley::engine::test;
using ::testing::HasSubstr;

namespace {

/// A shop whose catalogue holds what files break on.
struct Hostile {
  Hostile() {
    shop.write_source("catalog.csv",
                      "id,title,kind,price\n"
                      "p000,\"a \"\"quoted\"\", <script>alert(1)</script>\",dress|summer,0.1\n"
                      "p001,\"two\nlines\tand a tab\",coat,\n"
                      "p002,=HYPERLINK(1),dress,3\n"
                      "\"new, item\",'x,,1e-7\n");
    shop.import();
  }
  engine::ExportResult run(engine::ExportOptions options) const {
    options.folder = shop.path().parent_path() / "out" / options.format;
    QuietServices quiet(1);
    return engine::export_data(shop.workspace(), options, quiet);
  }
  Shop shop;
};

}  // namespace

TEST(Export, as_csv_imports_as_it_was) {
  const Hostile hostile;
  const auto result = hostile.run({.format = "csv"});
  const engine::Workspace copy(result.folder);
  QuietServices quiet(1);
  const auto report = engine::import(copy, result.folder, "", quiet);
  EXPECT_EQ(report.result.bad, 0);
  const auto was = hostile.shop.dataset();
  EXPECT_EQ(result.report.events, static_cast<std::int64_t>(was.log.events.size()));
  EXPECT_EQ(data::as_text(engine::load_dataset(copy)), data::as_text(was));
  EXPECT_TRUE(was.catalog.text("title")->values[0].find("<script>") != std::string::npos);
}

TEST(Export, as_recbole_has_the_same_events) {
  const Hostile hostile;
  const auto result = hostile.run({.format = "recbole"});
  QuietServices quiet(1);
  data::Quarantine quarantine;
  const auto back = data::load_benchmark(result.folder, "recbole", quiet, quarantine);
  EXPECT_EQ(quarantine.count(), 0);
  const auto was = hostile.shop.dataset();
  ASSERT_EQ(back.log.events.size(), was.log.events.size());
  for (std::size_t i = 0; i < was.log.events.size(); ++i) {
    EXPECT_EQ(back.users.id(back.log.events[i].user), was.users.id(was.log.events[i].user));
    EXPECT_EQ(back.items.id(back.log.events[i].item), was.items.id(was.log.events[i].item));
    EXPECT_EQ(back.log.events[i].value, was.log.events[i].value);
    EXPECT_EQ(back.log.events[i].time, was.log.events[i].time);
  }
  EXPECT_TRUE(back.items.find("new, item"));
  EXPECT_TRUE(result.split.empty());
}

TEST(Export, as_mmrec_has_the_parts_that_an_evaluation_of_that_seed_has) {
  const Hostile hostile;
  const auto result = hostile.run({.format = "mmrec", .split = "random", .seed = 3});
  EXPECT_EQ(result.split, "random, seed 3");
  QuietServices quiet(1);
  data::Quarantine quarantine;
  const auto back = data::load_benchmark(result.folder, "mmrec", quiet, quarantine);
  engine::ExperimentOptions options;
  options.split = "random";
  std::vector<std::string> notes;
  const auto was = engine::make_run_split(hostile.shop.dataset(), options, 3, notes);
  const auto parts = data::split_by_labels(back);
  EXPECT_EQ(data::part_of(back, parts, data::Part::train).pairs(), was.train.pairs());
  EXPECT_EQ(data::part_of(back, parts, data::Part::valid).pairs(), was.choice.pairs());
  EXPECT_EQ(data::part_of(back, parts, data::Part::test).pairs(), was.test.pairs());
  EXPECT_EQ(data::part_of(back, parts, data::Part::test).by_user.time.size(),
            static_cast<std::size_t>(was.test.pairs()));
}

TEST(Export, as_mmrec_has_the_features_that_were_extracted) {
  const Shop shop;
  shop.import();
  QuietServices quiet(1);
  const auto dataset = shop.dataset();
  engine::extract(shop.workspace(), engine::builtin_plugins(), quiet);
  engine::ExportOptions options{.format = "mmrec", .folder = shop.path().parent_path() / "out"};
  const auto result = engine::export_data(shop.workspace(), options, quiet);
  data::Quarantine quarantine;
  const auto back = data::load_benchmark(result.folder, "mmrec", quiet, quarantine);
  const auto tables = engine::load_tables(shop.workspace(), dataset, quiet);
  ASSERT_EQ(back.features.size(), 3u);
  const auto& color = *engine::select_tables(tables, {"color"}).front();
  const auto& image = back.features[0];
  ASSERT_EQ(image.dim(), color.dim());
  const auto mapping = read_file(result.folder / "i_id_mapping.csv", 1 << 20);
  std::int64_t compared = 0;
  for (data::ItemId item = 0; item < dataset.item_count(); ++item) {
    const auto at = mapping.find("\n" + dataset.items.id(item) + "\t");
    if (at == std::string::npos) continue;
    const auto number = mapping.substr(at + dataset.items.id(item).size() + 2,
                                       mapping.find('\n', at + 1) - at - dataset.items.id(item).size() - 2);
    const auto row = back.items.find(number);
    ASSERT_TRUE(row) << number;
    EXPECT_EQ(image.present[static_cast<std::size_t>(*row)], color.present[static_cast<std::size_t>(item)]);
    EXPECT_TRUE(std::ranges::equal(image.dense().row(*row), color.dense().row(item)));
    ++compared;
  }
  EXPECT_EQ(compared, result.report.items);
}

TEST(Export, counts_only_what_an_evaluation_counts_where_it_takes_pairs) {
  const Shop shop;
  shop.import();
  shop.write_config("", "[events]\nmin_value = 3\n");
  QuietServices quiet(1);
  const auto out = shop.path().parent_path() / "out";
  const auto npy = engine::export_data(shop.workspace(), {.format = "npy", .folder = out / "npy"}, quiet);
  const auto csv = engine::export_data(shop.workspace(), {.format = "csv", .folder = out / "csv"}, quiet);
  EXPECT_LT(npy.report.events, csv.report.events);
  ASSERT_FALSE(npy.report.notes.empty());
  EXPECT_THAT(npy.report.notes.back().text, HasSubstr("min_value"));
}

TEST(Export, refuses_options_of_other_formats_and_a_workspace_without_data) {
  const Shop shop;
  QuietServices quiet(1);
  const auto out = shop.path().parent_path() / "out";
  const auto refusal = [&](const engine::ExportOptions& options) {
    return error_of([&] { engine::export_data(shop.workspace(), options, quiet); });
  };
  EXPECT_THAT(refusal({.format = "csv", .folder = out}), HasSubstr("medley import"));
  shop.import();
  EXPECT_THAT(refusal({.format = "xlsx", .folder = out}), HasSubstr("csv, mmrec, npy, recbole"));
  EXPECT_THAT(refusal({.format = "csv", .folder = out, .split = "random"}), HasSubstr("--split"));
  EXPECT_THAT(refusal({.format = "npy", .folder = out, .spreadsheet_safe = true}), HasSubstr("csv"));
  EXPECT_THAT(refusal({.format = "mmrec", .folder = out, .split = "best"}), HasSubstr("known:"));
  EXPECT_THAT(refusal({.format = "recbole", .folder = out, .split = "new_user"}), HasSubstr("outside train"));
  EXPECT_FALSE(std::filesystem::exists(out));
}
