#include "medley/data/id_map.h"

#include "medley/core/error.h"

#include <limits>

namespace medley::data {

std::int32_t IdMap::add(std::string_view id) {
  if (const auto found = rows_.find(id); found != rows_.end()) return found->second;
  if (id.empty()) fail(ErrorCode::limit, "an id is empty");
  if (id.size() > kMaxIdBytes) {
    fail(ErrorCode::limit, "id '{}...' has {} bytes, the limit is {}", id.substr(0, 40), id.size(),
         kMaxIdBytes);
  }
  if (ids_.size() >= static_cast<std::size_t>(std::numeric_limits<std::int32_t>::max())) {
    fail(ErrorCode::limit, "more than {} ids", std::numeric_limits<std::int32_t>::max());
  }
  const auto row = static_cast<std::int32_t>(ids_.size());
  const auto added = rows_.emplace(std::string(id), row).first;
  ids_.push_back(&added->first);
  return row;
}

std::optional<std::int32_t> IdMap::find(std::string_view id) const {
  const auto found = rows_.find(id);
  if (found == rows_.end()) return std::nullopt;
  return found->second;
}

std::vector<std::string> IdMap::ids() const {
  std::vector<std::string> out;
  out.reserve(ids_.size());
  for (const auto* id : ids_) out.push_back(*id);
  return out;
}

}  // namespace medley::data
