#pragma once

#include <CLI/CLI.hpp>

#include <string>

namespace medley::app {

/// A script that teaches the shell the commands of `program`, their options, and the values of those that
/// have a closed set; where another value stands it completes file names.
std::string bash_completion(const CLI::App& program);
std::string zsh_completion(const CLI::App& program);

}  // namespace medley::app
