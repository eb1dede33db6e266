#pragma once

#include "medley/core/archive.h"
#include "medley/core/services.h"
#include "medley/data/feature_table.h"
#include "medley/features/item.h"
#include "medley/features/item_blocks.h"
#include "medley/math/csr.h"
#include "medley/math/matrix.h"

#include <cstdint>
#include <span>
#include <string>
#include <vector>

namespace medley::features {

/// One row an item.
struct Vectors {
  data::FeatureRows rows;
  std::vector<std::uint8_t> present;
  /// Why a row that had material is absent ("no usable words"), parallel to `present`; empty where nothing is
  /// to be said.
  std::vector<std::string> notes;
};

/// What one part of an item's material (a word, a frame of a clip) adds to an inner product of its row.
struct RowPart {
  std::string name;
  double value = 0.0;
  /// A place in the item's own material, such as a frame: another item's part of this name is another thing.
  bool is_place = false;
};

/// An ability of extractors whose rows are sums over parts that a reader knows.
class TakesRowsApart {
 public:
  virtual ~TakesRowsApart() = default;

  /// The values sum to <row of the item - origin, direction>; each part once, in no promised order, and none
  /// for an item without a row. `origin` (the mean of a catalogue, or zeros) and `direction` have `dim()`
  /// numbers. Costs what the row costs. Const and thread-safe.
  virtual std::vector<RowPart> parts(const Item& item, std::span<const float> origin,
                                     std::span<const float> direction, const Services& services) const = 0;
};

/// Throws where an origin or a direction has another length than rows of `dim` numbers.
void require_lengths(std::span<const float> origin, std::span<const float> direction, int dim);

/// Turns the material of items into vectors of one length. `per_item` extractors look at one item at a time;
/// `fitted` ones learn from the catalogue first and keep a state, so that a new item is transformed by it.
class Extractor {
 public:
  virtual ~Extractor() = default;

  virtual Reads reads() const = 0;
  virtual bool fitted() const = 0;

  /// Raised when the numbers that the extractor gives change: it is part of the cache key.
  virtual int version() const = 0;

  /// Of one that reads pictures: one that comes reduced by a half, a quarter or an eighth while it is
  /// decoded, with both sides still this long, changes its row by no more than the rounding of pixels to
  /// bytes does. 0: pictures come as they are.
  virtual int min_side() const { return 0; }

  /// Learns from the whole catalogue. Called once for a fitted extractor, never for a per-item one, which
  /// leaves this and the two for a state as they are.
  virtual void fit(const ItemBlocks& /*items*/, const Services& /*services*/) {}

  /// `fit`, and what `transform_all` of the same items then gives; for those that do both in one go.
  virtual Vectors fit_transform(const ItemBlocks& items, const Services& services);

  /// Const and thread-safe. Rows of items without material are absent.
  virtual Vectors transform(std::span<const Item> items, const Services& services) const = 0;

  /// Why the same items and parameters give other numbers another time (a training whose threads race); ""
  /// where they give the same. Of a fitted one, after `fit`.
  virtual std::string racy() const { return ""; }

  /// Length of a vector; of a fitted one, after `fit` or `load`.
  virtual int dim() const = 0;

  /// A name for each column where it has one (a word, a genre), else empty.
  virtual std::vector<std::string> columns() const = 0;

  /// The state of a fitted extractor; `load` of what `save` wrote gives the same vectors.
  virtual void save(ArchiveWriter& /*out*/) const {}
  virtual void load(const ArchiveReader& /*in*/) {}
};

/// The rows of all items, which `transform` makes of one block after the other. Memory beside them: a block.
Vectors transform_all(const Extractor& extractor, const ItemBlocks& items, const Services& services);

}  // namespace medley::features
