#include "medley/engine/train.h"

#include "medley/core/spec.h"
#include "medley/engine/extract.h"
#include "medley/engine/import.h"
#include "medley/engine/workspace_lock.h"

#include "apps/medley/registry.h"
#include "apps/medley/report_document.h"
#include "apps/medley/usage.h"
#include <fmt/format.h>
#include <nlohmann/json.hpp>

namespace medley::app {
namespace {

class Train final : public Command {
 public:
  const char* name() const override { return "train"; }
  const char* summary() const override { return "fit a model on every event and make it the default"; }
  const char* example() const override {
    return "Example: medley train --model 'ease(lambda=200)'\n"
           "A bare name lets the program choose the parameters on a tenth of each user's items, then fits "
           "with all.";
  }
  void declare(CLI::App& app) override {
    app.add_option("--model", model_, "name or name(key=value, ...) (default: the one in medley.toml)");
  }
  void run(Session& session) override {
    if (!model_.empty()) check_specs(model_, session.plugins);
    const engine::Workspace workspace(session.workspace);
    const engine::WorkspaceLock lock(workspace, "medley train");
    const auto dataset = engine::load_dataset(workspace);
    const auto tables = engine::load_tables(workspace, dataset, session.services);
    const auto spec = model_.empty() ? workspace.config().model : model_;
    const auto result = engine::train(workspace, dataset, tables, session.plugins, spec, session.services);
    const nlohmann::ordered_json json{{"name", result.name},
                                      {"model", result.plugin},
                                      {"params", result.params},
                                      {"file", result.path.string()},
                                      {"bytes", result.bytes},
                                      {"pairs", result.pairs},
                                      {"settings_tried", result.settings_tried},
                                      {"fit_seconds", result.fit_s}};
    ReportDocument document(session, {dataset, tables, &workspace}, "Training");
    document.add_recommendations(ReportDocument::some_users(dataset, kSampleUsers));
    document.add_check();
    document.add_map();
    write_run(workspace, json, document.finish(), session.services);
    session.services.progress.end();
    if (session.json) return session.print_json(json);
    session.print(fmt::format(
        "{}, fitted on {} pairs in {:.2f} s{}\n{}, {:.1f} MB; it is the default model now\n",
        medley::to_text(result.plugin, result.params), result.pairs, result.fit_s,
        result.settings_tried > 1 ? fmt::format(", best of {} settings", result.settings_tried) : "",
        result.path.string(), static_cast<double>(result.bytes) / 1e6));
  }

 private:
  /// Whose recommendations the report shows.
  static constexpr std::size_t kSampleUsers = 12;

  std::string model_;
};

}  // namespace

void register_commands_train(Registry& registry) {
  registry.add<Train>();
}

}  // namespace medley::app
