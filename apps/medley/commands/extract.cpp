#include "medley/engine/extract.h"

#include "medley/engine/workspace_lock.h"

#include "apps/medley/registry.h"
#include "apps/medley/table.h"
#include <fmt/format.h>
#include <nlohmann/json.hpp>

namespace medley::app {
namespace {

using Json = nlohmann::ordered_json;

Json to_json(const std::vector<engine::FeatureReport>& reports) {
  Json features = Json::array();
  for (const auto& report : reports) {
    Json broken = Json::array();
    for (const auto& item : report.broken) broken.push_back({{"id", item.id}, {"reason", item.reason}});
    features.push_back({{"name", report.name},
                        {"extractor", report.extractor},
                        {"dim", report.dim},
                        {"items", report.items},
                        {"present", report.present},
                        {"without_material", report.without_material},
                        {"computed", report.computed},
                        {"reused", report.reused},
                        {"racy", report.racy},
                        {"seconds", report.seconds},
                        {"broken", broken}});
  }
  return {{"features", features}};
}

std::string to_text(const std::vector<engine::FeatureReport>& reports) {
  constexpr std::size_t kExamples = 5;
  using Align = Table::Align;
  Table table({"feature", "extractor", "dim", "present", "nothing to read", "broken", "made now",
               "from cache", "seconds"},
              {Align::left, Align::left, Align::right, Align::right, Align::right, Align::right, Align::right,
               Align::right, Align::right});
  std::string broken, racy;
  for (const auto& report : reports) {
    table.add({report.name, report.extractor, std::to_string(report.dim),
               fmt::format("{}/{}", report.present, report.items), std::to_string(report.without_material),
               std::to_string(report.broken.size()), std::to_string(report.computed),
               std::to_string(report.reused), fmt::format("{:.2f}", report.seconds)});
    if (!report.racy.empty()) racy += fmt::format("{}: racy: {}\n", report.name, report.racy);
    for (std::size_t i = 0; i < std::min(report.broken.size(), kExamples); ++i) {
      broken += fmt::format("  {} of {}: {}\n", report.name, report.broken[i].id, report.broken[i].reason);
    }
    if (report.broken.size() > kExamples) {
      broken += fmt::format("  and {} more in features/{}.absent.csv\n", report.broken.size() - kExamples,
                            report.name);
    }
  }
  return table.text() + racy + (broken.empty() ? "" : "no vector for\n" + broken);
}

class Extract final : public Command {
 public:
  const char* name() const override { return "extract"; }
  const char* summary() const override { return "make the vectors of every [features.NAME] in medley.toml"; }
  const char* example() const override {
    return "Example: medley extract\n"
           "Goes on where an interrupted run was; what is unchanged is not made again.";
  }
  void declare(CLI::App&) override {}
  void run(Session& session) override {
    const engine::Workspace workspace(session.workspace);
    const engine::WorkspaceLock lock(workspace, "medley extract");
    const auto reports = engine::extract(workspace, session.plugins, session.services);
    if (session.json) {
      session.print_json(to_json(reports));
    } else {
      session.print(to_text(reports));
    }
  }
};

}  // namespace

void register_commands_extract(Registry& registry) {
  registry.add<Extract>();
}

}  // namespace medley::app
