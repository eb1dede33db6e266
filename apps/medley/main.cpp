#include "medley/core/error.h"
#include "medley/core/params.h"

#include "apps/medley/registry.h"
#include "apps/medley/terminal_progress.h"
#include <fmt/format.h>
#include <fmt/ranges.h>
#include <malloc.h>
#include <unistd.h>

#include <algorithm>
#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <string>
#include <string_view>
#include <vector>

namespace {

namespace app = medley::app;
namespace engine = medley::engine;
using medley::CancelFlag;
using medley::Error;
using medley::ErrorCode;
using medley::LogLevel;
using medley::LogSink;
using medley::ThreadPool;

CancelFlag interrupted;

void on_interrupt(int signal) {
  // The second Ctrl-C ends the program at once; files are written by rename, so nothing half-written stays.
  if (interrupted.is_set()) std::_Exit(128 + signal);
  interrupted.set();
}

constexpr int kExitBadInput = 1;
constexpr int kExitUsage = 2;
constexpr int kExitInterrupted = 130;

int exit_code(ErrorCode code) {
  if (code == ErrorCode::usage) return kExitUsage;
  return code == ErrorCode::interrupted ? kExitInterrupted : kExitBadInput;
}

struct CommonOptions {
  std::string workspace = ".";
  bool json = false;
  int threads = 0;
};

void declare_common(CLI::App& app, CommonOptions& common) {
  app.add_option("-w,--workspace", common.workspace, "folder with the medley.toml")->capture_default_str();
  app.add_flag("--json", common.json, "one JSON object on stdout, and nothing else");
  app.add_option("--threads", common.threads, "0 = one a core")
      ->check(CLI::Range(0, 1024))
      ->capture_default_str();
}

void run(app::Command& command, const CommonOptions& common) {
  ThreadPool pool(common.threads);
  app::TerminalProgress progress(stderr);
  const LogSink log = [&](LogLevel level, std::string_view message) {
    progress.end();
    fmt::print(stderr, "{}{}\n", level == LogLevel::warning ? "warning: " : "", message);
  };
  app::Session session{
      {pool, progress, interrupted, log}, engine::builtin_plugins(), common.workspace, common.json};
  command.run(session);
}

/// OpenBLAS's OpenMP threads spin while they wait, which starves whatever else runs on the cores (measured: a
/// 3,000 x 3,000 inverse beside two busy loops took 2.2 s, with passive waiting .33 s). The variable is read
/// when the library is loaded, before main, so the program starts itself again with it.
void wait_passively(char** argv) {
  if (std::getenv("OMP_WAIT_POLICY") != nullptr) return;
  ::setenv("OMP_WAIT_POLICY", "passive", 1);
  ::execv("/proc/self/exe", argv);
  // Where that fails the program is merely slower beside others.
}

/// Names a mistyped command; the parser would only say that one is required.
void check_command(const app::Registry& registry, std::string_view typed) {
  std::vector<std::string> names;
  for (const auto& command : registry.commands()) names.emplace_back(command->name());
  if (typed.empty() || typed.front() == '-' || std::find(names.begin(), names.end(), typed) != names.end())
    return;
  const auto near = medley::nearest_name(std::string(typed), names);
  fail(ErrorCode::usage, "no command '{}'; {}", typed,
       near.empty() ? fmt::format("known: {}", fmt::join(names, ", ")) : "did you mean '" + near + "'?");
}

int run_program(int argc, char** argv) {
  CLI::App program{
      "Medley: recommendations from a catalogue's pictures, words and numbers, and a log of who did what."};
  program.set_version_flag("--version", "medley " MEDLEY_VERSION);
  program.require_subcommand(1);
  program.footer(
      "First steps: medley init, medley import --format csv PATH, medley check, medley extract, medley "
      "evaluate,\n"
      "medley train, medley recommend --user U. `medley COMMAND --help` shows each with an example.");
  CommonOptions common;
  app::Registry registry;
  app::register_builtin(registry);
  app::Command* chosen = nullptr;
  for (const auto& command : registry.commands()) {
    auto* verb = program.add_subcommand(command->name(), command->summary());
    declare_common(*verb, common);
    command->declare(*verb);
    verb->footer(command->example());
    verb->callback([&chosen, &command] { chosen = command.get(); });
  }
  if (argc > 1) check_command(registry, argv[1]);
  try {
    program.parse(argc, argv);
  } catch (const CLI::ParseError& error) {
    return program.exit(error) == 0 ? 0 : kExitUsage;
  }
  if (chosen != nullptr) run(*chosen, common);
  return 0;
}

}  // namespace

int main(int argc, char** argv) {
  wait_passively(argv);
  // Keep freed memory: page faults on fresh buffers cost more than the arithmetic that fills them.
  mallopt(M_MMAP_THRESHOLD, 1 << 30);
  mallopt(M_TRIM_THRESHOLD, 1 << 30);
  std::signal(SIGINT, on_interrupt);
  std::signal(SIGTERM, on_interrupt);
  std::signal(SIGPIPE, SIG_IGN);
  try {
    return run_program(argc, argv);
  } catch (const Error& error) {
    fmt::print(stderr, "medley: {}\n", error.what());
    return exit_code(error.code());
  } catch (const std::bad_alloc&) {
    fmt::print(stderr, "medley: out of memory\n");
    return kExitBadInput;
  } catch (const std::exception& error) {
    fmt::print(stderr, "medley: unexpected fault: {}\n", error.what());
    return kExitBadInput;
  }
}
