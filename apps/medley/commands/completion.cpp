#include "apps/medley/completion.h"

#include "medley/core/error.h"

#include "apps/medley/registry.h"
#include <nlohmann/json.hpp>

namespace medley::app {
namespace {

class Completion final : public Command {
 public:
  const char* name() const override { return "completion"; }
  const char* summary() const override {
    return "a script with which bash or zsh completes commands and flags";
  }
  const char* example() const override {
    return "Example: medley completion bash > ~/.local/share/bash-completion/completions/medley\n"
           "         medley completion zsh > ~/.zfunc/_medley   with `fpath+=~/.zfunc` before compinit in "
           ".zshrc\n"
           "For one session: source <(medley completion bash)";
  }
  void declare(CLI::App& app) override {
    program_ = app.get_parent();
    app.add_option("shell", shell_, "whose script")->required()->check(CLI::IsMember({"bash", "zsh"}));
  }
  void run(Session& session) override {
    const auto script = shell_ == "bash" ? bash_completion(*program_) : zsh_completion(*program_);
    if (session.json) {
      session.print_json({{"shell", shell_}, {"script", script}});
    } else {
      session.print(script);
    }
  }

 private:
  const CLI::App* program_ = nullptr;
  std::string shell_;
};

}  // namespace

void register_commands_completion(Registry& registry) {
  registry.add<Completion>();
}

}  // namespace medley::app
