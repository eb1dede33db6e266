#include "medley/core/error.h"
#include "medley/core/params.h"
#include "medley/engine/where.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <cmath>
#include <utility>

namespace medley::engine {
namespace {

using Operator = Where::Operator;
using Mask = std::vector<std::uint8_t>;

std::string lower(std::string_view text) {
  std::string out(text);
  for (char& c : out) {
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  }
  return out;
}

bool contains(std::string_view text, std::string_view lower_value) {
  return lower(text).find(lower_value) != std::string::npos;
}

template <class Test>
Mask mask_of(std::int32_t items, Test test) {
  Mask out(static_cast<std::size_t>(items));
  for (std::size_t i = 0; i < out.size(); ++i) out[i] = test(i) ? 1 : 0;
  return out;
}

[[noreturn]] void wrong_operator(const Where::Comparison& is, const char* holds, const char* takes) {
  fail(ErrorCode::invalid_argument, "where: column {}: '{}' holds {}, which take {}, not {}", is.op_column,
       is.field, holds, takes, to_string(is.op));
}

bool compared(double a, Operator op, double b) {
  switch (op) {
    case Operator::equal: return a == b;
    case Operator::unequal: return a != b;
    case Operator::less: return a < b;
    case Operator::less_equal: return a <= b;
    case Operator::greater: return a > b;
    case Operator::greater_equal: return a >= b;
    case Operator::has: break;
  }
  return false;
}

Mask by_number(const std::vector<double>& values, const Where::Comparison& is, std::int32_t items) {
  if (is.op == Operator::has) wrong_operator(is, "numbers", "=, !=, <, <=, > and >=");
  double number = 0.0;
  if (!parse_double(is.value, number)) {
    fail(ErrorCode::invalid_argument, "where: column {}: '{}' holds numbers, and '{}' is none",
         is.value_column, is.field, is.value);
  }
  return mask_of(items,
                 [&](std::size_t i) { return !std::isnan(values[i]) && compared(values[i], is.op, number); });
}

Mask by_text(const std::vector<std::string>& values, const Where::Comparison& is, std::int32_t items) {
  if (is.op == Operator::has) {
    const auto wanted = lower(is.value);
    return mask_of(items, [&](std::size_t i) { return !values[i].empty() && contains(values[i], wanted); });
  }
  if (is.op != Operator::equal && is.op != Operator::unequal) wrong_operator(is, "texts", "has, = and !=");
  return mask_of(items, [&](std::size_t i) {
    return !values[i].empty() && (values[i] == is.value) == (is.op == Operator::equal);
  });
}

Mask by_category(const std::vector<std::vector<std::string>>& values, const Where::Comparison& is,
                 std::int32_t items) {
  if (is.op == Operator::has) {
    return mask_of(items, [&](std::size_t i) {
      return std::find(values[i].begin(), values[i].end(), is.value) != values[i].end();
    });
  }
  if (is.op != Operator::equal && is.op != Operator::unequal)
    wrong_operator(is, "categories", "has, = and !=");
  return mask_of(items, [&](std::size_t i) {
    const bool only = values[i].size() == 1 && values[i].front() == is.value;
    return !values[i].empty() && only == (is.op == Operator::equal);
  });
}

[[noreturn]] void unknown_field(const data::Catalog& catalog, const Where::Comparison& is) {
  std::vector<std::string> known{"id"};
  for (const auto& column : catalog.texts) known.push_back(column.name);
  for (const auto& column : catalog.categories) known.push_back(column.name);
  for (const auto& column : catalog.numbers) known.push_back(column.name);
  const auto near = nearest_name(is.field, known);
  fail(ErrorCode::invalid_argument, "where: column {}: the catalogue has no field '{}'; {}", is.field_column,
       is.field,
       near.empty() ? fmt::format("it has: {}", fmt::join(known, ", ")) : "did you mean '" + near + "'?");
}

Mask mask_for(const data::Dataset& dataset, const Where::Comparison& is) {
  const auto items = dataset.item_count();
  const auto& catalog = dataset.catalog;
  if (const auto* column = catalog.number(is.field)) return by_number(column->values, is, items);
  if (const auto* column = catalog.category(is.field)) return by_category(column->values, is, items);
  if (const auto* column = catalog.text(is.field)) return by_text(column->values, is, items);
  if (is.field == "id") return by_text(dataset.items.ids(), is, items);
  unknown_field(catalog, is);
}

}  // namespace

std::vector<std::uint8_t> Where::matches(const data::Dataset& dataset) const {
  std::vector<Mask> stack;
  for (const auto& step : steps_) {
    if (step.kind == Step::Kind::compare) {
      stack.push_back(mask_for(dataset, step.comparison));
    } else if (step.kind == Step::Kind::negate) {
      for (auto& bit : stack.back()) bit ^= 1U;
    } else {
      const auto right = std::move(stack.back());
      stack.pop_back();
      auto& left = stack.back();
      const bool both = step.kind == Step::Kind::both;
      for (std::size_t i = 0; i < left.size(); ++i)
        left[i] = static_cast<std::uint8_t>(both ? left[i] & right[i] : left[i] | right[i]);
    }
  }
  return std::move(stack.back());
}

}  // namespace medley::engine
