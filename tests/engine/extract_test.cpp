#include "medley/engine/extract.h"

#include "medley/data/npy.h"

#include "tests/engine/small_world.h"
#include <gmock/gmock.h>

#include <numeric>
#include <set>

using namespace medley;
using namespace medley::engine::test;
using engine::FeatureReport;
using ::testing::AllOf;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

namespace {

std::vector<FeatureReport> extract(const Shop& shop) {
  QuietServices quiet(2);
  return engine::extract(shop.workspace(), engine::builtin_plugins(), quiet);
}

void extract(const Shop& shop, Progress& progress, const CancelFlag& cancel) {
  ThreadPool pool(1);
  engine::extract(shop.workspace(), engine::builtin_plugins(), {pool, progress, cancel, {}});
}

const FeatureReport& named(const std::vector<FeatureReport>& reports, const std::string& name) {
  for (const auto& report : reports) {
    if (report.name == name) return report;
  }
  throw std::out_of_range(name);
}

std::map<std::string, std::string> vectors_of(const Shop& shop) {
  return files_below(shop.workspace().features());
}

engine::Tables tables_of(const Shop& shop) {
  QuietServices quiet(1);
  return engine::load_tables(shop.workspace(), shop.dataset(), quiet);
}

}  // namespace

TEST(Extract, makes_the_vectors_of_every_section) {
  const Shop shop;
  shop.import();
  const auto reports = extract(shop);
  ASSERT_EQ(reports.size(), 3u);
  for (const auto& report : reports) {
    EXPECT_EQ(report.items, 24);
    EXPECT_GT(report.dim, 0);
    EXPECT_EQ(report.reused, 0);
  }
  EXPECT_EQ(named(reports, "words").extractor, "text/tfidf");
  EXPECT_EQ(named(reports, "kinds").present, 24);
  const auto tables = tables_of(shop);
  ASSERT_EQ(tables.size(), 3u);
  std::map<std::string, std::string> modalities;
  for (const auto& table : tables) modalities[table->name] = table->modality;
  EXPECT_EQ(modalities,
            (std::map<std::string, std::string>{{"color", "image"}, {"words", "text"}, {"kinds", "kind"}}));
}

TEST(Extract, a_broken_picture_costs_its_row_and_is_listed) {
  const Shop shop;
  shop.import();
  const auto reports = extract(shop);
  const auto& color = named(reports, "color");
  EXPECT_EQ(color.present, 22);
  EXPECT_EQ(color.without_material, 1);  // p003 has no picture
  ASSERT_EQ(color.broken.size(), 1u);
  EXPECT_EQ(color.broken.front().id, "p005");
  EXPECT_NE(color.broken.front().reason, "");
  EXPECT_THAT(vectors_of(shop).at("color.absent.csv"),
              AllOf(HasSubstr("item,reason\np005,"), HasSubstr(color.broken.front().reason.substr(0, 10))));
  const auto& words = named(reports, "words");
  ASSERT_EQ(words.broken.size(), 1u);
  EXPECT_EQ(words.broken.front().id, "p007");
  EXPECT_EQ(words.broken.front().reason, "no usable words");
}

TEST(Extract, the_second_run_reuses_everything_and_leaves_the_files_as_they_are) {
  const Shop shop;
  shop.import();
  const auto first = extract(shop);
  const auto files = vectors_of(shop);
  const auto second = extract(shop);
  for (std::size_t i = 0; i < second.size(); ++i) {
    EXPECT_EQ(second[i].computed, 0) << second[i].name;
    EXPECT_EQ(second[i].present, first[i].present);
    EXPECT_EQ(second[i].without_material, first[i].without_material);
    ASSERT_EQ(second[i].broken.size(), first[i].broken.size());
    for (std::size_t k = 0; k < first[i].broken.size(); ++k)
      EXPECT_EQ(second[i].broken[k].reason, first[i].broken[k].reason);
  }
  EXPECT_EQ(vectors_of(shop), files);
}

