#include "medley/engine/row_parts.h"

#include "medley/engine/alike.h"
#include "medley/engine/extract.h"
#include "medley/engine/train.h"

#include "tests/engine/small_world.h"
#include "tests/media/fixture.h"
#include <gmock/gmock.h>

#include <filesystem>
#include <numeric>

using namespace medley;
using namespace medley::engine::test;
using ::testing::AllOf;
using ::testing::Contains;
using ::testing::Each;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;
using ::testing::StartsWith;

namespace {

const std::string kClips = "[features.clip]\nextractor = \"video/shots\"\n";

/// A shop where p000, p001 and p002 have clips, and the file of p004 is broken; extracted, opened, with what
/// was warned of.
class ClipShop {
 public:
  explicit ClipShop(const std::string& more = "") {
    config(kClips, more);
    const auto three = media::fixture("cuts.mp4");
    write("p000", three);
    write("p001", three);
    write("p002", media::fixture("rotated.mov"));
    write("p004", three.substr(0, three.size() / 2));
    shop_.import();
    dataset_ = shop_.dataset();
    engine::extract(shop_.workspace(), plugins_, services());
  }

  void config(const std::string& features, const std::string& more = "") const {
    shop_.write_config(features, "video = \"clips/{id}.mp4\"\n" + more);
  }
  void write(const std::string& id, const std::string& bytes) const {
    shop_.write_source("clips/" + id + ".mp4", bytes);
  }
  void remove(const std::string& id) const {
    std::filesystem::remove(shop_.source() / "clips" / (id + ".mp4"));
  }

  /// What `similar --why` names of the clips of two items.
  std::vector<std::string> named(const std::string& a, const std::string& b) {
    const auto workspace = shop_.workspace();
    const auto tables = engine::load_tables(workspace, dataset_, services());
    const auto parts = engine::row_parts_of(workspace, dataset_, plugins_.extractors, services());
    return engine::alike(dataset_, tables, engine::all_interactions(workspace, dataset_), {.a = a, .b = b},
                         parts)
        .parts.front()
        .shared;
  }

  /// The parts of an item's row for a direction of ones, from 0.
  std::vector<features::RowPart> ones(const std::string& id) {
    const auto workspace = shop_.workspace();
    const auto parts = engine::row_parts_of(workspace, dataset_, plugins_.extractors, services());
    const auto width = static_cast<std::size_t>(table()->dim());
    return parts("clip", *dataset_.items.find(id), std::vector<float>(width),
                 std::vector<float>(width, 1.0f));
  }

  std::vector<float> row(const std::string& id) {
    const auto rows = table();
    const auto row = rows->dense().row(*dataset_.items.find(id));
    return {row.begin(), row.end()};
  }

  std::shared_ptr<const data::FeatureTable> table() {
    return engine::load_tables(shop_.workspace(), dataset_, services()).at(0);
  }

  Services services() {
    Services out = quiet_;
    out.log = [this](LogLevel, std::string_view text) { said_.emplace_back(text); };
    return out;
  }
  const std::vector<std::string>& said() const { return said_; }
  QuietServices& quiet() { return quiet_; }

 private:
  Shop shop_;
  engine::Plugins plugins_ = engine::builtin_plugins();
  QuietServices quiet_{1};
  data::Dataset dataset_;
  std::vector<std::string> said_;
};

TEST(RowParts, of_a_feature_that_has_none_and_of_one_that_is_not_there_are_none) {
  const Shop shop;
  shop.import();
  QuietServices quiet(1);
  const auto plugins = engine::builtin_plugins();
  const auto workspace = shop.workspace();
  const auto dataset = shop.dataset();
  engine::extract(workspace, plugins, quiet);
  const auto parts = engine::row_parts_of(workspace, dataset, plugins.extractors, quiet);
  const std::vector<float> origin(1000), direction(1000, 1.0f);
  EXPECT_TRUE(parts("words", 0, origin, direction).empty()) << "its columns have names";
  EXPECT_TRUE(parts("color", 0, origin, direction).empty()) << "a picture has no parts";
  EXPECT_TRUE(parts("none", 0, origin, direction).empty());
}

TEST(RowParts, of_a_clip_are_its_frames_and_sum_to_the_stored_row) {
  for (const auto* limits : {"", "[limits]\nmax_seconds = 1.0\n"}) {
    ClipShop shop(limits);
    for (const auto* id : {"p000", "p002"}) {
      const auto row = shop.row(id);
      double sum = 0.0, size = 0.0;
      for (const auto value : row) size += std::abs(static_cast<double>(value));
      for (const auto& part : shop.ones(id)) sum += part.value;
      EXPECT_NEAR(sum, std::accumulate(row.begin(), row.end(), 0.0), 1e-6 * size) << id << limits;
    }
    const bool whole = limits[0] == '\0';
    EXPECT_EQ(shop.ones("p000").size(), (whole ? 3u : 2u) + 4u) << "a second of it holds one cut";
    EXPECT_EQ(shop.ones("p002").size(), 1u + 4u);
    if (whole) {
      EXPECT_THAT(shop.ones("p004"), IsEmpty()) << "it breaks off after the first second";
    }
    EXPECT_THAT(shop.ones("p005"), IsEmpty()) << "it has no clip";
  }
}

TEST(RowParts, the_frames_of_both_clips_are_named) {
  ClipShop shop;
  const auto named = shop.named("p000", "p001");
  EXPECT_THAT(named, AllOf(Contains("frame at 0:00.4 in shot 1 of p000"),
                           Contains("frame at 0:00.4 in shot 1 of p001"),
                           Contains("frame at 0:01.4 in shot 2 of p000")));
  EXPECT_THAT(shop.said(), IsEmpty());
}

TEST(RowParts, of_a_clip_that_is_gone_or_another_its_columns_are_named) {
  const auto no_frames = Each(Not(StartsWith("frame at ")));
  ClipShop shop;
  shop.write("p001", media::fixture("rotated.mov"));
  EXPECT_THAT(shop.named("p000", "p001"), AllOf(Not(IsEmpty()), no_frames)) << "another clip";
  shop.write("p001", "no clip at all");
  EXPECT_THAT(shop.named("p000", "p001"), AllOf(Not(IsEmpty()), no_frames));
  EXPECT_THAT(shop.said(), IsEmpty());
  shop.remove("p001");
  EXPECT_THAT(shop.named("p000", "p001"), AllOf(Not(IsEmpty()), no_frames));
  EXPECT_THAT(shop.said(), ElementsAre(AllOf(HasSubstr("item 'p001'"), HasSubstr("p001.mp4"))));
}

TEST(RowParts, of_a_section_that_was_changed_since_are_none) {
  ClipShop shop;
  ASSERT_THAT(shop.ones("p000"), Not(IsEmpty()));
  shop.config("[features.clip]\nextractor = \"video/shots\"\nframes = \"image/hog\"\n");
  EXPECT_THAT(shop.ones("p000"), IsEmpty());
  shop.config(
      "[features.clip]\nextractor = \"video/shots\"\nframes = \"image/encoder(network=gone.onnx)\"\n");
  EXPECT_THAT(shop.ones("p000"), IsEmpty()) << "the network is gone, the rows are good";
}

TEST(RowParts, a_cancelled_question_ends) {
  ClipShop shop;
  const auto width = static_cast<std::size_t>(shop.table()->dim());
  ASSERT_GT(width, 4u);
  shop.quiet().cancel().set();
  ErrorCode code{};
  EXPECT_NE(error_of([&] { shop.ones("p000"); }, &code), "");
  EXPECT_EQ(code, ErrorCode::interrupted);
}

}  // namespace
