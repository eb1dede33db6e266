#pragma once

#include <concepts>
#include <cstddef>
#include <cstdint>
#include <iterator>
#include <ranges>
#include <span>

namespace medley::features {

/// The values of one item, a value a column, where they stand: one after the other, or in a catalogue that is
/// kept column by column. A view; what it looks into outlives it.
template <class Value>
class FieldValues {
 public:
  class Iterator {
   public:
    using iterator_category = std::forward_iterator_tag;
    using value_type = Value;
    using difference_type = std::ptrdiff_t;
    using pointer = const Value*;
    using reference = const Value&;

    Iterator() = default;
    Iterator(const FieldValues* of, std::size_t at) : of_(of), at_(at) {}

    reference operator*() const { return (*of_)[at_]; }
    pointer operator->() const { return &**this; }
    Iterator& operator++() {
      ++at_;
      return *this;
    }
    Iterator operator++(int) {
      auto before = *this;
      ++at_;
      return before;
    }
    bool operator==(const Iterator&) const = default;

   private:
    const FieldValues* of_ = nullptr;
    std::size_t at_ = 0;
  };
  using value_type = Value;
  using iterator = Iterator;
  using const_iterator = Iterator;
  using const_reference = const Value&;

  FieldValues() = default;

  /// The values of a vector or a span.
  template <std::ranges::contiguous_range Range>
    requires std::same_as<std::ranges::range_value_t<Range>, Value>
  FieldValues(const Range& values)  // NOLINT(google-explicit-constructor)
      : first_(std::ranges::data(values)), size_(static_cast<std::uint32_t>(std::ranges::size(values))) {}

  /// Value `row` of each column; `columns` point to the first value of theirs.
  FieldValues(std::span<const Value* const> columns, std::size_t row)
      : columns_(columns.data()),
        row_(static_cast<std::uint32_t>(row)),
        size_(static_cast<std::uint32_t>(columns.size())) {}

  std::size_t size() const { return size_; }
  bool empty() const { return size_ == 0; }
  const Value& operator[](std::size_t column) const {
    return columns_ == nullptr ? first_[column] : columns_[column][row_];
  }
  Iterator begin() const { return {this, 0}; }
  Iterator end() const { return {this, size_}; }

 private:
  const Value* first_ = nullptr;
  const Value* const* columns_ = nullptr;
  std::uint32_t row_ = 0;
  std::uint32_t size_ = 0;
};

}  // namespace medley::features
