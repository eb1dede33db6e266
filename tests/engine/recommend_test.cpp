#include "medley/engine/recommend.h"

#include "medley/engine/explainer.h"
#include "medley/engine/train.h"

#include "tests/engine/small_world.h"
#include <gmock/gmock.h>

#include <set>

using namespace medley;
using namespace medley::engine::test;
using engine::Reason;
using engine::RecommendAnswer;
using engine::RecommendRequest;
using ::testing::Each;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;

namespace {

class Recommend : public ::testing::Test {
 protected:
  RecommendAnswer ask(const std::string& spec, const RecommendRequest& request) {
    const auto model = trained(folder_, world_, spec);
    return engine::recommend(model, world_.dataset, request, pool_);
  }

  static std::vector<std::string> ids(const RecommendAnswer& answer) {
    std::vector<std::string> out;
    for (const auto& item : answer.items) out.push_back(item.id);
    return out;
  }

  const data::TempFolder folder_;
  World world_ = two_tastes();
  ThreadPool pool_{1};
};

TEST_F(Recommend, lists_the_unseen_items_of_ones_taste_first_and_nothing_seen) {
  const auto history = engine::history_of(world_.dataset, "u0", data::default_kind_weights(), {});
  ASSERT_EQ(history.size(), 7u);
  const auto answer = ask("item_knn(k=20)", {.user = "u0", .history = history, .k = 3});
  ASSERT_EQ(answer.items.size(), 3u);
  const std::set<std::string> seen(history.begin(), history.end());
  for (const auto& item : answer.items) {
    EXPECT_EQ(item.id.front(), 'a');
    EXPECT_EQ(seen.count(item.id), 0u);
  }
  EXPECT_GE(answer.items[0].score, answer.items[1].score);
  EXPECT_THAT(answer.notes, IsEmpty());
}

TEST_F(Recommend, leaves_out_what_is_excluded_and_lists_what_was_seen_on_request) {
  const std::vector<std::string> history{"a0", "a1"};
  EXPECT_THAT(ids(ask("ease(lambda=5)", {.history = history, .exclude = {"a2", "a3"}, .k = 30})),
              ::testing::Not(::testing::Contains(::testing::AnyOf("a0", "a1", "a2", "a3"))));
  const auto again =
      ask("ease(lambda=5)", {.history = history, .exclude = {"a2"}, .include_seen = true, .k = 30});
  EXPECT_THAT(ids(again), ::testing::IsSupersetOf({"a0", "a1"}));
  EXPECT_EQ(again.items.size(), 21u);
}

TEST_F(Recommend, gives_what_there_is_and_why_where_k_is_above_the_candidates) {
  for (const auto* spec : {"item_knn", "content", "popularity", "random", "graph_filter"}) {
    const auto answer = ask(spec, {.history = {"a0"}, .k = 100});
    EXPECT_EQ(answer.items.size(), 21u) << spec;
    const auto listed = ids(answer);
    EXPECT_EQ(std::set(listed.begin(), listed.end()).size(), 21u) << spec;
    ASSERT_EQ(answer.notes.size(), 1u) << spec;
    EXPECT_THAT(answer.notes.front(), HasSubstr("100 asked for, 21 there"));
  }
}

TEST_F(Recommend, a_user_who_has_seen_everything_gets_an_empty_list_and_the_reason) {
  const auto answer = ask("graph_filter", {.user = "u0", .history = world_.dataset.items.ids(), .k = 5});
  EXPECT_THAT(answer.items, IsEmpty());
  ASSERT_EQ(answer.notes.size(), 1u);
  EXPECT_THAT(answer.notes.front(), HasSubstr("0 are candidates"));
}

TEST_F(Recommend, answers_for_the_bare_history_of_someone_never_seen) {
  for (const auto* spec : {"item_knn(k=20)", "ease(lambda=5)", "content", "content_ridge", "graph_filter"}) {
    const auto answer = ask(spec, {.history = {"b0", "b4"}, .k = 4});
    for (const auto& id : ids(answer)) EXPECT_EQ(id.front(), 'b') << spec;
  }
}

TEST_F(Recommend, an_unknown_id_of_the_history_is_left_out_and_counted_a_repeated_one_is_not) {
  const auto answer = ask("item_knn", {.history = {"a0", "zz", "a0"}, .k = 2});
  ASSERT_EQ(answer.notes.size(), 1u);
  EXPECT_EQ(answer.notes.front(), "1 of 3 items of the history are not known to the model");
  EXPECT_EQ(ids(answer), ids(ask("item_knn", {.history = {"a0"}, .k = 2})));
  EXPECT_THAT(ask("item_knn", {.history = {"a0", "a0"}, .k = 2}).notes, IsEmpty());
}

TEST_F(Recommend, an_empty_history_gets_the_most_popular_items_marked_as_such) {
  add_event(world_.dataset, "u1", "a10");
  for (const auto* user : {"x", "y", "z"}) {
    for (int u = 0; u < 20; ++u) add_event(world_.dataset, user + std::to_string(u), "b10");
  }
  for (const auto* spec : {"item_knn", "content", "graph_filter"}) {
    const auto answer = ask(spec, {.user = "new", .k = 30});
    ASSERT_EQ(answer.items.size(), 22u) << spec;
    EXPECT_EQ(answer.items.front().id, "b10") << spec;
    EXPECT_EQ(answer.items.back().id, "a10") << spec;
    for (const auto& item : answer.items) EXPECT_EQ(item.reason, Reason::popular);
    EXPECT_THAT(answer.items.front().sentence, HasSubstr("chosen by 60 users"));
    EXPECT_THAT(answer.items.back().sentence, HasSubstr("chosen by 1 user"));
  }
}

TEST_F(Recommend, never_names_the_constant_as_what_items_share) {
  // Without a colour, a9 and b9 have the constant alone, and it speaks for them as for all.
  bool met = false;
  for (const auto& item : ask("content_ridge(features=color)", {.history = {"a0", "a1"}, .k = 22}).items) {
    EXPECT_THAT(item.sentence, Not(HasSubstr("constant"))) << item.id;
    if (item.id != "a9" && item.id != "b9") continue;
    met = true;
    EXPECT_GT(item.score, 0.0);
    EXPECT_EQ(item.reason, Reason::content);
    EXPECT_EQ(item.sentence, "less is said against it in the history than against others");
  }
  EXPECT_TRUE(met);
}

TEST_F(Recommend, says_history_content_or_popular_as_it_is) {
  for (const auto& item : ask("item_knn(k=20)", {.history = {"a0"}, .k = 3}).items) {
    EXPECT_EQ(item.reason, Reason::history);
    EXPECT_EQ(item.sentence, "chosen by people who also chose 'title of a0'");
  }
  for (const auto& item : ask("content(features=words)", {.history = {"a0"}, .k = 3}).items) {
    EXPECT_EQ(item.reason, Reason::content);
    EXPECT_THAT(item.sentence, HasSubstr("like 'title of a0' in "));
  }
  for (const auto& item : ask("popularity", {.history = {"a0"}, .k = 3}).items) {
    EXPECT_EQ(item.reason, Reason::popular);
    EXPECT_THAT(item.sentence, HasSubstr("chosen by "));
  }
  // Nobody knows a10; the model's content speaks for it.
  for (const auto& item : ask("graph_filter(c=1,g=0.1)", {.history = {"a0", "a1"}, .k = 12}).items) {
    if (item.id == "a10") {
      EXPECT_EQ(item.reason, Reason::content);
    }
  }
}

TEST_F(Recommend, what_the_model_speaks_against_comes_after_what_it_is_silent_about) {
  // By colour alone b-items are unlike the history, and a9 and b9 have no colour: their score is 0.
  const auto answer = ask("content(features=color)", {.history = {"a0"}, .k = 30});
  ASSERT_EQ(answer.items.size(), 21u);
  for (std::size_t i = 1; i < answer.items.size(); ++i)
    EXPECT_GE(answer.items[i - 1].score, answer.items[i].score) << i;
  EXPECT_LT(answer.items.back().score, 0.0);
  for (const auto& item : answer.items) {
    if (item.id == "a9" || item.id == "b9") {
      EXPECT_EQ(item.reason, Reason::popular);
    }
  }
}

TEST_F(Recommend, prints_the_score_that_explain_takes_apart) {
  const std::vector<std::string> history{"a0", "a3", "b2"};
  for (const auto* spec :
       {"item_knn", "ease(lambda=5)", "content", "content_ridge", "graph_filter", "popularity"}) {
    const auto model = trained(folder_, world_, spec);
    const auto answer =
        engine::recommend(model, world_.dataset, {.user = "u0", .history = history, .k = 30}, pool_);
    for (const auto& item : answer.items) {
      const auto told = engine::explain(model, world_.dataset, "u0", history, item.id, pool_);
      EXPECT_EQ(told.score, item.score) << spec << " " << item.id;
    }
  }
}

TEST_F(Recommend, equal_scores_are_ordered_by_user_and_id_not_by_row) {
  std::set<std::string> first;
  for (const auto* user : {"u0", "u1", "u2", "u3", "u4", "u5"})
    first.insert(ask("popularity", {.user = user, .k = 1}).items.front().id);
  EXPECT_GT(first.size(), 1u);
  EXPECT_EQ(ids(ask("popularity", {.user = "u0", .k = 5})), ids(ask("popularity", {.user = "u0", .k = 5})));
}

TEST_F(Recommend, refuses_a_k_out_of_range) {
  EXPECT_THAT(error_of([&] { ask("popularity", {.k = 0}); }), HasSubstr("k must be in"));
}

TEST_F(Recommend, a_long_title_is_cut_between_characters) {
  world_.dataset.catalog.texts.front().values[0] = std::string(59, 'x') + "éééé";
  const auto answer = ask("item_knn(k=20)", {.history = {"a0"}, .k = 1});
  EXPECT_EQ(answer.items.front().sentence, "chosen by people who also chose '" + std::string(59, 'x') + "…'");
}

TEST_F(Recommend, a_history_is_made_of_what_counts) {
  data::Dataset dataset;
  dataset.log.kinds = {"view", "dislike"};
  add_event(dataset, "u", "good", 1, 5);
  add_event(dataset, "u", "weak", 2, 1);
  add_event(dataset, "u", "bad", 3, 5);
  dataset.log.events.back().kind = 1;
  add_event(dataset, "other", "else", 4, 5);
  const auto weights = data::default_kind_weights();
  EXPECT_EQ(engine::history_of(dataset, "u", weights, {}), (std::vector<std::string>{"good", "weak"}));
  EXPECT_EQ(engine::history_of(dataset, "u", weights, 3.0), (std::vector<std::string>{"good"}));
  EXPECT_THAT(engine::history_of(dataset, "never seen", weights, {}), IsEmpty());
}

TEST(RecommendFromTheStore, uses_the_events_of_now_and_not_those_of_the_training) {
  const Shop shop;
  shop.import();
  const auto workspace = shop.workspace();
  QuietServices quiet(1);
  const auto plugins = engine::builtin_plugins();
  {
    const auto dataset = shop.dataset();
    engine::train(workspace, dataset, {}, plugins, "item_knn(k=50)", quiet);
  }
  const engine::TrainedModel model(workspace.model("item_knn"), plugins.models);
  const auto ask = [&](const std::string& user) {
    const auto dataset = shop.dataset();
    const auto history = engine::history_of(dataset, user, data::default_kind_weights(), {});
    return engine::recommend(model, dataset, {.user = user, .history = history, .k = 2}, quiet.pool());
  };
  EXPECT_EQ(ask("newcomer").items.front().reason, Reason::popular);
  // A newcomer takes blue coats; the model is not trained again.
  shop.write_events(shop.events() + "newcomer,p001,5,1800000000\nnewcomer,p009,5,1800000001\n");
  shop.import();
  const auto answer = ask("newcomer");
  for (const auto& item : answer.items) {
    EXPECT_EQ(item.reason, Reason::history);
    EXPECT_EQ((item.id.back() - '0') % 2, 1) << item.id;
    EXPECT_NE(item.id, "p001");
    EXPECT_NE(item.id, "p009");
  }
}

TEST_F(Recommend, leaves_out_what_the_catalogue_of_now_says_is_not_to_be_had) {
  const std::vector<std::string> history{"a0", "a1"};
  const RecommendRequest request{.history = history, .k = 30, .at = 1000};
  const auto all = ids(ask("ease(lambda=5)", request));
  ASSERT_THAT(all, ::testing::IsSupersetOf({"a2", "a3", "b0"}));
  auto& catalog = world_.dataset.catalog;
  catalog.availability.resize(static_cast<std::size_t>(world_.dataset.item_count()));
  const auto at = [&](const char* id) -> data::Availability& {
    return catalog.availability[static_cast<std::size_t>(*world_.dataset.items.find(id))];
  };
  at("a2").listed = false;
  at("a3").from = 1001;
  at("a4").from = 1000;
  at("b0").until = 1000;
  at("b1").until = 1001;
  auto expected = all;
  std::erase_if(expected, [](const auto& id) { return id == "a2" || id == "a3" || id == "b0"; });
  EXPECT_EQ(ids(ask("ease(lambda=5)", request)), expected);
  EXPECT_THAT(ask("ease(lambda=5)", request).notes, Each(HasSubstr("unavailable")));
}

}  // namespace
