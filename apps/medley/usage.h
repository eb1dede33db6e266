#pragma once

#include "medley/engine/plugins.h"

#include <string>

namespace medley::app {

/// Holds model specs typed on the command line to the plugins. Throws `usage` for one that cannot be made: a
/// wrong word on the command line is not bad data.
void check_specs(const std::string& specs, const engine::Plugins& plugins);

}  // namespace medley::app
