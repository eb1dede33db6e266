#pragma once

#include "medley/features/extractor.h"
#include "medley/features/text/terms.h"

#include <cstdint>
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
  /// A term of an item, and how often it occurs there.
  struct Entry {
    std::int32_t term;
    std::int32_t times;
  };
  std::vector<std::string> terms;         ///< distinct, in byte order
  std::vector<std::int64_t> items;        ///< of each term, how many items have it
  std::vector<std::int64_t> occurrences;  ///< of each term, over all items
  /// Where they were asked for: of item i `entries[offsets[i]]` to `entries[offsets[i + 1]]`, by rising term.
  std::vector<std::int64_t> offsets;
  std::vector<Entry> entries;
  std::vector<std::string> notes;  ///< why an item that has text has no terms

  std::span<const Entry> of_item(std::size_t i) const {
    return std::span(entries).subspan(static_cast<std::size_t>(offsets[i]),
                                      static_cast<std::size_t>(offsets[i + 1] - offsets[i]));
  }
};

/// Counts the terms of the items on all threads; the same whatever their number. `with_items`: the terms of
/// each item are kept, 8 bytes a distinct term of an item.
TermCounts count_terms(std::span<const Item> items, const TextParams& params, const std::string& home,
                       bool with_items, const Services& services);

}  // namespace medley::features
