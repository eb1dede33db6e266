#include "medley/data/npy.h"

#include "export_run.h"
#include <gmock/gmock.h>

using namespace medley;
using namespace medley::data;
using testing::ElementsAre;

namespace {

std::shared_ptr<FeatureTable> table(const std::string& name) {
  auto out = std::make_shared<FeatureTable>();
  out->name = name;
  out->modality = "text";
  out->extractor = "text/tfidf";
  out->present = {1, 0, 1};
  return out;
}

}  // namespace

TEST(NpyArrays, hold_the_pairs_as_rows_by_user) {
  const auto data = LogBuilder()
                        .add("a", "x", 5, "view", 2.0f)
                        .add("a", "z", kNoTime, "purchase")
                        .add("b,c", "y", 7, "view")
                        .build();
  const ExportRun run("npy", data);
  EXPECT_THAT(load_npy_vector<std::int64_t>(run.path() / "interactions_indptr.npy"), ElementsAre(0, 2, 3));
  EXPECT_THAT(load_npy_vector<std::int32_t>(run.path() / "interactions_indices.npy"), ElementsAre(0, 1, 2));
  EXPECT_THAT(load_npy_vector<float>(run.path() / "interactions_value.npy"), ElementsAre(2.0f, 1.0f, 1.0f));
  EXPECT_THAT(load_npy_vector<float>(run.path() / "interactions_weight.npy"), ElementsAre(1.0f, 5.0f, 1.0f));
  EXPECT_THAT(load_npy_vector<std::int64_t>(run.path() / "interactions_time.npy"),
              ElementsAre(5, kNoTime, 7));
  EXPECT_THAT(load_npy_vector<std::int32_t>(run.path() / "interactions_kind.npy"), ElementsAre(1, 2, 1));
  EXPECT_EQ(run.text("users.csv"), "row,id\n0,a\n1,\"b,c\"\n");
  EXPECT_EQ(run.text("items.csv"), "row,id\n0,x\n1,z\n2,y\n");
  EXPECT_EQ(run.text("kinds.csv"), "kind,name\n0,event\n1,view\n2,purchase\n");
  EXPECT_EQ(run.report.events, 3);
}

TEST(NpyArrays, hold_each_feature_as_it_is_stored_with_its_presence) {
  auto dense = table("color");
  math::Matrix rows(3, 2);
  rows(0, 1) = 0.25f;
  rows(2, 0) = -3.0f;
  dense->rows = rows;
  auto sparse = table("words");
  math::Csr csr;
  csr.rows = 3;
  csr.cols = 2;
  csr.indptr = {0, 1, 1, 2};
  csr.indices = {1, 0};
  csr.values = {0.5f, 4.0f};
  sparse->rows = csr;
  sparse->columns = {"red, \"dark\"", "blue"};
  const auto data = LogBuilder().add("a", "x").add("a", "y").add("a", "z").build();
  const ExportRun run("npy", data, {.tables = {dense, sparse}});
  const auto back = load_npy(run.path() / "features_color.npy");
  ASSERT_EQ(back.rows(), 3);
  EXPECT_THAT(back.row(0), ElementsAre(0.0f, 0.25f));
  EXPECT_THAT(back.row(2), ElementsAre(-3.0f, 0.0f));
  EXPECT_THAT(load_npy_vector<std::uint8_t>(run.path() / "features_color_present.npy"), ElementsAre(1, 0, 1));
  EXPECT_THAT(load_npy_vector<std::int64_t>(run.path() / "features_words_indptr.npy"),
              ElementsAre(0, 1, 1, 2));
  EXPECT_THAT(load_npy_vector<std::int32_t>(run.path() / "features_words_indices.npy"), ElementsAre(1, 0));
  EXPECT_THAT(load_npy_vector<float>(run.path() / "features_words_data.npy"), ElementsAre(0.5f, 4.0f));
  EXPECT_EQ(run.text("features_words_columns.csv"), "column,name\n0,\"red, \"\"dark\"\"\"\n1,blue\n");
  EXPECT_EQ(run.text("features.csv"),
            "name,modality,extractor,storage,items,dim,present,files\n"
            "color,text,text/tfidf,dense,3,2,2,features_color\n"
            "words,text,text/tfidf,sparse,3,2,2,features_words\n");
  EXPECT_EQ(run.noted("absent from color"), 1);
}

TEST(NpyArrays, of_features_whose_names_are_no_file_names_have_others) {
  auto lsa = table("text/lsa");
  auto other = table("text_lsa");
  lsa->rows = math::Matrix(3, 2);
  other->rows = math::Matrix(3, 1);
  const ExportRun run("npy", LogBuilder().add("a", "x").add("a", "y").add("a", "z").build(),
                      {.tables = {lsa, other}});
  EXPECT_EQ(load_npy(run.path() / "features_text_lsa.npy").cols(), 2);
  EXPECT_EQ(load_npy(run.path() / "features_text_lsa_2.npy").cols(), 1);
  EXPECT_THAT(run.text("features.csv"),
              testing::HasSubstr("\ntext/lsa,text,text/tfidf,dense,3,2,2,features_text_lsa\n"));
}

TEST(NpyArrays, of_an_empty_log_are_empty) {
  const ExportRun run("npy", LogBuilder().build());
  EXPECT_THAT(load_npy_vector<std::int64_t>(run.path() / "interactions_indptr.npy"), ElementsAre(0));
  EXPECT_TRUE(load_npy_vector<float>(run.path() / "interactions_value.npy").empty());
}
