#include "medley/data/csv.h"

#include "export_run.h"
#include <gmock/gmock.h>

using namespace medley;
using namespace medley::data;
using testing::ElementsAre;

namespace {

/// Items "lamp, red", "b\tc" and "only in the catalogue", of which two have a pair.
Dataset described_shop() {
  auto data = LogBuilder()
                  .add("ann", "lamp, red", 10, "event", 2.0f)
                  .label(Part::train)
                  .add("ann", "b\tc", 30)
                  .label(Part::test)
                  .add("bob \"x\"", "b\tc", 20)
                  .label(Part::train)
                  .add("ann", "lamp, red", 40, "event", 5.0f)
                  .label(Part::train)
                  .add("cid", "lamp, red", 50)
                  .label(Part::valid)
                  .build();
  catalogue_row(data, "only in the catalogue");
  return data;
}

std::shared_ptr<const FeatureTable> dense_table(const std::string& name, const std::string& modality) {
  auto out = std::make_shared<FeatureTable>();
  out->name = name;
  out->modality = modality;
  math::Matrix rows(3, 2);
  rows(0, 0) = 0.5f;
  rows(0, 1) = -1.0f;
  rows(2, 0) = 9.0f;
  out->rows = std::move(rows);
  out->present = {1, 0, 1};
  return out;
}

std::shared_ptr<const FeatureTable> word_table() {
  auto out = std::make_shared<FeatureTable>();
  out->name = "words";
  out->modality = "text";
  math::Csr rows;
  rows.rows = 3;
  rows.cols = 4;
  rows.indptr = {0, 2, 3, 3};
  rows.indices = {1, 3, 0};
  rows.values = {1.0f, 2.0f, 3.0f};
  out->rows = std::move(rows);
  out->present = {1, 1, 0};
  return out;
}

}  // namespace

TEST(Mmrec, writes_a_row_a_pair_with_its_part_and_numbers_for_ids) {
  const ExportRun run("mmrec", described_shop(), {.split = true});
  EXPECT_EQ(run.text("out.inter"),
            "userID\titemID\trating\ttimestamp\tx_label\n0\t0\t5\t40\t0\n1\t1\t1\t20\t0\n2\t0\t1\t50\t1\n"
            "0\t1\t1\t30\t2\n");
  EXPECT_EQ(run.text("u_id_mapping.csv"), "user_id\tuserID\nann\t0\n\"bob \"\"x\"\"\"\t1\ncid\t2\n");
  EXPECT_EQ(run.text("i_id_mapping.csv"), "asin\titemID\nlamp, red\t0\n\"b\tc\"\t1\n");
  EXPECT_EQ(run.noted("without a pair are left out"), 1);
  EXPECT_EQ(run.report.events, 4);
  EXPECT_EQ(run.report.items, 2);
}

TEST(Mmrec, puts_the_features_of_a_modality_side_by_side_and_zeros_where_there_is_none) {
  ExportRun run("mmrec", described_shop(),
                {.tables = {dense_table("color", "image"), word_table(), dense_table("shape", "image"),
                            dense_table("sound", "")},
                 .split = true});
  const auto back = run.read_back("mmrec");
  EXPECT_EQ(run.bad, 0);
  ASSERT_EQ(back.features.size(), 3u);
  const auto& image = back.features[0];
  EXPECT_EQ(image.modality, "image");
  ASSERT_EQ(image.items(), 2);
  ASSERT_EQ(image.dim(), 4);
  EXPECT_THAT(image.dense().row(0), ElementsAre(0.5f, -1.0f, 0.5f, -1.0f));
  EXPECT_THAT(image.present, ElementsAre(1, 0));
  EXPECT_EQ(back.features[1].modality, "sound");
  EXPECT_EQ(back.features[2].modality, "text");
  EXPECT_THAT(back.features[2].dense().row(0), ElementsAre(0.0f, 1.0f, 0.0f, 2.0f));
  EXPECT_THAT(back.features[2].dense().row(1), ElementsAre(3.0f, 0.0f, 0.0f, 0.0f));
  EXPECT_EQ(run.noted("items without image"), 1);
  EXPECT_EQ(run.noted("items without text"), 0);
}

TEST(Mmrec, reads_back_with_the_same_pairs_times_and_parts) {
  const auto data = described_shop();
  ExportRun run("mmrec", data, {.split = true});
  const auto back = run.read_back("mmrec");
  EXPECT_EQ(run.bad, 0);
  const auto parts = split_by_labels(data);
  const auto parts_back = split_by_labels(back);
  for (const auto part : {Part::train, Part::valid, Part::test}) {
    const auto was = part_of(data, parts, part);
    const auto is = part_of(back, parts_back, part);
    ASSERT_EQ(is.pairs(), was.pairs());
    for (UserId user = 0; user < data.user_count(); ++user) {
      const auto number = back.users.find(std::to_string(user));
      ASSERT_EQ(is.items_of(*number).size(), was.items_of(user).size());
      for (std::size_t k = 0; k < was.items_of(user).size(); ++k)
        EXPECT_EQ(back.items.id(is.items_of(*number)[k]), std::to_string(was.items_of(user)[k]));
    }
  }
  std::multiset<std::int64_t> times;
  for (const auto& event : back.log.events) times.insert(event.time);
  EXPECT_THAT(times, ElementsAre(20, 30, 40, 50));
}

TEST(Mmrec, leaves_the_times_out_where_a_pair_has_none) {
  const auto data = LogBuilder().add("a", "x", 5).label(Part::train).add("a", "y").label(Part::test).build();
  const ExportRun run("mmrec", data, {.split = true});
  EXPECT_EQ(run.text("out.inter"), "userID\titemID\trating\tx_label\n0\t0\t1\t0\n0\t1\t1\t2\n");
  EXPECT_EQ(run.noted("no column of times"), 1);
}
