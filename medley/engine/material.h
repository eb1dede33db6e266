#pragma once

#include "medley/data/dataset.h"
#include "medley/engine/config.h"
#include "medley/features/extractor.h"

#include <span>
#include <string>
#include <vector>

namespace medley::engine {

/// What the catalogue holds for one feature: the columns of `fields`, item by item, as an extractor takes
/// them. A view of the catalogue, about 100 bytes an item; the catalogue outlives it. Media are not in it;
/// they are read file by file.
class Material {
 public:
  /// Throws `invalid_argument` naming the section and the columns there are, for a field that the catalogue
  /// lacks.
  Material(const data::Catalog& catalog, const FeatureConfig& feature, features::Reads reads,
           std::int32_t items);
  Material(const Material&) = delete;  // the items look into its lists of columns
  Material& operator=(const Material&) = delete;

  std::span<const features::Item> items() const { return items_; }

  /// Names the whole material: changes when any value of any item does.
  std::string hash() const;

  /// Names what one item has.
  std::string hash(std::size_t item) const;

  /// Whether an item has anything at all.
  bool has_any(std::size_t item) const;

 private:
  std::vector<const std::string*> texts_;  ///< of each column the first value, as those below
  std::vector<const std::vector<std::string>*> categories_;
  std::vector<const double*> numbers_;
  std::vector<features::Item> items_;
};

}  // namespace medley::engine
