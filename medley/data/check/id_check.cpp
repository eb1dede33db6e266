#include "medley/data/check/id_check.h"

#include "medley/data/readers/join_ids.h"

#include <fmt/format.h>

#include <string>
#include <string_view>
#include <unordered_map>

namespace medley::data {
namespace {

void check_kind(const IdMap& ids, const char* of, const CheckOptions& options, CheckReport& report) {
  ProblemCounter alike("ids_differ_by_zeros", options.max_examples, of,
                       "[import] join_ids = \"numeric\" joins them, at the import into a new store");
  std::unordered_map<std::string_view, std::int32_t> first;
  for (std::int32_t row = 0; row < ids.size(); ++row) {
    const auto [known, is_new] = first.try_emplace(numeric_id(ids.id(row)), row);
    if (!is_new) alike.add([&] { return fmt::format("'{}' and '{}'", ids.id(known->second), ids.id(row)); });
  }
  alike.report_to(report);
}

}  // namespace

void check_ids(const Dataset& dataset, const CheckOptions& options, CheckReport& report) {
  check_kind(dataset.users, "users", options, report);
  check_kind(dataset.items, "items", options, report);
}

}  // namespace medley::data
