#include "apps/medley/report_groups.h"

#include <algorithm>
#include <map>

namespace medley::app {
namespace {

constexpr std::size_t kNamed = 7;

}  // namespace

ItemGroups make_groups(const data::Catalog& catalog, std::span<const data::ItemId> items) {
  ItemGroups out;
  for (const auto& column : catalog.categories) {
    std::map<std::string, std::int64_t> sizes;
    for (const auto item : items) {
      const auto& values = column.values[static_cast<std::size_t>(item)];
      if (!values.empty()) ++sizes[values.front()];
    }
    if (sizes.empty()) continue;
    std::vector<std::pair<std::string, std::int64_t>> order(sizes.begin(), sizes.end());
    std::stable_sort(order.begin(), order.end(),
                     [](const auto& a, const auto& b) { return a.second > b.second; });
    order.resize(std::min(order.size(), kNamed));
    std::map<std::string, int> place;
    for (const auto& [name, size] : order) {
      place[name] = static_cast<int>(out.names.size());
      out.names.push_back(name);
    }
    out.others = static_cast<int>(out.names.size());
    out.names.emplace_back("other");
    for (const auto item : items) {
      const auto& values = column.values[static_cast<std::size_t>(item)];
      const auto found = values.empty() ? place.end() : place.find(values.front());
      out.of.push_back(found == place.end() ? out.others : found->second);
    }
    return out;
  }
  return out;
}

}  // namespace medley::app
