#include "medley/engine/pipeline.h"

#include "medley/engine/extract.h"

#include "tests/engine/small_world.h"
#include <gmock/gmock.h>

using namespace medley;
using namespace medley::engine::test;
using engine::NewItem;
using engine::Pipeline;
using ::testing::HasSubstr;

namespace {

class PipelineTest : public ::testing::Test {
 protected:
  PipelineTest() {
    shop_.import();
    dataset_ = shop_.dataset();
    engine::extract(shop_.workspace(), plugins_, quiet_);
    tables_ = engine::load_tables(shop_.workspace(), dataset_, quiet_);
  }

  Pipeline of_workspace() const {
    return Pipeline::of(shop_.workspace(), dataset_.catalog, plugins_.extractors);
  }

  /// What the catalogue says of item `i`.
  NewItem as_new(int i) const {
    const auto row = static_cast<std::size_t>(*dataset_.items.find(Shop::id(i)));
    NewItem out{.id = "new " + Shop::id(i)};
    for (const auto& column : dataset_.catalog.texts) out.texts[column.name] = column.values[row];
    for (const auto& column : dataset_.catalog.categories) out.categories[column.name] = column.values[row];
    for (const auto& column : dataset_.catalog.numbers) out.numbers[column.name] = column.values[row];
    out.files[medley::data::MediaKind::image] = dataset_.catalog.files[medley::data::MediaKind::image][row];
    return out;
  }

  static std::vector<float> row_of(const data::FeatureTable& table, data::ItemId item) {
    const auto unit = data::unit_rows(table, false);
    return math::row_of(unit.rows, item);
  }

  /// The new items have the vectors that the catalogue's own have.
  void expect_the_vectors_of_the_catalogue(const Pipeline& pipeline) {
    const std::vector<int> wanted{0, 3, 7, 11};
    std::vector<NewItem> items;
    for (const int i : wanted) items.push_back(as_new(i));
    const auto made = pipeline.transform(items, quiet_);
    ASSERT_EQ(made.size(), tables_.size());
    for (std::size_t m = 0; m < made.size(); ++m) {
      EXPECT_EQ(made[m]->name, tables_[m]->name);
      EXPECT_EQ(made[m]->modality, tables_[m]->modality);
      ASSERT_EQ(made[m]->dim(), tables_[m]->dim());
      for (std::size_t j = 0; j < wanted.size(); ++j) {
        const auto item = *dataset_.items.find(Shop::id(wanted[j]));
        EXPECT_EQ(made[m]->present[j], tables_[m]->present[static_cast<std::size_t>(item)]) << made[m]->name;
        EXPECT_EQ(row_of(*made[m], static_cast<data::ItemId>(j)), row_of(*tables_[m], item)) << made[m]->name;
      }
    }
  }

  const Shop shop_;
  const engine::Plugins plugins_ = engine::builtin_plugins();
  QuietServices quiet_{1};
  data::Dataset dataset_;
  engine::Tables tables_;
};

TEST_F(PipelineTest, gives_a_new_item_the_vectors_that_it_would_have_in_the_catalogue) {
  expect_the_vectors_of_the_catalogue(of_workspace());
}

TEST_F(PipelineTest, gives_a_large_picture_as_reduced_as_the_catalogue_has_it) {
  shop_.write_source("pictures/p000.png", large_jpeg());  // its first bytes tell what it is
  engine::extract(shop_.workspace(), plugins_, quiet_);
  tables_ = engine::load_tables(shop_.workspace(), dataset_, quiet_);
  expect_the_vectors_of_the_catalogue(of_workspace());
}

TEST_F(PipelineTest, saved_and_loaded_gives_the_same_without_the_workspace) {
  const data::TempFolder folder;
  const auto path = folder.path() / "pipeline";
  ArchiveWriter out(path, "model");
  of_workspace().save(out);
  out.commit();
  std::filesystem::remove_all(shop_.workspace().features());
  expect_the_vectors_of_the_catalogue(Pipeline::load({path, "model"}, plugins_.extractors));
}

TEST_F(PipelineTest, refuses_what_the_catalogue_does_not_know) {
  const auto pipeline = of_workspace();
  const auto fault = [&](const NewItem& item) {
    return error_of([&] { pipeline.transform(std::span(&item, 1), quiet_); });
  };
  EXPECT_THAT(fault({.id = "n", .texts = {{"titel", "a dress"}}}), HasSubstr("did you mean 'title'?"));
  EXPECT_THAT(fault({.id = "n", .texts = {{"price", "much"}}}), HasSubstr("'price' does not hold text"));
  EXPECT_THAT(fault({.id = "n", .numbers = {{"colour", 1}}}), HasSubstr("it has: title, kind, price"));
}

TEST_F(PipelineTest, refuses_an_item_without_any_modality_and_says_what_each_feature_lacks) {
  const auto pipeline = of_workspace();
  const auto fault = [&](const NewItem& item) {
    return error_of([&] { pipeline.transform(std::span(&item, 1), quiet_); });
  };
  EXPECT_THAT(fault({.id = "n"}), HasSubstr("new item 'n' has no modality"));
  // A price is in the catalogue, and no feature is made of it.
  EXPECT_THAT(fault({.id = "n", .numbers = {{"price", 12}}}), HasSubstr("color: nothing given"));
  EXPECT_THAT(fault({.id = "n", .texts = {{"title", "zebra"}}}), HasSubstr("words: "));
}

TEST_F(PipelineTest, refuses_a_picture_that_is_none) {
  shop_.write_source("broken.png", "no picture");
  const NewItem broken{.id = "n", .files = {{(shop_.source() / "broken.png").string()}}};
  const NewItem absent{.id = "n", .files = {{(shop_.source() / "absent.png").string()}}};
  const auto pipeline = of_workspace();
  EXPECT_THAT(error_of([&] { pipeline.transform(std::span(&broken, 1), quiet_); }),
              HasSubstr("is no picture"));
  EXPECT_THAT(error_of([&] { pipeline.transform(std::span(&absent, 1), quiet_); }), HasSubstr("absent.png"));
}

TEST_F(PipelineTest, of_a_catalogue_without_pictures_refuses_one) {
  shop_.write_config("[features.words]\nextractor = \"text/tfidf\"\nfields = [\"title\"]\n");
  const NewItem red{.id = "n", .files = {{(shop_.source() / "pictures/p000.png").string()}}};
  EXPECT_THAT(error_of([&] { of_workspace().transform(std::span(&red, 1), quiet_); }),
              HasSubstr("no feature of the catalogue is made of them"));
  EXPECT_FALSE(of_workspace().has(features::Reads::image));
}

TEST_F(PipelineTest, without_features_says_how_they_come_about) {
  const NewItem item{.id = "n", .texts = {{"title", "dress"}}};
  EXPECT_THAT(error_of([&] { Pipeline().transform(std::span(&item, 1), quiet_); }),
              HasSubstr("medley extract"));
}

}  // namespace
