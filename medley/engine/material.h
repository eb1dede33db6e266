#pragma once

#include "medley/core/hash.h"
#include "medley/data/catalog_stream.h"
#include "medley/engine/config.h"
#include "medley/features/item_blocks.h"

#include <span>
#include <string>
#include <vector>

namespace medley::engine {

/// What a catalogue, or a block of one, holds for one feature: the columns of `fields`, item by item, as an
/// extractor takes them. A view, about 100 bytes an item; the catalogue outlives it. Media are not in it;
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

 private:
  std::vector<const std::string*> texts_;  ///< of each column the first value, as those below
  std::vector<const std::vector<std::string>*> categories_;
  std::vector<const double*> numbers_;
  std::vector<features::Item> items_;
};

/// The material of a whole catalogue that is not in memory. What it is made from outlives it.
class MaterialBlocks final : public features::ItemBlocks {
 public:
  /// `reads` is text, categories or numbers.
  MaterialBlocks(const data::CatalogStream& columns, const FeatureConfig& feature, features::Reads reads,
                 std::int32_t items);

  std::size_t size() const override { return static_cast<std::size_t>(items_); }
  /// Throws as `Material`.
  void for_each(const Use& use) const override;

 private:
  const data::CatalogStream& columns_;
  const FeatureConfig& feature_;
  features::Reads reads_;
  std::int32_t items_;
};

/// Whether an item has any text, category or number.
bool has_any(const features::Item& item);

/// Names what one item has.
std::string material_hash(const features::Item& item);

/// Names the material of many items that come in their order: changes when any value of any of them does.
class MaterialHasher {
 public:
  void add(const features::Item& item);
  std::string digest() const { return hasher_.digest(); }

 private:
  ContentHasher hasher_;
};

}  // namespace medley::engine
