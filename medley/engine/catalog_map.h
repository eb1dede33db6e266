#pragma once

#include "medley/core/services.h"
#include "medley/data/id_map.h"
#include "medley/data/item_vectors.h"

#include <array>
#include <cstdint>
#include <vector>

namespace medley::engine {

/// The catalogue on a plane: near means alike in content.
struct CatalogMap {
  std::vector<data::ItemId> items;   ///< those with a vector, rising
  std::vector<float> x;              ///< first principal component, one an item of `items`
  std::vector<float> y;              ///< second
  std::array<double, 2> variance{};  ///< share of the whole that each keeps
  std::int64_t left_out = 0;         ///< items without any feature
};

/// The first two principal components of `vectors` over the items that have one, by subspace iteration with
/// Rayleigh-Ritz on [6 x columns] directions (Halko, Martinsson, Tropp, SIAM Review 2011), centred without
/// copying the vectors. The coordinate of largest magnitude of each component is positive. Same vectors and
/// threads: same map. Empty when fewer than three items have a vector. Throws `interrupted`.
CatalogMap map_catalog(const data::ItemVectors& vectors, const Services& services);

}  // namespace medley::engine
