#pragma once

#include "medley/data/interactions.h"
#include "medley/engine/content.h"

#include <cstdint>
#include <string>
#include <vector>

namespace medley::engine {

struct RunSplit;

/// One change of what a model is fitted on. Its settings, the test, and the names and number of its features
/// stay, so that whatever a spec says of a feature still fits.
struct Variation {
  enum class Change {
    removed,   ///< no item has the features
    noise,     ///< Gaussian rows in place of the features' own, of the same length, for the same items
    shuffled,  ///< the items that have a feature exchange its rows
    presence,  ///< one column in place of a feature: whether the item has it
    dropped,   ///< `share` of the items that have one of the features lose them all
    replaced,  ///< `share` of the training pairs have a random item; see data/random_items.h
  };
  Change change = Change::removed;
  std::vector<std::string> features;  ///< names of feature tables; none for `replaced`
  double share = 1.0;                 ///< of `dropped` and `replaced`

  bool operator==(const Variation&) const = default;
};

/// The tables, with those that the variation names changed; same seed, same rows. A sparse table becomes
/// sparse noise: as many numbers a row as there were, in columns drawn anew. What a share drops, a larger
/// share with the same seed drops, too.
Tables varied_tables(const Tables& tables, const Variation& variation, std::uint64_t seed);

/// What a run is fitted on and what leaves its candidates, with `share` of the pairs replaced. A pair that
/// was replaced leaves the candidates under both of its items: the user has seen the one, and the log says so
/// of the other.
struct VariedTrain {
  data::Interactions train;
  data::Interactions masked;
};
VariedTrain replaced_train(const RunSplit& split, double share, std::uint64_t seed);

}  // namespace medley::engine
