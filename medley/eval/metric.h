#pragma once

#include "medley/eval/list_vectors.h"

#include <cstdint>
#include <span>
#include <string>
#include <vector>

namespace medley::eval {

using data::ItemId;
using data::UserId;

/// What a model gave one user, and what the user took.
struct UserResult {
  UserId user = -1;
  std::vector<ItemId> ranked;       ///< best first, at most the largest k asked for; may be short or empty
  std::vector<ItemId> relevant;     ///< held-out items among the candidates, rising, not empty
  std::vector<std::int32_t> ranks;  ///< place of each of `relevant` among the candidates not masked, from 1
  std::vector<double> beaten;       ///< share of the candidates neither masked nor held out that each of
                                    ///< `relevant` scores above, equal scores half; 1/2 where there are none
};

/// What metrics may know of the items.
struct ItemFacts {
  std::vector<std::int32_t> train_users;  ///< number of users of each item in the training part
  std::int32_t users = 0;                 ///< number of users of the training part
  std::int32_t candidates = 0;            ///< number of items that could be recommended
  const ListVectors* vectors = nullptr;   ///< of one feature; null where the data has none
};

/// Scores ranked lists against held-out items. Const and thread-safe. Every metric is taken over the same
/// users, all of `results`; an empty list counts 0.
class Metric {
 public:
  virtual ~Metric() = default;

  /// The definition, in one line of plain text.
  virtual std::string formula() const = 0;

  /// One value a user where the metric is a mean over users, else empty.
  virtual std::vector<double> user_values(std::span<const UserResult> results,
                                          const ItemFacts& facts) const = 0;

  /// Whether it needs `ItemFacts::vectors`.
  virtual bool reads_vectors() const { return false; }

  /// The metric over all users; 0 for no users. The mean of `user_values` where these exist.
  virtual double value(std::span<const UserResult> results, const ItemFacts& facts) const = 0;
};

}  // namespace medley::eval
