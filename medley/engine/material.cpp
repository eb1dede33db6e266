#include "medley/engine/material.h"

#include "medley/core/error.h"
#include "medley/core/hash.h"

#include <fmt/format.h>
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

template <class Column>
auto first_values(const std::vector<const Column*>& columns) {
  std::vector<decltype(columns[0]->values.data())> out;
  for (const auto* column : columns) out.push_back(column->values.data());
  return out;
}

void add(ContentHasher& out, std::string_view text) {
  out.add(fmt::format("{}:", text.size()));
  out.add(text);
}

void add_texts(ContentHasher& out, const features::Item& item) {
  for (const auto& text : item.texts) add(out, text);
}

void add_categories(ContentHasher& out, const features::Item& item) {
  for (const auto& values : item.categories) {
    add(out, std::to_string(values.size()));
    for (const auto& value : values) add(out, value);
  }
}

void add_numbers(ContentHasher& out, const features::Item& item) {
  for (const auto& number : item.numbers) out.add({reinterpret_cast<const char*>(&number), sizeof number});
}

}  // namespace

Material::Material(const data::Catalog& catalog, const FeatureConfig& feature, Reads reads,
                   std::int32_t items) {
  items_.resize(static_cast<std::size_t>(items));
  if (reads == Reads::text) {
    texts_ = first_values(columns_of(catalog.texts, feature, "text"));
    for (std::size_t i = 0; i < items_.size(); ++i) items_[i].texts = {texts_, i};
  } else if (reads == Reads::categories) {
    categories_ = first_values(columns_of(catalog.categories, feature, "category"));
    for (std::size_t i = 0; i < items_.size(); ++i) items_[i].categories = {categories_, i};
  } else if (reads == Reads::numbers) {
    numbers_ = first_values(columns_of(catalog.numbers, feature, "number"));
    for (std::size_t i = 0; i < items_.size(); ++i) items_[i].numbers = {numbers_, i};
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
  // One of the three has columns.
  ContentHasher out;
  for (const auto& item : items_) add_texts(out, item);
  for (const auto& item : items_) add_categories(out, item);
  for (const auto& item : items_) add_numbers(out, item);
  return out.digest();
}

std::string Material::hash(std::size_t item) const {
  ContentHasher out;
  add_texts(out, items_[item]);
  add_categories(out, items_[item]);
  add_numbers(out, items_[item]);
  return out.digest();
}

}  // namespace medley::engine