TEST(Extract, a_changed_parameter_makes_the_vectors_anew_and_going_back_finds_the_old_rows) {
  const Shop shop;
  shop.import();
  shop.write_config(
      "[features.color]\nextractor = \"image/color\"\n[features.words]\nextractor = \"text/tfidf\"\n");
  const auto before = extract(shop);
  const auto files = vectors_of(shop);
  shop.write_config(
      "[features.color]\nextractor = \"image/color\"\ngrid = 2\n"
      "[features.words]\nextractor = \"text/tfidf\"\nmin_df = 3\n");
  const auto changed = extract(shop);
  EXPECT_EQ(named(changed, "color").computed, 23);
  EXPECT_EQ(named(changed, "color").dim, named(before, "color").dim + 12);
  EXPECT_GT(named(changed, "words").computed, 0);
  EXPECT_LT(named(changed, "words").dim, named(before, "words").dim);
  shop.write_config(
      "[features.color]\nextractor = \"image/color\"\n[features.words]\nextractor = \"text/tfidf\"\n");
  EXPECT_EQ(named(extract(shop), "color").computed, 0);
  EXPECT_EQ(vectors_of(shop), files);
}

TEST(Extract, a_changed_picture_and_a_changed_title_are_made_anew) {
  const Shop shop;
  shop.import();
  extract(shop);
  shop.write_source("pictures/p005.png", picture(20, 200, 5));
  shop.write_source("catalog.csv", "id,title,kind,price\np007,tweed coat,coat,1\n");
  shop.import();
  const auto reports = extract(shop);
  EXPECT_EQ(named(reports, "color").computed, 1);
  EXPECT_EQ(named(reports, "color").present, 23);
  EXPECT_THAT(named(reports, "color").broken, IsEmpty());
  EXPECT_EQ(named(reports, "words").present, 24);
  EXPECT_EQ(vectors_of(shop).count("color.absent.csv"), 0u);
  EXPECT_EQ(named(reports, "kinds").computed, 0) << "its material is the same";
}

TEST(Extract, two_features_of_one_extractor_do_not_overwrite_each_other) {
  const Shop shop;
  shop.import();
  shop.write_config(
      "[features.plain]\nextractor = \"image/color\"\n"
      "[features.gridded]\nextractor = \"image/color\"\ngrid = 3\n"
      "[features.twin]\nextractor = \"image/color\"\n"
      "[features.\"text/all\"]\nextractor = \"text/tfidf\"\n"
      "[features.\"text/few\"]\nextractor = \"text/tfidf\"\nmin_df = 3\n");
  const auto reports = extract(shop);
  const auto files = vectors_of(shop);
  for (const auto* name :
       {"plain.npy", "gridded.npy", "twin.npy", "text/all.indptr.npy", "text/few.indptr.npy"})
    EXPECT_EQ(files.count(name), 1u) << name;
  EXPECT_EQ(named(reports, "gridded").dim, named(reports, "plain").dim + 27);
  EXPECT_EQ(files.at("plain.npy"), files.at("twin.npy"));
  EXPECT_EQ(named(reports, "twin").computed + named(reports, "plain").computed, 23)
      << "one cache for one recipe";
  std::set<math::Index> widths;
  for (const auto& table : tables_of(shop)) widths.insert(table->dim());
  EXPECT_EQ(widths.size(), 4u);
  for (const auto& report : extract(shop)) EXPECT_EQ(report.computed, 0) << report.name;
}

TEST(Extract, interrupted_and_run_again_it_gives_the_files_of_an_undisturbed_run) {
  const Shop whole(150), cut(150);
  whole.import();
  cut.import();
  extract(whole);
  int step = 1;
  for (; step < 100; ++step) {
    CancelFlag cancel;
    AtStep progress(step, [&] { cancel.set(); });
    ErrorCode code{};
    const auto message = error_of([&] { extract(cut, progress, cancel); }, &code);
    if (message.empty()) break;
    EXPECT_EQ(code, ErrorCode::interrupted) << message;
  }
  EXPECT_GT(step, 2);
  extract(cut);
  EXPECT_EQ(vectors_of(cut), vectors_of(whole));
}

TEST(Extract, killed_at_any_step_and_run_again_it_gives_the_files_of_an_undisturbed_run) {
  const Shop whole(150), killed(150);
  whole.import();
  killed.import();
  extract(whole);
  int step = 1;
  while (killed_at(step, [&](Progress& progress) { extract(killed, progress, CancelFlag()); })) ++step;
  EXPECT_GT(step, 5);
  extract(killed);
  EXPECT_EQ(vectors_of(killed), vectors_of(whole));
}

