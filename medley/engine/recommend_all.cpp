#include "medley/engine/recommend_all.h"

#include "medley/math/matrix.h"

#include <algorithm>

namespace medley::engine {
namespace {

constexpr std::int64_t kMaxBlock = 256;

std::int64_t users_in_a_block(std::int64_t items) {
  constexpr std::int64_t kScores = std::int64_t{64} * 1000 * 1000 / sizeof(float);
  return std::clamp<std::int64_t>(kScores / std::max<std::int64_t>(1, items), 1, kMaxBlock);
}

Asker asker_of(const data::Dataset& dataset, const data::Interactions& histories, data::UserId user) {
  Asker out;
  out.user = dataset.users.id(user);
  for (const auto item : histories.items_of(user)) out.history.push_back(dataset.items.id(item));
  return out;
}

}  // namespace

std::int64_t recommend_all(const TrainedModel& model, const data::Dataset& dataset,
                           const data::Interactions& histories, const ListOptions& options,
                           const Tables& tables, const Services& services, const ListSink& sink) {
  const ListMaker maker(model, dataset, options, tables);
  const std::int64_t users = histories.users;
  const auto block = users_in_a_block(model.items().size());
  math::Matrix scores(block, model.items().size());
  services.progress.begin("recommend", users);
  for (std::int64_t first = 0; first < users; first += block) {
    services.cancel.check();
    const auto count = std::min(block, users - first);
    std::vector<Asker> askers;
    std::vector<std::vector<data::ItemId>> rows;
    for (auto user = first; user < first + count; ++user) {
      askers.push_back(asker_of(dataset, histories, static_cast<data::UserId>(user)));
      rows.push_back(model.rows_of(askers.back().history));
    }
    std::vector<models::Query> queries;
    for (std::size_t q = 0; q < askers.size(); ++q) queries.push_back({askers[q].user, rows[q]});
    const auto out = scores.view().block(0, count);
    model.model().score(queries, out, services.pool);
    std::vector<RecommendAnswer> answers(askers.size());
    parallel_for(services.pool, count, 4, [&](std::int64_t begin, std::int64_t end) {
      for (auto q = begin; q < end; ++q)
        answers[static_cast<std::size_t>(q)] = maker.list(askers[static_cast<std::size_t>(q)], out.row(q));
    });
    for (std::size_t q = 0; q < askers.size(); ++q) sink(askers[q].user, answers[q]);
    services.progress.at(first + count);
  }
  services.progress.end();
  return users;
}

}  // namespace medley::engine
