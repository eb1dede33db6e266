#pragma once

#include "medley/core/spool.h"
#include "medley/features/extractor.h"
#include "medley/features/text/terms.h"

#include <cstdint>
#include <functional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace medley::features {

/// Numbers distinct texts in the order in which they are first seen. Not for two threads at once.
class TermTable {
 public:
  TermTable();

  std::int32_t number_of(std::string_view term);
  /// In the order of their numbers.
  std::vector<std::string>& terms() { return terms_; }

 private:
  struct Slot {
    std::uint32_t hash = 0;
    std::int32_t number = -1;
  };
  void grow();

  std::vector<Slot> slots_;  ///< open addressing, a power of two of them, at most half full
  std::vector<std::string> terms_;
};

/// How often a catalogue's terms occur.
struct TermCounts {
  std::vector<std::string> terms;         ///< distinct, in byte order
  std::vector<std::int64_t> items;        ///< of each term, how many items have it
  std::vector<std::int64_t> occurrences;  ///< of each term, over all items
  std::vector<std::string> notes;         ///< why an item that has text has no terms
};

/// The terms of each item, under their numbers in `TermCounts`. In memory are about 8 bytes an item and what
/// a `Spool` holds beside the numbers of the terms.
class ItemTerms {
 public:
  /// A term of an item, and how often it occurs there.
  struct Entry {
    std::int32_t term;
    std::int32_t times;
  };
  /// Of items `first`, `first + 1`, ...: of the k-th one `entries[offsets[k]]` to `entries[offsets[k + 1]]`,
  /// by rising term.
  struct Block {
    std::size_t first = 0;
    std::vector<std::int64_t> offsets;
    std::vector<Entry> entries;

    std::size_t size() const { return offsets.size() - 1; }
    std::span<const Entry> of(std::size_t k) const {
      return std::span(entries).subspan(static_cast<std::size_t>(offsets[k]),
                                        static_cast<std::size_t>(offsets[k + 1] - offsets[k]));
    }
  };

  /// Hands all items out in their order, about a million entries at a time.
  void for_each(const std::function<void(const Block& block)>& use, const Services& services) const;

 private:
  friend class TermCounter;

  /// Items that one thread counted one after the other, under its own numbers.
  struct Run {
    std::size_t thread;
    std::size_t items;
    std::int64_t entries;
  };
  Block read(std::size_t first_item, std::span<const Run> runs, const Services& services) const;

  std::vector<Run> runs_;
  std::vector<std::int64_t> offsets_{0};  ///< of each item in all entries
  Spool entries_;
  std::vector<std::vector<std::int32_t>> renumbered_;  ///< of each thread, what its numbers became
};

/// Counts the terms of the items on all threads; the same whatever their number. `kept`, where it is given,
/// gets the terms of each item.
TermCounts count_terms(const ItemBlocks& items, const TextParams& params, const std::string& home,
                       ItemTerms* kept, const Services& services);

}  // namespace medley::features
