#pragma once

#include "medley/data/media_kind.h"
#include "medley/data/readers/source.h"

#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

namespace medley::data {

/// Finds a media file of an item by a pattern such as `posters/{id}.jpg`, relative to a folder.
class MediaFinder {
 public:
  /// Throws `invalid_argument` for a pattern without `{id}`, `not_found` when the pattern's own folder (the
  /// part before the one with the id) is missing. An empty pattern finds nothing.
  MediaFinder(const std::filesystem::path& folder, MediaKind kind, std::string pattern);

  /// The path of the item's file, or "" where there is none. An id that could lead out of the folder is not
  /// looked up: `fault` then gets the reason.
  std::string find(std::string_view id, std::string& fault) const;

 private:
  std::filesystem::path folder_;
  MediaKind kind_;
  std::string pattern_;
};

/// The finders of all kinds.
class MediaFinders {
 public:
  MediaFinders(const std::filesystem::path& folder, const PerMedia<std::string>& patterns);

  /// Fills `row.files` for `row.id`. A `fault` is as above.
  void find(ItemRow& row, std::string& fault) const;

 private:
  std::vector<MediaFinder> finders_;
};

}  // namespace medley::data
