#pragma once

#include <filesystem>
#include <string>
#include <string_view>

namespace medley::data {

/// Finds the picture of an item by a pattern such as `posters/{id}.jpg`, relative to a folder.
class ImageFinder {
 public:
  /// Throws `invalid_argument` for a pattern without `{id}`, `not_found` when the pattern's own folder (the
  /// part before the one with the id) is missing. An empty pattern finds nothing.
  ImageFinder(const std::filesystem::path& folder, std::string pattern);

  /// The path of the item's picture, or "" where there is none. An id that could lead out of the folder is
  /// not looked up: `fault` then gets the reason.
  std::string find(std::string_view id, std::string& fault) const;

 private:
  std::filesystem::path folder_;
  std::string pattern_;
};

}  // namespace medley::data
