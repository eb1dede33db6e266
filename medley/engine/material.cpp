#include "medley/engine/material.h"

#include "medley/core/error.h"

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

void add(ContentHasher& out, const features::Item& item) {
  for (const auto& text : item.texts) add(out, text);
  for (const auto& values : item.categories) {
    add(out, std::to_string(values.size()));
    for (const auto& value : values) add(out, value);
  }
  for (const auto& number : item.numbers) out.add({reinterpret_cast<const char*>(&number), sizeof number});
}

data::ColumnType type_of(Reads reads) {
  require(reads == Reads::text || reads == Reads::categories || reads == Reads::numbers,
          "an extractor of files reads no columns");
  return reads == Reads::text         ? data::ColumnType::text
         : reads == Reads::categories ? data::ColumnType::category
                                      : data::ColumnType::number;
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

MaterialBlocks::MaterialBlocks(const data::CatalogStream& columns, const FeatureConfig& feature, Reads reads,
                               std::int32_t items)
    : columns_(columns), feature_(feature), reads_(reads), items_(items) {}

void MaterialBlocks::for_each(const Use& use) const {
  columns_(type_of(reads_), [&](const data::Catalog& block, data::ItemId first, std::int32_t count) {
    const Material material(block, feature_, reads_, count);
    use(material.items(), static_cast<std::size_t>(first));
  });
}

bool has_any(const features::Item& item) {
  return std::any_of(item.texts.begin(), item.texts.end(), [](const auto& text) { return !text.empty(); }) ||
         std::any_of(item.categories.begin(), item.categories.end(),
                     [](const auto& values) { return !values.empty(); }) ||
         std::any_of(item.numbers.begin(), item.numbers.end(),
                     [](double value) { return !std::isnan(value); });
}

std::string material_hash(const features::Item& item) {
  ContentHasher out;
  add(out, item);
  return out.digest();
}

void MaterialHasher::add(const features::Item& item) {
  engine::add(hasher_, item);
}

}  // namespace medley::engine
