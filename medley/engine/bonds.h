#pragma once

#include "medley/engine/alike.h"
#include "medley/engine/explainer.h"

#include <cstddef>
#include <string>
#include <vector>

namespace medley::engine {

/// An item of a history that speaks for an item, and what of their content is alike.
struct Bond {
  std::string id;
  std::vector<AlikePart> parts;  ///< those with a cosine above 0, largest first; there are some
};

/// The features among `known` that a score hangs on, the largest share first; those of a fusion have its
/// share.
std::vector<std::string> speaking_features(const ExplainAnswer& answer,
                                           const std::vector<std::string>& known);

/// What binds `item` to the items of the history that speak for it, in the features that the score hangs on:
/// to the `most` of them that are most like it there. Items that `tables` and `dataset` do not know, and
/// those that have nothing in common with it, are left out; so are categories none of which both have.
std::vector<Bond> bonds_of(const ExplainAnswer& answer, const data::Dataset& dataset, const Tables& tables,
                           const std::string& item, std::size_t most, const RowParts& row_parts = {});

}  // namespace medley::engine
