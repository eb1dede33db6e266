#include "apps/medley/usage.h"

#include "medley/core/error.h"
#include "medley/core/spec.h"

namespace medley::app {

void check_specs(const std::string& specs, const engine::Plugins& plugins) {
  try {
    for (const auto& spec : parse_specs(specs)) {
      for (const auto& params : spec.combinations()) plugins.models.make(spec.name, params);
      plugins.models.at(spec.name);
    }
  } catch (const Error& error) {
    fail(ErrorCode::usage, "{}", error.what());
  }
}

}  // namespace medley::app
