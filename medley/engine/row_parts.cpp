#include "medley/engine/row_parts.h"

#include "medley/core/error.h"
#include "medley/engine/material.h"
#include "medley/engine/media_file.h"
#include "medley/engine/parameter_files.h"

#include <fmt/format.h>

#include <algorithm>
#include <filesystem>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <utility>

namespace medley::engine {
namespace {

using Parts = std::vector<features::RowPart>;

/// What the rows of all features are made of.
struct Source {
  const Workspace& workspace;
  const data::Dataset& dataset;
  const features::Registry& extractors;
  Services services;
};

/// A feature whose rows can be taken apart, with what they are made of: columns, or files of a kind.
struct Opened {
  std::unique_ptr<features::Extractor> extractor;
  std::unique_ptr<Material> material;
  std::optional<data::MediaKind> kind;
  std::vector<std::string> paths;

  const features::TakesRowsApart* apart() const {
    return dynamic_cast<const features::TakesRowsApart*>(extractor.get());
  }
};

/// The extractor of a section as it was when it made the rows; null where it cannot be had any more, or has
/// nothing to take apart.
std::unique_ptr<features::Extractor> extractor_of(const Source& from, const FeatureConfig& section) {
  std::unique_ptr<features::Extractor> out;
  try {
    out = make_extractor(from.extractors, section, from.workspace.folder());
  } catch (const Error& error) {
    // The rows stay good when the network that made them is gone, or what runs it.
    if (error.code() != ErrorCode::not_found && error.code() != ErrorCode::unsupported) throw;
    return nullptr;
  }
  if (dynamic_cast<const features::TakesRowsApart*>(out.get()) == nullptr) return nullptr;
  if (!out->fitted()) return out;
  const auto state = from.workspace.features() / (section.name + ".state");
  if (!std::filesystem::exists(state)) return nullptr;
  out->load({state, "extractor"});
  return out;
}

Opened open(const Source& from, const std::string& name) {
  const auto& sections = from.workspace.config().features;
  const auto section = std::ranges::find(sections, name, &FeatureConfig::name);
  if (section == sections.end() || section->extractor.empty()) return {};
  Opened out;
  out.extractor = extractor_of(from, *section);
  if (!out.extractor) return out;
  const auto& catalog = from.dataset.catalog;
  const auto items = from.dataset.item_count();
  out.kind = file_kind(out.extractor->reads());
  if (out.kind)
    out.paths = files_of(catalog, *out.kind, items);
  else
    out.material = std::make_unique<Material>(catalog, *section, out.extractor->reads(), items);
  return out;
}

/// The bytes of an item's file; none where it is gone.
std::optional<std::string> bytes_of(const Source& from, const Opened& feature, data::ItemId item) {
  const auto& path = feature.paths[static_cast<std::size_t>(item)];
  if (path.empty()) return std::nullopt;
  try {
    return read_media(path, *feature.kind);
  } catch (const Error& error) {
    from.services.warn(fmt::format("item '{}': {}; it was there when its vector was made",
                                   from.dataset.items.id(item), error.what()));
    return std::nullopt;
  }
}

Parts parts_of(const Source& from, const Opened& feature, data::ItemId item, std::span<const float> origin,
               std::span<const float> direction) {
  const auto* apart = feature.apart();
  // Of another length is one whose section was changed since.
  if (apart == nullptr || feature.extractor->dim() != static_cast<int>(direction.size())) return {};
  if (feature.material) {
    const auto& material = feature.material->items()[static_cast<std::size_t>(item)];
    return apart->parts(material, origin, direction, from.services);
  }
  auto bytes = bytes_of(from, feature, item);
  if (!bytes) return {};
  const auto& config = from.workspace.config();
  from.services.progress.begin("read the file of " + from.dataset.items.id(item), 0);
  MediaFile file(std::move(*bytes), *feature.kind, MediaLimits::of(config.max_pixels, config.max_seconds));
  auto out = apart->parts(file.item(feature.extractor->min_side()), origin, direction, from.services);
  from.services.progress.end();
  return out;
}

}  // namespace

RowParts row_parts_of(const Workspace& workspace, const data::Dataset& dataset,
                      const features::Registry& extractors, const Services& services) {
  const Source from{workspace, dataset, extractors, services};
  const auto opened = std::make_shared<std::map<std::string, Opened>>();
  return [from, opened](const std::string& feature, data::ItemId item, std::span<const float> origin,
                        std::span<const float> direction) {
    auto found = opened->find(feature);
    if (found == opened->end()) found = opened->emplace(feature, open(from, feature)).first;
    return parts_of(from, found->second, item, origin, direction);
  };
}

}  // namespace medley::engine
