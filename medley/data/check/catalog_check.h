#pragma once

#include "medley/data/check/check.h"

namespace medley::data {

/// Items without a catalogue row, text or picture, into `report`.
void check_catalog(const Dataset& dataset, const CheckOptions& options, CheckReport& report);

/// Items without a row in each feature table, into `report`.
void check_features(const Dataset& dataset, const CheckOptions& options, CheckReport& report);

/// Looks at every picture with `options.look_at_picture`, in parallel, and puts the broken ones and the
/// near-duplicates into `report` in item order. Throws `interrupted`.
void check_pictures(const Dataset& dataset, const CheckOptions& options, const Services& services,
                    CheckReport& report);

}  // namespace medley::data
