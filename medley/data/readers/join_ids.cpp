#include "medley/data/readers/join_ids.h"

namespace medley::data {

std::string_view numeric_id(std::string_view id) {
  constexpr std::string_view kDigits = "0123456789";
  const auto whole = id.substr(0, id.find_first_not_of(kDigits));
  if (whole.empty()) return id;
  const auto rest = id.substr(whole.size());
  const bool number = rest.empty() || (rest.front() == '.' && rest.size() > 1 &&
                                       rest.find_first_not_of('0', 1) == std::string_view::npos);
  if (!number) return id;
  const auto first = whole.find_first_not_of('0');
  return first == std::string_view::npos ? whole.substr(whole.size() - 1) : whole.substr(first);
}

void JoinIds::event(const EventRow& row) {
  auto joined = row;
  joined.user = numeric_id(row.user);
  joined.item = numeric_id(row.item);
  sink_.event(joined);
}

void JoinIds::item(const ItemRow& row) {
  auto joined = row;
  joined.id = numeric_id(row.id);
  sink_.item(joined);
}

}  // namespace medley::data
