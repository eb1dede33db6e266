#pragma once

#include "medley/data/dataset.h"

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace medley::engine {

/// A condition on the catalogue, as typed after `--where`:
///
///     expression = term { "or" term }        term = factor { "and" factor }
///     factor     = "not" factor | "(" expression ")" | field operator value
///     operator   = has | = | != | < | <= | > | >=
///
/// Words are bare or quoted by ' or " (a doubled quote stands for itself); a field or value that is called
/// as a keyword is quoted. Keywords in any letter case.
class Where {
 public:
  /// Throws `invalid_argument` with the column, counted in characters from 1.
  static Where parse(std::string_view text);

  /// One byte an item of the dataset: 1 where the condition holds. A field is a column of the catalogue, or
  /// `id`. `has`: a category is among the item's, or a text contains the value (letter case of a-z ignored).
  /// `=`: the number, the whole text, or the only category. The other comparisons are of numbers. An item
  /// without a value fails every comparison, `!=` included. Throws `invalid_argument` with the column for an
  /// unknown field (naming the nearest) and for a value that its field cannot have.
  std::vector<std::uint8_t> matches(const data::Dataset& dataset) const;

  enum class Operator { has, equal, unequal, less, less_equal, greater, greater_equal };
  struct Comparison {
    std::string field;
    Operator op = Operator::equal;
    std::string value;
    std::size_t field_column = 1;
    std::size_t op_column = 1;
    std::size_t value_column = 1;
  };
  /// The expression in postfix order: a comparison puts a value on the stack, `negate` turns the topmost one,
  /// `both` and `either` join the two topmost.
  struct Step {
    enum class Kind { compare, negate, both, either };
    Kind kind = Kind::compare;
    Comparison comparison{};
  };
  const std::vector<Step>& steps() const { return steps_; }

 private:
  std::vector<Step> steps_;
};

std::string_view to_string(Where::Operator op);

}  // namespace medley::engine
