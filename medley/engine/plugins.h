#pragma once

#include "medley/eval/registry.h"
#include "medley/features/registry.h"
#include "medley/fusion/registry.h"
#include "medley/models/registry.h"

namespace medley::engine {

/// Every plugin that is built in. An object, passed in: a program may add its own before it starts.
struct Plugins {
  features::Registry extractors;
  fusion::Registry fusions;
  models::Registry models;
  eval::Registry metrics;
};

Plugins builtin_plugins();

}  // namespace medley::engine
