#pragma once

#include "medley/eval/registry.h"

#include <memory>
#include <string>
#include <vector>

namespace medley::eval::test {

inline UserResult result(std::vector<ItemId> ranked, std::vector<ItemId> relevant, UserId user = 0) {
  UserResult out;
  out.user = user;
  out.ranked = std::move(ranked);
  out.relevant = std::move(relevant);
  return out;
}

inline std::unique_ptr<Metric> metric(const std::string& name, int k) {
  Registry registry;
  register_builtin(registry);
  return registry.make(name, {{"k", std::to_string(k)}});
}

/// The metric of one user's list.
inline double metric_of(const std::string& name, int k, const UserResult& one, const ItemFacts& facts = {}) {
  return metric(name, k)->value(std::span(&one, 1), facts);
}

/// Facts that fit every list of items below `items`.
inline ItemFacts facts_of(std::int32_t items) {
  ItemFacts facts;
  facts.candidates = items;
  facts.users = 3 * items + 10;
  for (std::int32_t i = 0; i < items; ++i) facts.train_users.push_back(3 * i + 1);
  return facts;
}

}  // namespace medley::eval::test
