#include "medley/engine/parameter_files.h"

#include "medley/core/error.h"
#include "medley/core/file.h"
#include "medley/core/hash.h"

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
      if (entry.is_regular_file() && entry.path().filename().string().rfind(start, 0) == 0)
        out.push_back(entry.path());
  }
  std::sort(out.begin(), out.end());
  return out;
}

/// The fields that name files, with the values that the section gives them; those left empty are left out.
std::vector<std::pair<std::string, std::string>> file_fields(const features::Registry& extractors,
                                                             const FeatureConfig& feature) {
  std::vector<std::pair<std::string, std::string>> out;
  for (const auto& field : extractors.at(feature.extractor).params) {
    const auto given = feature.params.find(field.name);
    if (field.names_file && given != feature.params.end() && !given->second.empty())
      out.emplace_back(field.name, given->second);
  }
  return out;
}

}  // namespace

std::string content_at(const fs::path& path) {
  if (!fs::exists(path)) fail(ErrorCode::not_found, "there is no '{}'", path.string());
  std::string all;
  for (const auto& file : files_at(path))
    all += file.lexically_relative(path.parent_path()).string() + '\0' +
           content_hash(MappedFile(file).text()) + '\n';
  return content_hash(all);
}

std::unique_ptr<features::Extractor> make_extractor(const features::Registry& extractors,
                                                    const FeatureConfig& feature, const fs::path& folder) {
  auto params = feature.params;
  for (const auto& [name, value] : file_fields(extractors, feature)) params[name] = (folder / value).string();
  return extractors.make(feature.extractor, params);
}

std::map<std::string, std::string> parameter_files(const features::Registry& extractors,
                                                   const FeatureConfig& feature, const fs::path& folder) {
  std::map<std::string, std::string> out;
  for (const auto& [name, value] : file_fields(extractors, feature)) {
    try {
      out[name] = content_at(folder / value);
    } catch (const Error& error) {
      fail(error.code(), "[features.{}] {}: {}", feature.name, name, error.what());
    }
  }
  return out;
}

}  // namespace medley::engine
