#include "medley/engine/row_parts.h"

#include "medley/engine/material.h"
#include "medley/engine/parameter_files.h"

#include <algorithm>
#include <filesystem>
#include <map>
#include <memory>
#include <string>

namespace medley::engine {
namespace {

/// A feature whose rows can be taken apart, with what they are made of.
struct Opened {
  std::unique_ptr<features::Extractor> extractor;
  std::unique_ptr<Material> material;
};

Opened open(const Workspace& workspace, const data::Dataset& dataset, const features::Registry& extractors,
            const std::string& name) {
  const auto& sections = workspace.config().features;
  const auto section = std::ranges::find(sections, name, &FeatureConfig::name);
  const auto state = workspace.features() / (name + ".state");
  if (section == sections.end() || !std::filesystem::exists(state)) return {};
  Opened out{make_extractor(extractors, *section, workspace.folder()), nullptr};
  if (dynamic_cast<const features::TakesRowsApart*>(out.extractor.get()) == nullptr) return {};
  out.extractor->load({state, "extractor"});
  out.material =
      std::make_unique<Material>(dataset.catalog, *section, out.extractor->reads(), dataset.item_count());
  return out;
}

}  // namespace

RowParts row_parts_of(const Workspace& workspace, const data::Dataset& dataset,
                      const features::Registry& extractors) {
  const auto opened = std::make_shared<std::map<std::string, Opened>>();
  return [&workspace, &dataset, &extractors, opened](const std::string& feature, data::ItemId item,
                                                     std::span<const float> direction) {
    auto found = opened->find(feature);
    if (found == opened->end())
      found = opened->emplace(feature, open(workspace, dataset, extractors, feature)).first;
    const auto& [extractor, material] = found->second;
    const auto* apart = dynamic_cast<const features::TakesRowsApart*>(extractor.get());
    if (apart == nullptr) return std::vector<features::RowPart>();
    return apart->parts(material->items()[static_cast<std::size_t>(item)], direction);
  };
}

}  // namespace medley::engine
