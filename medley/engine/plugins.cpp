#include "medley/engine/plugins.h"

namespace medley::engine {

Plugins builtin_plugins() {
  Plugins out;
  features::register_builtin(out.extractors);
  fusion::register_builtin(out.fusions);
  models::register_builtin(out.models);
  eval::register_builtin(out.metrics);
  return out;
}

}  // namespace medley::engine