TEST(Extract, whatever_a_killed_run_left_of_a_feature_is_made_whole) {
  const Shop shop;
  shop.import();
  extract(shop);
  const auto files = vectors_of(shop);
  // The key is written last: without it nothing else is believed.
  for (const auto& [name, bytes] : files) {
    if (name.find(".absent.csv") != std::string::npos || name.find(".state") != std::string::npos) continue;
    const auto feature = name.substr(0, name.find('.'));
    std::filesystem::remove(shop.workspace().features() / (feature + ".key"));
    std::filesystem::remove(shop.workspace().features() / name);
    extract(shop);
    EXPECT_EQ(vectors_of(shop), files) << name;
  }
}

TEST(Extract, a_wrong_section_is_named_before_anything_is_made) {
  const Shop shop;
  shop.import();
  shop.write_config(
      "[features.color]\nextractor = \"image/color\"\n[features.mine]\nextractor = \"text/tfdif\"\n");
  EXPECT_THAT(error_of([&] { extract(shop); }), HasSubstr("text/tfidf"));
  shop.write_config("[features.mine]\nextractor = \"text/tfidf\"\nmindf = 3\n");
  EXPECT_THAT(error_of([&] { extract(shop); }), AllOf(HasSubstr("[features.mine]"), HasSubstr("min_df")));
  EXPECT_THAT(vectors_of(shop), IsEmpty());
  shop.write_config("[features.mine]\nextractor = \"text/tfidf\"\nfields = [\"plot\"]\n");
  EXPECT_THAT(error_of([&] { extract(shop); }),
              AllOf(HasSubstr("[features.mine]"), HasSubstr("'plot'"), HasSubstr("title")));
  shop.write_config("");
  EXPECT_THAT(error_of([&] { extract(shop); }), HasSubstr("names no features"));
}

TEST(Extract, a_catalogue_without_pictures_says_where_they_are_named) {
  const Shop shop;
  shop.write_config("");
  std::string config = read_file(shop.path() / "medley.toml", 1 << 20);
  config.erase(config.find("image ="));
  write_file(shop.path() / "medley.toml", config + "[features.color]\nextractor = \"image/color\"\n");
  shop.import();
  EXPECT_THAT(error_of([&] { extract(shop); }),
              AllOf(HasSubstr("[features.color]"), HasSubstr("[catalog] image")));
}

TEST(Extract, takes_vectors_made_elsewhere) {
  const Shop shop;
  shop.import();
  shop.write_config("[features.clip]\nfile = \"clip.npy\"\nmodality = \"image\"\n");
  math::Matrix rows(3, 2);
  rows(0, 0) = 1.0f;
  rows(1, 1) = 2.0f;  // row 2 is all zero: absent
  data::save_npy(shop.path() / "clip.npy", std::as_const(rows).view());
  EXPECT_THAT(error_of([&] { extract(shop); }), HasSubstr("clip.npy"));
  write_file(shop.path() / "clip.ids", "p009\np001\np002\n");
  const auto reports = extract(shop);
  EXPECT_EQ(named(reports, "clip").present, 2);
  EXPECT_EQ(named(reports, "clip").dim, 2);
  const auto tables = tables_of(shop);
  ASSERT_EQ(tables.size(), 1u);
  EXPECT_EQ(tables.front()->modality, "image");
  const auto dataset = shop.dataset();
  EXPECT_EQ(tables.front()->dense()(*dataset.items.find("p009"), 0), 1.0f);
  EXPECT_EQ(tables.front()->dense()(*dataset.items.find("p001"), 1), 2.0f);
  EXPECT_EQ(tables.front()->present[static_cast<std::size_t>(*dataset.items.find("p002"))], 0);
  std::filesystem::remove(shop.path() / "clip.npy");
  EXPECT_THAT(error_of([&] { extract(shop); }), HasSubstr("clip.npy"));
}

TEST(LoadTables, an_item_that_came_after_the_extraction_is_absent) {
  const Shop shop;
  shop.import();
  extract(shop);
  shop.write_events("user,item,value,time\nc0,brand new,5,1800000000\n");
  shop.import();
  const auto dataset = shop.dataset();
  const auto row = static_cast<std::size_t>(*dataset.items.find("brand new"));
  for (const auto& table : tables_of(shop)) {
    EXPECT_EQ(table->items(), 25);
    EXPECT_EQ(table->present[row], 0);
  }
  EXPECT_EQ(named(extract(shop), "color").computed, 0);
}

