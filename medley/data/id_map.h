#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace medley::data {

/// Dense row numbers inside, ids outside. A row number never leaves the program.
using UserId = std::int32_t;
using ItemId = std::int32_t;

/// Ids are text, byte for byte: "0042" and "42" are two ids. Row numbers follow the order of first
/// appearance.
class IdMap {
 public:
  IdMap() = default;
  IdMap(IdMap&&) = default;
  IdMap& operator=(IdMap&&) = default;
  IdMap(const IdMap&) = delete;
  IdMap& operator=(const IdMap&) = delete;

  static constexpr std::size_t kMaxIdBytes = 1024;

  /// The row number of `id`, given now if it is new. Throws `limit` for an id that is empty or longer than
  /// kMaxIdBytes, and above 2^31 - 1 ids.
  std::int32_t add(std::string_view id);

  std::optional<std::int32_t> find(std::string_view id) const;

  const std::string& id(std::int32_t row) const { return *ids_[static_cast<std::size_t>(row)]; }
  std::int32_t size() const { return static_cast<std::int32_t>(ids_.size()); }
  std::vector<std::string> ids() const;

 private:
  struct Hash {
    using is_transparent = void;
    std::size_t operator()(std::string_view text) const { return std::hash<std::string_view>{}(text); }
  };
  std::unordered_map<std::string, std::int32_t, Hash, std::equal_to<>> rows_;
  std::vector<const std::string*> ids_;  ///< keys of `rows_`, which never move
};

}  // namespace medley::data
