#pragma once

#include "medley/core/services.h"
#include "medley/engine/plugins.h"

#include <nlohmann/json_fwd.hpp>

#include <string>
#include <string_view>

namespace medley::app {

/// What every command is given: the options that all share, the services and the two outputs.
struct Session {
  Services services;
  engine::Plugins plugins;
  std::string workspace = ".";
  bool json = false;

  /// Text on stdout; throws `io` when it cannot be written.
  void print(std::string_view text) const;
  void print_json(const nlohmann::ordered_json& object) const;
};

}  // namespace medley::app
