#include "medley/data/check/check.h"

#include "medley/data/check/behaviour_check.h"
#include "medley/data/check/catalog_check.h"
#include "medley/data/check/id_check.h"
#include "medley/data/check/log_check.h"
#include "medley/data/check/time_units.h"

#include <algorithm>

namespace medley::data {

const double* CheckReport::count(std::string_view name) const {
  const auto found = std::ranges::find(counts, name, &std::pair<std::string, double>::first);
  return found == counts.end() ? nullptr : &found->second;
}

const Problem* CheckReport::problem(std::string_view code) const {
  const auto found = std::ranges::find(problems, code, &Problem::code);
  return found == problems.end() ? nullptr : &*found;
}

CheckReport check(const Dataset& dataset, const CheckOptions& options, const Services& services) {
  CheckReport report;
  check_log(dataset, options, report);
  check_time_units(dataset, report);
  check_behaviour(dataset, options, report);
  check_ids(dataset, options, report);
  services.cancel.check();
  check_catalog(dataset, options, report);
  check_features(dataset, options, report);
  check_pictures(dataset, options, services, report);
  return report;
}

}  // namespace medley::data
