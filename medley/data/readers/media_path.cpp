#include "medley/data/readers/media_path.h"

#include "medley/core/error.h"

#include <fmt/core.h>

#include <system_error>
#include <utility>

namespace medley::data {
namespace {

constexpr std::string_view kMark = "{id}";

}  // namespace

MediaFinder::MediaFinder(const std::filesystem::path& folder, MediaKind kind, std::string pattern)
    : folder_(folder), kind_(kind), pattern_(std::move(pattern)) {
  if (pattern_.empty()) return;
  const auto mark = pattern_.find(kMark);
  require(mark != std::string::npos, "{} must hold {{id}}, as in media/{{id}}.jpg, got '{}'", name_of(kind),
          pattern_);
  const auto last_slash = pattern_.substr(0, mark).rfind('/');
  const auto fixed = last_slash == std::string::npos ? folder_ : folder_ / pattern_.substr(0, last_slash);
  std::error_code error;
  if (!std::filesystem::is_directory(fixed, error)) {
    fail(ErrorCode::not_found, "{} = \"{}\": the folder '{}' is not there", name_of(kind), pattern_,
         fixed.string());
  }
}

std::string MediaFinder::find(std::string_view id, std::string& fault) const {
  if (pattern_.empty()) return {};
  const bool leaves = id.find('/') != std::string_view::npos || id == "." || id == ".." ||
                      id.find('\0') != std::string_view::npos;
  if (leaves) {
    fault = fmt::format("the {} of '{}' is not looked up: an id with '/' or '..' could leave its folder",
                        word_for(kind_), id);
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

MediaFinders::MediaFinders(const std::filesystem::path& folder, const PerMedia<std::string>& patterns) {
  for (const auto kind : kMediaKinds) finders_.emplace_back(folder, kind, patterns[kind]);
}

void MediaFinders::find(ItemRow& row, std::string& fault) const {
  for (const auto kind : kMediaKinds)
    row.files[kind] = finders_[static_cast<std::size_t>(kind)].find(row.id, fault);
}

}  // namespace medley::data
