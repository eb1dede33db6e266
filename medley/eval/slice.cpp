#include "medley/eval/slice.h"

#include "medley/core/error.h"

#include <algorithm>
#include <iterator>

namespace medley::eval {
namespace {

std::vector<UserResult> slice(std::span<const UserResult> results, std::span<const std::uint8_t> present,
                              bool wanted) {
  std::vector<UserResult> out;
  for (const auto& result : results) {
    UserResult kept;
    for (std::size_t i = 0; i < result.relevant.size(); ++i) {
      const auto row = static_cast<std::size_t>(result.relevant[i]);
      require(row < present.size(), "the presence bits end at row {}, item {} is held out", present.size(),
              result.relevant[i]);
      if ((present[row] != 0) != wanted) continue;
      kept.relevant.push_back(result.relevant[i]);
      if (!result.ranks.empty()) kept.ranks.push_back(result.ranks[i]);
      if (!result.beaten.empty()) kept.beaten.push_back(result.beaten[i]);
    }
    if (kept.relevant.empty()) continue;
    kept.user = result.user;
    kept.ranked = result.ranked;
    out.push_back(std::move(kept));
  }
  return out;
}

}  // namespace

std::vector<UserResult> slice_lacking(std::span<const UserResult> results,
                                      std::span<const std::uint8_t> present) {
  return slice(results, present, false);
}

std::vector<UserResult> slice_having(std::span<const UserResult> results,
                                     std::span<const std::uint8_t> present) {
  return slice(results, present, true);
}

std::vector<UserResult> slice_users(std::span<const UserResult> results,
                                    const std::function<bool(UserId)>& keep) {
  std::vector<UserResult> out;
  std::ranges::copy_if(results, std::back_inserter(out),
                       [&](const UserResult& result) { return keep(result.user); });
  return out;
}

}  // namespace medley::eval
