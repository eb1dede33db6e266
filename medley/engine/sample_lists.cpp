#include "medley/engine/sample_lists.h"

#include "medley/core/hash.h"

#include <algorithm>

namespace medley::engine {

std::vector<SampleUser> sample_users(const std::vector<eval::UserResult>& results,
                                     const data::Interactions& train, const data::Dataset& dataset,
                                     int count) {
  std::vector<std::pair<std::uint64_t, std::size_t>> order;
  for (std::size_t i = 0; i < results.size(); ++i) {
    if (!train.items_of(results[i].user).empty())
      order.emplace_back(xxh64(dataset.users.id(results[i].user)), i);
  }
  const auto kept = std::min(order.size(), static_cast<std::size_t>(std::max(count, 0)));
  std::partial_sort(order.begin(), order.begin() + static_cast<std::ptrdiff_t>(kept), order.end());
  order.resize(kept);
  std::vector<SampleUser> out;
  for (const auto& [hash, at] : order) {
    const auto history = train.items_of(results[at].user);
    out.push_back({results[at].user, {history.begin(), history.end()}, results[at].relevant});
  }
  return out;
}

void add_lists(std::vector<SampleUser>& users, const std::vector<eval::UserResult>& results, int k) {
  for (auto& user : users) {
    auto& list = user.lists.emplace_back();
    const auto found = std::find_if(results.begin(), results.end(),
                                    [&](const auto& result) { return result.user == user.user; });
    if (found == results.end()) continue;
    const auto length = std::min(found->ranked.size(), static_cast<std::size_t>(k));
    list.assign(found->ranked.begin(), found->ranked.begin() + static_cast<std::ptrdiff_t>(length));
  }
}

}  // namespace medley::engine
