#include "medley/engine/content.h"

#include "medley/core/error.h"
#include "medley/core/spec.h"

#include <fmt/ranges.h>

#include <algorithm>
#include <map>

namespace medley::engine {
namespace {

[[noreturn]] void no_such_feature(const Tables& tables, const std::string& name) {
  std::vector<std::string> known;
  for (const auto& table : tables) known.push_back(table->name + " (" + table->modality + ")");
  if (known.empty()) fail(ErrorCode::not_found, "there is no feature '{}': the data has no features", name);
  fail(ErrorCode::not_found, "there is no feature or modality '{}'; there are: {}", name,
       fmt::join(known, ", "));
}

Tables called(const Tables& tables, const std::string& name) {
  Tables out;
  for (const auto& table : tables) {
    if (table->name == name) return {table};
    if (is_called(*table, name)) out.push_back(table);
  }
  return out;
}

}  // namespace

bool is_called(const data::FeatureTable& table, const std::string& wanted) {
  return table.name == wanted || table.modality == wanted || table.extractor == wanted;
}

Tables select_tables(const Tables& tables, const std::vector<std::string>& names) {
  if (names.empty()) return tables;
  if (names.size() == 1 && names.front() == "none") return {};
  Tables out;
  for (const auto& name : names) {
    const auto found = called(tables, name);
    if (found.empty()) no_such_feature(tables, name);
    for (const auto& table : found) {
      require(std::find(out.begin(), out.end(), table) == out.end(), "feature '{}' is named twice",
              table->name);
      out.push_back(table);
    }
  }
  return out;
}

Tables without_tables(const Tables& tables, const std::vector<std::string>& names) {
  Tables out = tables;
  for (const auto& name : names) {
    const auto found = called(tables, name);
    if (found.empty()) no_such_feature(tables, name);
    for (const auto& table : found) out.erase(std::remove(out.begin(), out.end(), table), out.end());
  }
  return out;
}

Tables without_unnamed_tags(const Tables& tables, const std::vector<std::string>& names) {
  Tables out;
  for (const auto& table : tables)
    if (!table->from_tags || std::find(names.begin(), names.end(), table->name) != names.end())
      out.push_back(table);
  return out;
}

std::shared_ptr<const data::ItemVectors> make_vectors(const models::ContentUse& use, const Tables& tables,
                                                      const fusion::Registry& fusions,
                                                      const Services& services) {
  using Form = models::ContentUse::Form;
  if (use.form == Form::none) return std::make_shared<data::ItemVectors>();
  const auto chosen = select_tables(tables, use.features);
  if (use.form == Form::fused) {
    require(!chosen.empty(), "a model of the content needs at least one feature, and there is none");
    const auto fusion = parse_spec(use.fusion);
    require(!fusion.is_search(),
            "fusion '{}' is searched over; a search stands at the model's own parameters", fusion.text);
    auto params = fusion.combinations().front();
    for (const auto& [key, value] : use.fusion_params) params[key] = value;
    return std::make_shared<data::ItemVectors>(fusions.make(fusion.name, params)->fuse(chosen, services));
  }
  auto out = std::make_shared<data::ItemVectors>();
  for (const auto& table : chosen) {
    auto unit = data::unit_rows(*table);
    out->blocks.push_back({table->name, table->modality, table, std::move(unit.centering)});
  }
  return out;
}

std::shared_ptr<const data::FeatureTable> presence_table(const Tables& tables, std::int32_t items) {
  std::map<std::string, std::vector<std::uint8_t>> present;
  for (const auto& table : tables) {
    auto& bits = present[table->modality];
    bits.resize(static_cast<std::size_t>(items));
    for (std::size_t i = 0; i < bits.size(); ++i) bits[i] = bits[i] | table->present[i];
  }
  auto out = std::make_shared<data::FeatureTable>();
  out->name = "presence";
  out->modality = "presence";
  math::Matrix rows(items, static_cast<math::Index>(present.size()));
  math::Index column = 0;
  for (const auto& [modality, bits] : present) {
    out->columns.push_back("has " + modality);
    for (math::Index i = 0; i < items; ++i) rows(i, column) = bits[static_cast<std::size_t>(i)];
    ++column;
  }
  out->rows = std::move(rows);
  out->present.assign(static_cast<std::size_t>(items), 1);
  return out;
}

}  // namespace medley::engine
