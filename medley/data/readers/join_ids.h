#pragma once

#include "medley/data/readers/source.h"

#include <string_view>

namespace medley::data {

/// The number that an id writes, without the zeros in front and a `.0` behind: `42` of `0042`, `42.0` and
/// `42`. An id that is no whole number is itself. A part of `id`.
std::string_view numeric_id(std::string_view id);

/// Gives rows on under the numbers that their ids write, so that `0042` and `42.0` are one user or item.
class JoinIds final : public RowSink {
 public:
  /// `sink` outlives it.
  explicit JoinIds(RowSink& sink) : sink_(sink) {}

  void event(const EventRow& row) override;
  void item(const ItemRow& row) override;
  void bad(const BadRow& row) override { sink_.bad(row); }

 private:
  RowSink& sink_;
};

}  // namespace medley::data
