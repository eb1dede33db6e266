#pragma once

#include "apps/medley/command.h"

#include <memory>
#include <vector>

namespace medley::app {

/// The commands, in the order in which `--help` lists them.
class Registry {
 public:
  template <class Impl>
  void add() {
    commands_.push_back(std::make_unique<Impl>());
  }
  const std::vector<std::unique_ptr<Command>>& commands() const { return commands_; }

 private:
  std::vector<std::unique_ptr<Command>> commands_;
};

void register_builtin(Registry& registry);

}  // namespace medley::app
