#include "medley/models/ensemble/score_scale.h"

#include "medley/core/rng.h"
#include "medley/models/moments.h"

#include <algorithm>

namespace medley::models {
namespace {

// The deviation of millions of scores is known to a thousandth long before.
constexpr std::size_t kUsers = 4096;
constexpr std::uint64_t kSeed = 1;

Moments moments_outside(std::span<const float> scores, std::span<const ItemId> history) {
  Moments out;
  auto seen = history.begin();
  for (std::size_t j = 0; j < scores.size(); ++j) {
    if (seen != history.end() && static_cast<std::size_t>(*seen) == j)
      ++seen;
    else
      out.add(static_cast<double>(scores[j]));
  }
  return out;
}

std::vector<UserId> users_with_history(const data::Interactions& log) {
  std::vector<UserId> users;
  for (UserId user = 0; user < log.users; ++user)
    if (!log.items_of(user).empty()) users.push_back(user);
  if (users.size() <= kUsers) return users;
  Rng rng(kSeed);
  rng.shuffle(users);
  users.resize(kUsers);
  std::ranges::sort(users);
  return users;
}

}  // namespace

double deviation_outside(std::span<const float> scores, std::span<const ItemId> history) {
  return moments_outside(scores, history).deviation();
}

double deviation_of_scores(const Recommender& model, const data::Interactions& log,
                           const Services& services) {
  const auto users = users_with_history(log);
  services.progress.begin("scale of the scores", static_cast<std::int64_t>(users.size()));
  constexpr std::size_t kAtOnce = 256;
  math::Matrix scores(static_cast<math::Index>(std::min(kAtOnce, users.size())), log.items);
  Moments total;
  for (std::size_t first = 0; first < users.size(); first += kAtOnce) {
    services.cancel.check();
    std::vector<Query> queries;
    // Without names: a draw for each user is a draw as good under any.
    for (auto u = first; u < std::min(users.size(), first + kAtOnce); ++u)
      queries.push_back({"", log.items_of(users[u])});
    const auto out = scores.view().block(0, static_cast<math::Index>(queries.size()));
    model.score(queries, out, services.pool);
    std::vector<Moments> of_rows(queries.size());
    parallel_for(services.pool, out.rows(), 8, [&](std::int64_t begin, std::int64_t end) {
      for (auto q = begin; q < end; ++q)
        of_rows[static_cast<std::size_t>(q)] =
            moments_outside(out.row(q), queries[static_cast<std::size_t>(q)].history);
    });
    for (const auto& row : of_rows) total.add(row);
    services.progress.at(static_cast<std::int64_t>(first + queries.size()));
  }
  services.progress.end();
  return total.deviation();
}

}  // namespace medley::models
