#include "medley/data/readers/image_path.h"

#include "medley/core/error.h"

#include <fmt/core.h>

#include <system_error>
#include <utility>

namespace medley::data {
namespace {

constexpr std::string_view kMark = "{id}";

}  // namespace

ImageFinder::ImageFinder(const std::filesystem::path& folder, std::string pattern)
    : folder_(folder), pattern_(std::move(pattern)) {
  if (pattern_.empty()) return;
  const auto mark = pattern_.find(kMark);
  require(mark != std::string::npos, "image must hold {{id}}, as in posters/{{id}}.jpg, got '{}'", pattern_);
  const auto last_slash = pattern_.substr(0, mark).rfind('/');
  const auto fixed = last_slash == std::string::npos ? folder_ : folder_ / pattern_.substr(0, last_slash);
  std::error_code error;
  if (!std::filesystem::is_directory(fixed, error)) {
    fail(ErrorCode::not_found, "image = \"{}\": the folder '{}' is not there", pattern_, fixed.string());
  }
}

std::string ImageFinder::find(std::string_view id, std::string& fault) const {
  if (pattern_.empty()) return {};
  const bool leaves = id.find('/') != std::string_view::npos || id == "." || id == ".." ||
                      id.find('\0') != std::string_view::npos;
  if (leaves) {
    fault = fmt::format("the picture of '{}' is not looked up: an id with '/' or '..' could leave its folder",
                        id);
    return {};
  }
  std::string name = pattern_;
  for (auto at = name.find(kMark); at != std::string::npos; at = name.find(kMark, at + id.size())) {
    name.replace(at, kMark.size(), id);
  }
  const auto path = folder_ / name;
  std::error_code error;
  return std::filesystem::is_regular_file(path, error) ? path.string() : std::string();
}

}  // namespace medley::data
