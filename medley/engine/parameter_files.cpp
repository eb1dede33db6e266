#include "medley/engine/parameter_files.h"

#include "medley/core/error.h"
#include "medley/core/file.h"
#include "medley/core/hash.h"
#include "medley/core/spec.h"

#include <algorithm>
#include <vector>

namespace medley::engine {
namespace {

namespace fs = std::filesystem;

std::vector<fs::path> files_at(const fs::path& path) {
  std::vector<fs::path> out;
  if (fs::is_directory(path)) {
    for (const auto& entry : fs::recursive_directory_iterator(path))
      if (entry.is_regular_file()) out.push_back(entry.path());
  } else {
    const auto start = path.stem().string() + ".";
    for (const auto& entry : fs::directory_iterator(path.has_parent_path() ? path.parent_path() : "."))
      if (entry.is_regular_file() &&
          (entry.path().filename() == path.filename() || entry.path().filename().string().starts_with(start)))
        out.push_back(entry.path());
  }
  std::sort(out.begin(), out.end());
  return out;
}

/// The files that the parameters of a plugin name, by parameter, "frames.network" for those of a plugin that
/// a parameter names; those left empty are left out.
std::map<std::string, std::string> files_named(const features::Registry& extractors,
                                               const std::string& plugin, const ParamMap& params,
                                               const std::string& prefix = "") {
  std::map<std::string, std::string> out;
  for (const auto& field : extractors.at(plugin).params) {
    const auto given = params.find(field.name);
    if (given == params.end() || given->second.empty()) continue;
    if (field.names_file) out[prefix + field.name] = given->second;
    if (!field.names_plugin) continue;
    const auto spec = parse_spec(given->second);
    out.merge(files_named(extractors, spec.name, spec.combinations().front(), prefix + field.name + "."));
  }
  return out;
}

/// The parameters with their files as paths from `folder`.
ParamMap placed(const features::Registry& extractors, const std::string& plugin, ParamMap params,
                const fs::path& folder) {
  for (const auto& field : extractors.at(plugin).params) {
    const auto given = params.find(field.name);
    if (given == params.end() || given->second.empty()) continue;
    if (field.names_file) given->second = (folder / given->second).string();
    if (!field.names_plugin) continue;
    const auto spec = parse_spec(given->second);
    const auto all = spec.combinations();
    // A list of alternatives is for the plugin to refuse.
    if (all.size() == 1)
      given->second = to_text(spec.name, placed(extractors, spec.name, all.front(), folder));
  }
  return params;
}

}  // namespace

std::string content_at(const fs::path& path) try {
  if (!fs::exists(path)) fail(ErrorCode::not_found, "there is no '{}'", path.string());
  std::string all;
  for (const auto& file : files_at(path))
    all += file.lexically_relative(path.parent_path()).string() + '\0' +
           content_hash(MappedFile(file).text()) + '\n';
  return content_hash(all);
} catch (const fs::filesystem_error& error) {
  fail(ErrorCode::io, "cannot read '{}': {}", path.string(), error.code().message());
}

std::unique_ptr<features::Extractor> make_extractor(const features::Registry& extractors,
                                                    const FeatureConfig& feature, const fs::path& folder) {
  try {
    return extractors.make(feature.extractor, placed(extractors, feature.extractor, feature.params, folder));
  } catch (const Error& error) {
    fail(error.code(), "[features.{}]: {}", feature.name, error.what());
  }
}

std::map<std::string, std::string> parameter_files(const features::Registry& extractors,
                                                   const FeatureConfig& feature, const fs::path& folder) {
  auto out = files_named(extractors, feature.extractor, feature.params);
  for (auto& [name, value] : out) {
    try {
      value = content_at(folder / value);
    } catch (const Error& error) {
      fail(error.code(), "[features.{}] {}: {}", feature.name, name, error.what());
    }
  }
  return out;
}

}  // namespace medley::engine
