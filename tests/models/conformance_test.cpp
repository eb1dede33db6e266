#include "medley/core/file.h"
#include "medley/models/scores_new_items.h"

#include "toy.h"

#include <algorithm>
#include <cmath>
#include <fstream>

using namespace medley;
using namespace medley::models;

// What every model must do, run over the registry: a new plugin is tested with no edit here.
namespace {

constexpr int kUsers = 25;
constexpr int kItems = 18;
constexpr int kCold = 3;

const Registry& registry() {
  static const Registry all = [] {
    Registry out;
    register_builtin(out);
    return out;
  }();
  return all;
}

class EveryModel : public testing::TestWithParam<std::string> {
 protected:
  std::unique_ptr<Recommender> fresh() const { return registry().make(GetParam()); }

  std::unique_ptr<Recommender> fitted(const data::Interactions& data, int threads = 2) const {
    auto model = fresh();
    QuietServices services(threads);
    const auto vectors = toy::vectors(model->content_use().form, data.items);
    model->fit({&data, vectors}, services);
    return model;
  }

  std::unique_ptr<Recommender> fitted() const { return fitted(log_); }

  /// Histories of every length, those of items never seen included.
  std::vector<std::vector<ItemId>> histories() const {
    std::vector<std::vector<ItemId>> out{{}, {kItems - 1}, toy::everything(kItems), {0, kItems - 2}};
    for (UserId user = 0; user < kUsers; ++user) {
      const auto items = log_.items_of(user);
      out.emplace_back(items.begin(), items.end());
    }
    return out;
  }

  static math::Matrix batch(const Recommender& model, const std::vector<std::vector<ItemId>>& histories,
                            int threads = 2) {
    std::vector<Query> queries;
    for (const auto& history : histories) queries.push_back({"u", history});
    math::Matrix out(static_cast<math::Index>(queries.size()), kItems);
    ThreadPool pool(threads);
    model.score(queries, out.view(), pool);
    return out;
  }

  static void expect_same(const math::Matrix& a, const math::Matrix& b) {
    for (math::Index i = 0; i < a.rows(); ++i)
      for (math::Index j = 0; j < a.cols(); ++j) ASSERT_EQ(a(i, j), b(i, j)) << i << " " << j;
  }

  static void put_byte(const std::filesystem::path& path, std::size_t place, char byte) {
    std::fstream file(path, std::ios::binary | std::ios::in | std::ios::out);
    file.seekp(static_cast<std::streamoff>(place));
    file.put(byte);
  }

