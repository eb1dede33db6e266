#include "medley/core/error.h"
#include "medley/core/params.h"
#include "medley/data/writers/formats.h"

#include <fmt/core.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <array>

namespace medley::data {
namespace {

struct ExportFormat {
  std::string_view name;
  ExportNeeds needs;
  ExportReport (*write)(const WriteContext&);
};

constexpr std::array<ExportFormat, 4> kExportFormats = {{
    {"csv", {}, write_csv},
    {"mmrec", {.split = true, .features = true, .splits = true}, write_mmrec},
    {"npy", {.pairs = true, .features = true}, write_npy},
    {"recbole", {.splits = true}, write_recbole},
}};

const ExportFormat& find_export_format(std::string_view name) {
  const auto found = std::ranges::find(kExportFormats, name, &ExportFormat::name);
  if (found != kExportFormats.end()) return *found;
  const auto names = export_formats();
  const auto nearest = nearest_name(std::string(name), names);
  fail(ErrorCode::usage, "there is no format '{}' to export to; there are: {}{}", name,
       fmt::join(names, ", "), nearest.empty() ? "" : fmt::format(" (nearest: {})", nearest));
}

}  // namespace

std::vector<std::string> export_formats() {
  std::vector<std::string> out;
  for (const auto& format : kExportFormats) out.emplace_back(format.name);
  return out;
}

ExportNeeds export_needs(std::string_view format) {
  return find_export_format(format).needs;
}

ExportReport write_export(std::string_view format, const ExportInput& input, ExportFolder& folder,
                          const Services& services) {
  const auto& found = find_export_format(format);
  require(!found.needs.pairs || input.pairs != nullptr, "format '{}' needs pairs", format);
  require(!found.needs.split || input.split != nullptr, "format '{}' needs a split", format);
  services.cancel.check();
  auto report = found.write({input, folder, services});
  services.progress.end();
  return report;
}

}  // namespace medley::data
