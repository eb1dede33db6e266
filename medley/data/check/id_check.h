#pragma once

#include "medley/data/check/check.h"

namespace medley::data {

/// Ids that write the same number as an earlier id of their kind, and differ from it only by zeros in front
/// or a `.0` behind, into `report`: spreadsheets and data frames make `0042` to `42` and to `42.0`. Ids that
/// differ otherwise, as `7` and `70` or `A07` and `A7`, are different.
void check_ids(const Dataset& dataset, const CheckOptions& options, CheckReport& report);

}  // namespace medley::data