  const data::Interactions log_ = toy::random_interactions(kUsers, kItems, .25, kCold);
};

TEST_P(EveryModel, gives_finite_scores_for_every_history) {
  const auto model = fitted();
  math::Matrix out(1, kItems);
  for (const auto& history : histories())
    for (const float score : toy::scores(*model, kItems, history)) EXPECT_TRUE(std::isfinite(score));
}

TEST_P(EveryModel, fitted_twice_is_the_same_whatever_the_number_of_threads) {
  expect_same(batch(*fitted(log_, 1), histories(), 1), batch(*fitted(log_, 3), histories(), 3));
}

TEST_P(EveryModel, overwrites_what_stood_in_the_result) {
  const auto model = fitted();
  const auto wanted = toy::scores(*model, kItems, {0, 1});
  std::vector<float> out(kItems, 1e9f);
  const std::vector<ItemId> history{0, 1};
  const Query query{"u", history};
  ThreadPool pool(1);
  model->score({&query, 1}, {out.data(), 1, kItems}, pool);
  EXPECT_EQ(out, wanted);
}

TEST_P(EveryModel, answers_a_batch_as_it_answers_one_by_one) {
  const auto model = fitted();
  const auto together = batch(*model, histories());
  for (std::size_t q = 0; q < histories().size(); ++q) {
    const auto alone = toy::scores(*model, kItems, histories()[q]);
    for (std::size_t j = 0; j < alone.size(); ++j) {
      const float found = together(static_cast<math::Index>(q), static_cast<math::Index>(j));
      EXPECT_NEAR(found, alone[j], 1e-5f * std::max(1.0f, std::abs(alone[j])));
    }
  }
}

TEST_P(EveryModel, looks_at_the_history_and_not_at_who_asks) {
  if (GetParam() == "random") GTEST_SKIP() << "a draw for each user";
  const auto model = fitted();
  for (const auto& history : histories())
    EXPECT_EQ(toy::scores(*model, kItems, history, "ann"), toy::scores(*model, kItems, history, "bob"));
}

TEST_P(EveryModel, answers_from_its_file_alone_to_the_bit) {
  const toy::TempFile file;
  math::Matrix wanted;
  {
    const auto model = fitted();
    wanted = batch(*model, histories());
    toy::save(*model, file.path());
  }
  auto loaded = fresh();
  loaded->load(ArchiveReader(file.path(), "model"));
  expect_same(batch(*loaded, histories()), wanted);

  // And saved once more from the map.
  const toy::TempFile again;
  toy::save(*loaded, again.path());
  EXPECT_EQ(read_file(file.path(), 1 << 24), read_file(again.path(), 1 << 24));
}

TEST_P(EveryModel, refuses_a_file_cut_at_any_byte) {
  const toy::TempFile file;
  toy::save(*fitted(), file.path());
  for (auto length = std::filesystem::file_size(file.path()); length-- > 0;) {
    std::filesystem::resize_file(file.path(), length);
    EXPECT_THROW(fresh()->load(ArchiveReader(file.path(), "model")), Error) << length;
  }
}

TEST_P(EveryModel, a_flipped_bit_is_refused_or_never_leaves_the_map) {
  const toy::TempFile file;
  toy::save(*fitted(), file.path());
  const auto bytes = read_file(file.path(), 1 << 24);
  for (std::size_t i = 0; i < bytes.size(); ++i) {
    put_byte(file.path(), i, static_cast<char>(bytes[i] ^ (1 << (i % 8))));
    auto model = fresh();
    bool loaded = true;
    try {
      model->load(ArchiveReader(file.path(), "model"));
    } catch (const Error&) {
      loaded = false;
    }
    if (loaded) batch(*model, {{}, {0, 1}, toy::everything(kItems)}, 1);
    put_byte(file.path(), i, bytes[i]);
  }
}

TEST_P(EveryModel, refuses_an_archive_of_another_model) {
  const toy::TempFile file;
  ArchiveWriter writer(file.path(), "model");
  writer.put("something", std::vector<float>{1});
  writer.commit();
  EXPECT_THROW(fresh()->load(ArchiveReader(file.path(), "model")), Error);
}

TEST_P(EveryModel, refuses_a_history_outside_its_items_and_a_result_that_does_not_fit) {
  const auto model = fitted();
  EXPECT_THROW(toy::scores(*model, kItems, {kItems}), Error);
  EXPECT_THROW(toy::scores(*model, kItems, {-1}), Error);
  EXPECT_THROW(toy::scores(*model, kItems + 1, {}), Error);
}

TEST_P(EveryModel, takes_one_user_one_item_and_no_events) {
  for (const auto& log :
       {toy::interactions(1, 4, {{0, 2}}), toy::interactions(1, 1, {{0, 0}}), toy::interactions(3, 4, {})}) {
    const auto model = fitted(log);
    for (const float score : toy::scores(*model, log.items, toy::everything(log.items)))
      EXPECT_TRUE(std::isfinite(score));
  }
}

TEST_P(EveryModel, explains_the_score_that_it_gave) {
  const auto model = fitted();
  const auto* explains = dynamic_cast<const Explains*>(model.get());
  if (explains == nullptr) GTEST_SKIP() << "its scores are not sums";
  for (const auto& history : histories()) {
    const auto given = toy::scores(*model, kItems, history);
    for (ItemId item = 0; item < kItems; ++item) {
      const auto parts = explains->explain({"u", history}, item);
      const double tolerance = 1e-5 * std::max(1.0, std::abs(parts.score));
      EXPECT_NEAR(parts.score, given[static_cast<std::size_t>(item)], tolerance);
      double by_history = 0, by_modality = 0, by_term = 0;
      for (const auto& [of, value] : parts.by_history) by_history += value;
      for (const auto& [of, value] : parts.by_modality) by_modality += value;
      for (const auto& [of, value] : parts.by_term) by_term += value;
      if (!parts.by_history.empty()) {
        EXPECT_EQ(parts.by_history.size(), history.size());
        EXPECT_NEAR(by_history, parts.score, tolerance);
      }
      EXPECT_FALSE(parts.by_modality.empty());
      EXPECT_NEAR(by_modality, parts.score, tolerance);
      EXPECT_NEAR(by_term, parts.by_term.empty() ? 0 : parts.score, tolerance);
    }
  }
  EXPECT_THROW(explains->explain({"u", {}}, kItems), Error);
  EXPECT_THROW(explains->explain({"u", {}}, -1), Error);
}

TEST_P(EveryModel, tells_items_never_seen_apart_if_it_says_so) {
  const auto model = fitted();
  const auto scores = toy::scores(*model, kItems, {0, 1, 2, 3});
  const std::vector<float> unseen(scores.end() - kCold, scores.end());
  EXPECT_EQ(std::ranges::adjacent_find(unseen, std::ranges::not_equal_to{}) != unseen.end(),
            model->scores_unseen_items());
}

TEST_P(EveryModel, describes_each_parameter) {
  const auto& entry = registry().at(GetParam());
  EXPECT_FALSE(entry.summary.empty());
  for (const auto& field : entry.params) EXPECT_FALSE(field.help.empty()) << field.name;
  EXPECT_THROW(registry().make(GetParam(), {{"no_such_parameter", "1"}}), Error);
}

TEST_P(EveryModel, scores_a_new_item_as_one_of_the_same_vectors_that_nobody_chose) {
  const auto model = fitted();
  const auto* places = dynamic_cast<const ScoresNewItems*>(model.get());
  if (places == nullptr) GTEST_SKIP() << "it does not score new items";
  EXPECT_TRUE(model->scores_unseen_items());
  const auto vectors = toy::vectors(model->content_use().form, kItems);
  ThreadPool pool(2);
  const auto shares = places->new_item_shares(toy::last_rows(*vectors, kCold), pool);
  ASSERT_FALSE(shares.empty());
  for (const auto& history : histories()) {
    const auto wanted = toy::scores(*model, kItems, history);
    for (math::Index j = 0; j < kCold; ++j) {
      double score = 0;
      for (const auto& share : shares)
        for (const ItemId i : history) score += static_cast<double>(share.values(j, i));
      const auto expected = wanted[static_cast<std::size_t>(kItems - kCold + j)];
      EXPECT_NEAR(score * places->history_factor(history.size()), expected,
                  1e-4 * std::max(1.0f, std::abs(expected)));
    }
  }
}

TEST_P(EveryModel, refuses_new_items_that_lack_a_feature_of_it) {
  const auto model = fitted();
  const auto* places = dynamic_cast<const ScoresNewItems*>(model.get());
  if (places == nullptr) GTEST_SKIP() << "it does not score new items";
  ThreadPool pool(1);
  EXPECT_THROW((void)places->new_item_shares({}, pool), Error);
}

INSTANTIATE_TEST_SUITE_P(registry, EveryModel, testing::ValuesIn(registry().names()),
                         [](const auto& param) { return param.param; });

}  // namespace
