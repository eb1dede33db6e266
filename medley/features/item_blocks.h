#pragma once

#include "medley/features/item.h"

#include <cstddef>
#include <functional>
#include <span>

namespace medley::features {

/// The items of a catalogue in their order, in blocks of which one is in memory at a time, read as often as
/// wanted: so a catalogue may be larger than memory.
class ItemBlocks {
 public:
  /// Takes a block; `first` is the number of its first item. The block is valid during the call.
  using Use = std::function<void(std::span<const Item> block, std::size_t first)>;

  virtual ~ItemBlocks() = default;

  /// How many items there are in all.
  virtual std::size_t size() const = 0;

  /// Hands every block to `use`, the same ones each time; no items are one empty block. What it throws ends
  /// it. One thread at a time.
  virtual void for_each(const Use& use) const = 0;
};

/// Items that are in memory anyway: one block. A view.
class ItemSpan final : public ItemBlocks {
 public:
  explicit ItemSpan(std::span<const Item> items) : items_(items) {}

  std::size_t size() const override { return items_.size(); }
  void for_each(const Use& use) const override { use(items_, 0); }

 private:
  std::span<const Item> items_;
};

}  // namespace medley::features
