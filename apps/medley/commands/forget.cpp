#include "medley/engine/forget.h"

#include "medley/engine/workspace_lock.h"

#include "apps/medley/registry.h"
#include <fmt/format.h>
#include <fmt/ranges.h>
#include <nlohmann/json.hpp>

namespace medley::app {
namespace {

using Json = nlohmann::ordered_json;

std::vector<std::string> texts_of(const std::vector<std::filesystem::path>& paths) {
  std::vector<std::string> out;
  for (const auto& path : paths) out.push_back(path.string());
  return out;
}

Json to_json(const engine::ForgetReport& report) {
  return {{"events", report.events},
          {"quarantine_rows", report.quarantine_rows},
          {"split_rows", report.split_rows},
          {"removed", texts_of(report.removed)},
          {"stale_models", report.stale_models},
          {"still_named_in", texts_of(report.still_named_in)}};
}

std::string to_text(const engine::ForgetReport& report) {
  auto out =
      fmt::format("{} events are deleted, and the store is written anew without them\n", report.events);
  if (report.quarantine_rows > 0)
    out += fmt::format("{} rows of the quarantine are deleted\n", report.quarantine_rows);
  if (report.split_rows > 0) out += fmt::format("{} rows of split files are deleted\n", report.split_rows);
  for (const auto& path : report.removed)
    out += fmt::format("{} named the user and is removed\n", path.string());
  if (!report.stale_models.empty())
    out += fmt::format("to be fitted again by `medley train` before they answer: {}\n",
                       fmt::join(report.stale_models, ", "));
  for (const auto& path : report.still_named_in)
    out += fmt::format(
        "{} still names the user: it is not medley's to change, and what is imported from it comes back\n",
        path.string());
  return out;
}

class Forget final : public Command {
 public:
  const char* name() const override { return "forget"; }
  const char* summary() const override { return "remove a user and all that was kept of them"; }
  const char* example() const override {
    return "Example: medley forget --user 42\n"
           "Deletes the user's rows from the store, so that no byte of them stays in its files, their lines "
           "in\n"
           "quarantine.csv and in split files, and every file of runs/ that names them. All models are "
           "refused\n"
           "until they are fitted again. Files that medley did not write are named, not changed.";
  }
  void declare(CLI::App& app) override { app.add_option("--user", user_, "id of the user")->required(); }
  void run(Session& session) override {
    const engine::Workspace workspace(session.workspace);
    const engine::WorkspaceLock lock(workspace, "medley forget");
    const auto report = engine::forget(workspace, user_);
    if (session.json) {
      session.print_json(to_json(report));
    } else {
      session.print(to_text(report));
    }
  }

 private:
  std::string user_;
};

}  // namespace

void register_commands_forget(Registry& registry) {
  registry.add<Forget>();
}

}  // namespace medley::app
