#include "medley/core/error.h"
#include "medley/core/params.h"
#include "medley/data/readers/formats.h"

#include <fmt/core.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <array>
#include <system_error>
#include <vector>

namespace medley::data {
namespace {

namespace fs = std::filesystem;

struct SourceFormat {
  std::string_view name;
  void (*events)(const ReadContext&);
  void (*items)(const ReadContext&);  ///< the format's own catalogue, or null
};

constexpr std::array<SourceFormat, 6> kSourceFormats = {{
    {"csv", read_delimited_events, nullptr},
    {"jsonl", read_jsonl_events, nullptr},
    {"lightgcn", read_lightgcn_events, nullptr},
    {"mmrec", read_mmrec_events, nullptr},
    {"movielens", read_movielens_events, read_movielens_items},
    {"recbole", read_recbole_events, read_recbole_items},
}};

const SourceFormat& find_source_format(const std::string& name) {
  const auto found = std::find_if(kSourceFormats.begin(), kSourceFormats.end(),
                                  [&](const SourceFormat& format) { return format.name == name; });
  if (found != kSourceFormats.end()) return *found;
  std::vector<std::string> names;
  for (const auto& format : kSourceFormats) names.emplace_back(format.name);
  const auto nearest = nearest_name(name, names);
  fail(ErrorCode::invalid_argument, "format must be one of {}, got '{}'{}", fmt::join(names, ", "), name,
       nearest.empty() ? "" : fmt::format(" (nearest: {})", nearest));
}

}  // namespace

fs::path find_file(const ReadContext& context, const std::string& named, std::string_view extension) {
  if (context.path != context.folder) return context.path;
  if (!named.empty()) return context.folder / named;
  std::vector<std::string> found;
  for (const auto& entry : fs::directory_iterator(context.folder)) {
    const auto name = entry.path().filename().string();
    if (entry.path().extension() == extension && name != context.catalog.file) found.push_back(name);
  }
  std::sort(found.begin(), found.end());
  if (found.size() == 1) return context.folder / found.front();
  if (found.empty()) {
    fail(ErrorCode::not_found, "'{}' holds no {} file", context.folder.string(), extension);
  }
  fail(ErrorCode::invalid_argument, "'{}' holds {} {} files ({}); name one with [import] file",
       context.folder.string(), found.size(), extension, fmt::join(found, ", "));
}

void read_source(const fs::path& path, const ImportOptions& import, const CatalogOptions& catalog,
                 RowSink& sink, const Services& services) {
  const auto& format = find_source_format(import.format);
  std::error_code error;
  if (!fs::exists(path, error)) fail(ErrorCode::not_found, "'{}' is not there", path.string());
  const bool folder = fs::is_directory(path, error);
  const ReadContext context{path, folder ? path : path.parent_path(), import, catalog, sink, services};
  format.events(context);
  if (!catalog.file.empty()) {
    read_catalog_file(context);
  } else if (format.items != nullptr) {
    format.items(context);
  }
  services.progress.end();
}

}  // namespace medley::data
