#include "medley/engine/material.h"

#include "medley/core/error.h"
#include "medley/core/hash.h"

#include <fmt/ranges.h>

#include <algorithm>
#include <cmath>

namespace medley::engine {
namespace {

using features::Reads;

/// The columns called `fields`, in that order; all columns of the kind for no fields.
template <class Column>
std::vector<const Column*> columns_of(const std::vector<Column>& columns, const FeatureConfig& feature,
                                      const char* kind) {
  std::vector<const Column*> out;
  std::vector<std::string> known;
  for (const auto& column : columns) known.push_back(column.name);
  for (const auto& field : feature.fields) {
    const auto it = std::find(known.begin(), known.end(), field);
    require(it != known.end(), "[features.{}]: the catalogue has no {} column '{}'; it has: {}", feature.name,
            kind, field, fmt::join(known, ", "));
    out.push_back(&columns[static_cast<std::size_t>(it - known.begin())]);
  }
  if (feature.fields.empty()) {
    for (const auto& column : columns)
      if (column.name != data::kTagsField) out.push_back(&column);
  }
  require(!out.empty(), "[features.{}]: the catalogue has no {} columns; [catalog] in medley.toml names them",
          feature.name, kind);
  return out;
}

/// Values of the chosen columns, all of item 0, then all of item 1, ...
template <class Value, class Column>
std::vector<Value> by_item(const std::vector<const Column*>& columns, std::size_t items) {
  std::vector<Value> out;
  out.reserve(items * columns.size());
  for (std::size_t item = 0; item < items; ++item) {
    for (const auto* column : columns) out.push_back(column->values[item]);
  }
  return out;
}

void append(std::string& out, std::string_view text) {
  out += std::to_string(text.size());
  out += ':';
  out += text;
}

std::string hash_of(std::span<const std::string> texts, std::span<const std::vector<std::string>> categories,
                    std::span<const double> numbers) {
  std::string all;
  for (const auto& text : texts) append(all, text);
  for (const auto& values : categories) {
    append(all, std::to_string(values.size()));
    for (const auto& value : values) append(all, value);
  }
  all.append(reinterpret_cast<const char*>(numbers.data()), numbers.size() * sizeof(double));
  return content_hash(all);
}

}  // namespace

Material::Material(const data::Catalog& catalog, const FeatureConfig& feature, Reads reads,
                   std::int32_t items) {
  const auto n = static_cast<std::size_t>(items);
  items_.resize(n);
  if (reads == Reads::text) {
    const auto columns = columns_of(catalog.texts, feature, "text");
    texts_ = by_item<std::string>(columns, n);
    for (std::size_t i = 0; i < n; ++i)
      items_[i].texts = std::span(texts_).subspan(i * columns.size(), columns.size());
  } else if (reads == Reads::categories) {
    const auto columns = columns_of(catalog.categories, feature, "category");
    categories_ = by_item<std::vector<std::string>>(columns, n);
    for (std::size_t i = 0; i < n; ++i)
      items_[i].categories = std::span(categories_).subspan(i * columns.size(), columns.size());
  } else if (reads == Reads::numbers) {
    const auto columns = columns_of(catalog.numbers, feature, "number");
    numbers_ = by_item<double>(columns, n);
    for (std::size_t i = 0; i < n; ++i)
      items_[i].numbers = std::span(numbers_).subspan(i * columns.size(), columns.size());
  }
}

bool Material::has_any(std::size_t item) const {
  const auto& one = items_[item];
  return std::any_of(one.texts.begin(), one.texts.end(), [](const auto& text) { return !text.empty(); }) ||
         std::any_of(one.categories.begin(), one.categories.end(),
                     [](const auto& values) { return !values.empty(); }) ||
         std::any_of(one.numbers.begin(), one.numbers.end(), [](double value) { return !std::isnan(value); });
}

std::string Material::hash() const {
  return hash_of(texts_, categories_, numbers_);
}

std::string Material::hash(std::size_t item) const {
  return hash_of(items_[item].texts, items_[item].categories, items_[item].numbers);
}

}  // namespace medley::engine
