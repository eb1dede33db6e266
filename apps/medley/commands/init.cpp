#include "medley/engine/workspace.h"

#include "apps/medley/registry.h"
#include <fmt/format.h>

namespace medley::app {
namespace {

class Init final : public Command {
 public:
  const char* name() const override { return "init"; }
  const char* summary() const override { return "write a medley.toml with every key and its default"; }
  const char* example() const override { return "Example: medley init -w shop && $EDITOR shop/medley.toml"; }
  void declare(CLI::App&) override {}
  void run(Session& session) override {
    engine::Workspace::create(session.workspace);
    session.print(
        fmt::format("wrote {}/medley.toml; every key stands there with its default\n", session.workspace));
  }
};

}  // namespace

void register_commands_init(Registry& registry) {
  registry.add<Init>();
}

}  // namespace medley::app
