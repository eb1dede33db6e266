#include "medley/engine/new_items.h"

#include "medley/engine/extract.h"
#include "medley/engine/train.h"

#include "tests/engine/small_world.h"
#include <gmock/gmock.h>

using namespace medley;
using namespace medley::engine::test;
using engine::NewItem;
using engine::NewItems;
using ::testing::HasSubstr;

namespace {

/// The shop, where p022 and p023 have never been chosen.
class NewItemsTest : public ::testing::Test {
 protected:
  NewItemsTest() {
    shop_.import();
    dataset_ = shop_.dataset();
    engine::extract(shop_.workspace(), plugins_, quiet_);
  }

  engine::TrainedModel trained(const std::string& spec) {
    const auto workspace = shop_.workspace();
    const auto tables = engine::load_tables(workspace, dataset_, quiet_);
    const auto result = engine::train(workspace, dataset_, tables, plugins_, spec, quiet_);
    return {result.path, plugins_.models};
  }

  NewItem like(const std::string& title, const std::vector<std::string>& kind, int picture) const {
    return {.id = "new " + title,
            .texts = {{"title", title}},
            .categories = {{"kind", kind}},
            .files = {{(shop_.source() / "pictures" / (Shop::id(picture) + ".png")).string()}}};
  }

  engine::Asker asker(const std::string& user) const {
    return {user, engine::history_of(dataset_, user, data::default_kind_weights(), {})};
  }

  const Shop shop_;
  const engine::Plugins plugins_ = engine::builtin_plugins();
  QuietServices quiet_{1};
  data::Dataset dataset_;
};

TEST_F(NewItemsTest, stand_before_what_is_of_the_other_taste_and_are_explained_by_content) {
  for (const auto* spec : {"content", "content_ridge", "graph_filter(g=1)"}) {
    const auto model = trained(spec);
    const NewItems items(model, dataset_,
                         {like("scarlet dress", {"dress", "summer"}, 0), like("navy coat", {"coat"}, 1)},
                         plugins_, quiet_);
    // c0 takes red dresses, c1 blue coats.
    const auto red = items.ranks(asker("c0"), {}, quiet_.pool());
    const auto blue = items.ranks(asker("c1"), {}, quiet_.pool());
    EXPECT_GT(red[0].score, red[1].score) << spec;
    EXPECT_GT(blue[1].score, blue[0].score) << spec;
    EXPECT_LE(red[0].rank, red[1].rank) << spec;
    EXPECT_LE(blue[1].rank, blue[0].rank) << spec;
    EXPECT_EQ(red[0].candidates, 24 - 7 + 1) << spec;
    EXPECT_EQ(red[0].reason, engine::Reason::content) << spec;
    EXPECT_THAT(red[0].sentence, HasSubstr("like 'scarlet dress")) << spec;
  }
}

TEST_F(NewItemsTest, of_the_content_of_one_nobody_chose_get_its_score_and_its_rank) {
  for (const auto* spec : {"content", "content_ridge", "graph_filter(g=1)"}) {
    const auto model = trained(spec);
    const NewItems items(model, dataset_, {like("scarlet dress number22", {"dress", "summer"}, 22)}, plugins_,
                         quiet_);
    for (const auto* user : {"c0", "c1", "c4"}) {
      const auto list = engine::recommend(
          model, dataset_, {.user = user, .history = asker(user).history, .k = 100}, quiet_.pool());
      const auto old = std::find_if(list.items.begin(), list.items.end(),
                                    [](const auto& item) { return item.id == "p022"; });
      ASSERT_NE(old, list.items.end());
      const auto found = items.ranks(asker(user), {}, quiet_.pool());
      EXPECT_NEAR(found[0].score, old->score, 1e-4 * std::max(1.0, std::abs(old->score))) << spec;
      // It may stand anywhere among those of its score.
      const auto near = 1e-4 * std::max(1.0, std::abs(old->score));
      int above = 0, level = 0;
      for (const auto& item : list.items) {
        above += item.score > old->score + near ? 1 : 0;
        level += std::abs(item.score - old->score) <= near ? 1 : 0;
      }
      EXPECT_GT(found[0].rank, above) << spec;
      EXPECT_LE(found[0].rank, above + level + 1) << spec;
    }
  }
}

TEST_F(NewItemsTest, are_wanted_most_by_those_of_their_taste) {
  const auto model = trained("content_ridge");
  const NewItems items(model, dataset_, {like("scarlet dress", {"dress"}, 0), like("navy coat", {"coat"}, 1)},
                       plugins_, quiet_);
  const auto histories = engine::all_interactions(shop_.workspace(), dataset_);
  const auto takers = items.takers(histories, 6);
  ASSERT_EQ(takers.size(), 2u);
  for (std::size_t i = 0; i < 2; ++i) {
    ASSERT_EQ(takers[i].size(), 6u);
    for (std::size_t t = 0; t < 6; ++t) {
      const auto& user = takers[i][t].user;
      EXPECT_EQ(std::stoi(user.substr(1)) % 2, static_cast<int>(i)) << user;
      EXPECT_NEAR(takers[i][t].score, items.ranks(asker(user), {}, quiet_.pool())[i].score, 1e-5);
      if (t > 0) {
        EXPECT_LE(takers[i][t].score, takers[i][t - 1].score);
      }
    }
  }
}

TEST_F(NewItemsTest, answer_from_the_model_file_alone) {
  const auto model = trained("content");
  std::filesystem::remove_all(shop_.workspace().features());
  const data::Dataset nothing;
  const NewItems items(model, nothing, {like("scarlet dress", {"dress"}, 0)}, plugins_, quiet_);
  EXPECT_EQ(items.ranks({"", {"p000", "p002"}}, {}, quiet_.pool()).size(), 1u);
}

TEST_F(NewItemsTest, refuse_a_model_that_cannot_and_name_those_that_can) {
  const auto model = trained("item_knn(k=20)");
  ErrorCode code{};
  const auto fault = error_of(
      [&] { NewItems(model, dataset_, {like("scarlet dress", {"dress"}, 0)}, plugins_, quiet_); }, &code);
  EXPECT_THAT(fault, HasSubstr("'item_knn' cannot score"));
  EXPECT_THAT(fault, HasSubstr("content_ridge"));
  EXPECT_EQ(code, ErrorCode::unsupported);
}

TEST_F(NewItemsTest, refuse_ids_that_are_known_or_given_twice) {
  const auto model = trained("content");
  const auto fault = [&](const std::vector<NewItem>& items) {
    return error_of([&] { NewItems(model, dataset_, items, plugins_, quiet_); });
  };
  auto known = like("scarlet dress", {"dress"}, 0);
  EXPECT_THAT(fault({known, known}), HasSubstr("given twice"));
  known.id = "p000";
  EXPECT_THAT(fault({known}), HasSubstr("'p000' already"));
  known.id = "";
  EXPECT_THAT(fault({known}), HasSubstr("no id"));
  EXPECT_THAT(fault({}), HasSubstr("1 to 100"));
  EXPECT_THAT(fault({{.id = "n"}}), HasSubstr("no modality"));
}

}  // namespace
