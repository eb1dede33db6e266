#pragma once

#include "medley/engine/config.h"
#include "medley/features/registry.h"

#include <filesystem>
#include <map>
#include <memory>
#include <string>

namespace medley::engine {

/// Names the content at `path`: of a file with all that stands beside it under the same name before the last
/// dot (a network's weights), of a folder all in it. Throws `not_found` and `io`.
std::string content_at(const std::filesystem::path& path);

/// The extractor of a section: parameters that name files are paths from `folder`. Throws as
/// `PluginRegistry::make`.
std::unique_ptr<features::Extractor> make_extractor(const features::Registry& extractors,
                                                    const FeatureConfig& feature,
                                                    const std::filesystem::path& folder);

/// `content_at` of each file that the section's parameters name, by parameter. Throws `not_found` naming the
/// parameter.
std::map<std::string, std::string> parameter_files(const features::Registry& extractors,
                                                   const FeatureConfig& feature,
                                                   const std::filesystem::path& folder);

}  // namespace medley::engine
