#pragma once

#include "medley/core/services.h"
#include "medley/features/extractor.h"

#include <cstdint>
#include <span>
#include <string>
#include <vector>

namespace medley::features {

/// An optional ability of an extractor: many rows at once cost less than one at a time, and what a row is
/// made of is small beside the item (a picture at the size of the network). So items are prepared as their
/// files are decoded, and the rows follow while the next files are.
class Batched {
 public:
  virtual ~Batched() = default;

  /// What `rows` needs of an item; empty where it has no material, or, with a `note`, where that gives no
  /// row. Const and thread-safe.
  virtual std::vector<std::uint8_t> prepare(const Item& item, std::string& note) const = 0;

  /// A row for each of what `prepare` gave, absent where that is empty. Const and thread-safe.
  virtual Vectors rows(std::span<const std::vector<std::uint8_t>> prepared,
                       const Services& services) const = 0;
};

}  // namespace medley::features
