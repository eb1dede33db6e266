#pragma once

#include "apps/medley/session.h"
#include <CLI/CLI.hpp>

namespace medley::app {

/// One verb of the program. It is constructed once; CLI11 fills its members, then `run` is called.
class Command {
 public:
  virtual ~Command() = default;
  virtual const char* name() const = 0;
  /// One line for the list of commands.
  virtual const char* summary() const = 0;
  /// Shown under `--help`: what it is for, with an example.
  virtual const char* example() const = 0;
  virtual void declare(CLI::App& app) = 0;
  /// Throws `Error`; the program turns its code into the exit code.
  virtual void run(Session& session) = 0;
};

}  // namespace medley::app
