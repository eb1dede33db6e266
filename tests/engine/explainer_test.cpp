#include "medley/engine/explainer.h"

#include "tests/engine/small_world.h"
#include <gmock/gmock.h>

#include <cmath>

using namespace medley;
using namespace medley::engine::test;
using ::testing::HasSubstr;

namespace {

class Explainer : public ::testing::Test {
 protected:
  engine::ExplainAnswer explain(const std::string& spec, const std::vector<std::string>& history,
                                const std::string& item) {
    const auto model = trained(folder_, world_, spec);
    return engine::explain(model, world_.dataset, "u0", history, item, pool_);
  }

  const data::TempFolder folder_;
  const World world_ = two_tastes();
  ThreadPool pool_{1};
};

TEST_F(Explainer, every_group_of_parts_sums_to_the_score_and_falls) {
  for (const auto* spec :
       {"item_knn", "ease(lambda=5)", "content", "content_ridge", "graph_filter", "popularity"}) {
    for (const auto* item : {"a9", "a1", "b0", "a10"}) {
      const auto answer = explain(spec, {"a0", "a3", "b2"}, item);
      std::map<std::string, double> sums;
      std::map<std::string, double> last;
      for (const auto& part : answer.parts) {
        sums[part.by] += part.value;
        if (last.count(part.by) > 0) {
          EXPECT_GE(last[part.by], part.value) << spec;
        }
        last[part.by] = part.value;
      }
      EXPECT_EQ(sums.count("modality"), 1u) << spec;
      for (const auto& [by, sum] : sums)
        EXPECT_NEAR(sum, answer.score, 1e-5 * std::max(1.0, std::abs(answer.score))) << spec << " " << by;
      EXPECT_FALSE(answer.sentence.empty());
    }
  }
}

TEST_F(Explainer, names_the_items_of_the_history_by_their_ids) {
  const auto answer = explain("item_knn(k=20)", {"b2", "a0"}, "a1");
  ASSERT_GE(answer.parts.size(), 2u);
  EXPECT_EQ(answer.parts[0].by, "history");
  EXPECT_EQ(answer.parts[0].of, "a0");
  EXPECT_EQ(answer.parts[1].of, "b2");
  EXPECT_EQ(answer.parts[1].value, 0.0);
  EXPECT_EQ(answer.sentence, "chosen by people who also chose 'title of a0'");
}

TEST_F(Explainer, tells_the_share_of_each_modality) {
  const auto answer = explain("graph_filter(c=1,g=0.1)", {"a0"}, "a1");
  std::map<std::string, double> modalities;
  for (const auto& part : answer.parts) {
    if (part.by == "modality") modalities[part.of] = part.value;
  }
  EXPECT_EQ(modalities.size(), 3u);
  for (const auto* of : {"interactions", "color", "words"}) EXPECT_GT(modalities.at(of), 0.0) << of;
  // a9 has no picture: its colour gives nothing.
  for (const auto& part : explain("graph_filter(c=1,g=0.1)", {"a0"}, "a9").parts) {
    if (part.by == "modality" && part.of == "color") {
      EXPECT_EQ(part.value, 0.0);
    }
  }
}

TEST_F(Explainer, an_empty_history_leaves_nothing_to_take_apart) {
  const auto answer = explain("graph_filter", {}, "a1");
  EXPECT_EQ(answer.score, 0.0);
  EXPECT_EQ(answer.sentence, "nothing in the history speaks for it");
}

TEST_F(Explainer, refuses_an_unknown_item_and_a_model_whose_scores_are_no_sums) {
  ErrorCode code{};
  EXPECT_THAT(error_of([&] { explain("item_knn", {"a0"}, "zz"); }, &code), HasSubstr("'zz'"));
  EXPECT_EQ(code, ErrorCode::not_found);
  EXPECT_THAT(error_of([&] { explain("random", {"a0"}, "a1"); }, &code), HasSubstr("'random'"));
  EXPECT_EQ(code, ErrorCode::unsupported);
}

}  // namespace
