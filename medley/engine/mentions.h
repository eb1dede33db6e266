#pragma once

#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

namespace medley::engine {

/// Finds an id in texts of any kind: as it is, and as CSV, JSON and HTML would write it.
class Mentions {
 public:
  explicit Mentions(std::string_view id);

  /// Whether the id stands in `bytes` as a whole; "42" does not stand in "1423". Rather too often than too
  /// seldom: it does in "4.42".
  bool in(std::string_view bytes) const;

  /// Whether the id stands between quotes in `bytes`, as a string of JSON or as our messages name it: 'id'.
  bool quoted_in(std::string_view bytes) const;

  /// Whether the id stands in the file or in its name. Throws `not_found`, `io`.
  bool in_file(const std::filesystem::path& path) const;

 private:
  std::vector<std::string> spellings_;
};

}  // namespace medley::engine
