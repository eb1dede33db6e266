#pragma once

#include "medley/engine/config.h"
#include "medley/features/registry.h"

#include <filesystem>
#include <map>
#include <memory>
#include <string>

namespace medley::engine {

/// Names the content at `path`: of a file with all that stands beside it under the same name before the last
/// dot (a network's weights; those that a network keeps under another name are not seen), of a folder all in
/// it. Throws `not_found` and `io`.
std::string content_at(const std::filesystem::path& path);

/// The extractor of a section: parameters that name files, its own and those of a plugin that a parameter
/// names, are paths from `folder`. Throws as `PluginRegistry::make`, naming the section.
std::unique_ptr<features::Extractor> make_extractor(const features::Registry& extractors,
                                                    const FeatureConfig& feature,
                                                    const std::filesystem::path& folder);

/// `content_at` of each file that the section's parameters name, by parameter, "frames.network" for one of a
/// plugin that a parameter names. Throws `not_found` naming section and parameter.
std::map<std::string, std::string> parameter_files(const features::Registry& extractors,
                                                   const FeatureConfig& feature,
                                                   const std::filesystem::path& folder);

}  // namespace medley::engine