TEST(LoadTables, a_section_without_vectors_is_left_out_with_a_warning) {
  const Shop shop;
  shop.import();
  extract(shop);
  std::filesystem::remove(shop.workspace().features() / "words.key");
  ThreadPool pool(1);
  NoProgress progress;
  const CancelFlag cancel;
  std::vector<std::string> warnings;
  const auto tables = engine::load_tables(
      shop.workspace(), shop.dataset(),
      {pool, progress, cancel, [&](LogLevel, std::string_view message) { warnings.emplace_back(message); }});
  EXPECT_EQ(tables.size(), 2u);
  EXPECT_THAT(warnings, ElementsAre(AllOf(HasSubstr("'words'"), HasSubstr("medley extract"))));
}

TEST(Extract, numbers_of_words_are_stored_as_they_are_and_no_table_to_compare_by) {
  const Shop shop;
  shop.import();
  shop.write_config("[features.tokens]\nextractor = \"text/tokens\"\nlength = 5\n");
  EXPECT_EQ(named(extract(shop), "tokens").dim, 5);
  EXPECT_EQ(named(extract(shop), "tokens").reused, named(extract(shop), "tokens").present);
  EXPECT_EQ(data::npy_type(shop.workspace().features() / "tokens.npy"), data::NpyType::int32);
  EXPECT_THAT(tables_of(shop), IsEmpty());
}

TEST(Extract, a_table_of_words_is_made_in_memory_and_one_of_pictures_is_not) {
  const Shop shop;
  shop.import();
  QuietServices quiet(1);
  engine::FeatureConfig feature;
  feature.name = "memory";
  feature.extractor = "text/tfidf";
  const auto table = engine::make_table(shop.dataset(), feature, engine::builtin_plugins(), quiet);
  EXPECT_EQ(table->name, "memory");
  EXPECT_EQ(table->items(), 24);
  EXPECT_GT(table->present_count(), 0);
  feature.extractor = "image/color";
  EXPECT_THAT(
      error_of([&] { engine::make_table(shop.dataset(), feature, engine::builtin_plugins(), quiet); }),
      HasSubstr("reads files"));
}

TEST(Extract, marks_what_another_run_would_give_other_vectors_for_then_and_later) {
  const Shop shop;
  shop.import();
  const std::string section =
      "[features.vecs]\nextractor = \"text/words\"\ndim = 4\nepochs = 1\nbuckets = 100\n";
  shop.write_config(section + "racy = true\n");
  const auto on = [&](int threads) {
    QuietServices quiet(threads);
    return named(engine::extract(shop.workspace(), engine::builtin_plugins(), quiet), "vecs");
  };
  const auto made = on(3);
  EXPECT_EQ(made.racy, "learned on 3 threads at once, another run gives other numbers");
  const auto kept = on(2);
  EXPECT_EQ(kept.computed, 0);
  EXPECT_EQ(kept.racy, made.racy);
  shop.write_config(section);
  EXPECT_EQ(on(3).racy, "");
  // On one thread there is no race.
  shop.write_config(section + "racy = true\nseed = 2\n");
  EXPECT_EQ(on(1).racy, "");
  EXPECT_EQ(on(3).racy, "");
}

TEST(Extract, raw_features_are_refused_by_name_where_items_are_compared) {
  const Shop shop;
  shop.import();
  shop.write_config(
      "[features.tokens]\nextractor = \"text/tokens\"\nlength = 5\n"
      "[features.words]\nextractor = \"text/tfidf\"\n");
  extract(shop);
  const auto tables = tables_of(shop);
  const auto fault = [&](const std::string& name) {
    return error_of([&] { engine::refuse_raw(shop.workspace(), tables, {"words", name}); });
  };
  for (const auto* name : {"tokens", "text/tokens"})
    EXPECT_THAT(fault(name), AllOf(HasSubstr("'tokens' are raw"), HasSubstr("'text/tokens' gives")));
  // Of two of a modality, the other is compared; what nothing is called is not for it to say.
  EXPECT_NO_THROW(engine::refuse_raw(shop.workspace(), tables, {"words", "text", "nothing"}));
}
