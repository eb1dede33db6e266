#include "apps/medley/registry.h"
#include <fmt/format.h>
#include <fmt/ranges.h>
#include <nlohmann/json.hpp>

namespace medley::app {
namespace {

std::string limits_text(const FieldInfo& field) {
  if (field.limits.empty()) return "";
  const bool number = std::holds_alternative<std::int64_t>(field.value) ||
                      std::holds_alternative<double>(field.value) ||
                      std::holds_alternative<std::vector<double>>(field.value);
  return number ? fmt::format(" in [{}]", fmt::join(field.limits, ", "))
                : fmt::format(", one of {}", fmt::join(field.limits, " | "));
}

nlohmann::ordered_json to_json(const Value& value) {
  return std::visit([](const auto& v) { return nlohmann::ordered_json(v); }, value);
}

template <class Registry>
void list(const char* kind, const Registry& plugins, std::string& text, nlohmann::ordered_json& json) {
  text += fmt::format("{}\n", kind);
  json[kind] = nlohmann::ordered_json::array();
  for (const auto& [name, entry] : plugins.entries()) {
    text += fmt::format("  {}: {}\n", name, entry.summary);
    nlohmann::ordered_json params = nlohmann::ordered_json::array();
    for (const auto& field : entry.params) {
      text += fmt::format("      {} = {}{}: {}\n", field.name, medley::to_text(field.value),
                          limits_text(field), field.help);
      params.push_back({{"name", field.name},
                        {"default", to_json(field.value)},
                        {"limits", field.limits},
                        {"help", field.help}});
    }
    json[kind].push_back({{"name", name}, {"summary", entry.summary}, {"params", params}});
  }
}

class Plugins final : public Command {
 public:
  const char* name() const override { return "plugins"; }
  const char* summary() const override {
    return "every extractor, fusion, model and metric, with its parameters";
  }
  const char* example() const override { return "Example: medley plugins | less"; }
  void declare(CLI::App&) override {}

  void run(Session& session) override {
    std::string text;
    nlohmann::ordered_json json;
    list("extractors", session.plugins.extractors, text, json);
    list("fusions", session.plugins.fusions, text, json);
    list("models", session.plugins.models, text, json);
    list("metrics", session.plugins.metrics, text, json);
    text += "metric formulas\n";
    for (const auto& name : session.plugins.metrics.names()) {
      const auto formula = session.plugins.metrics.make(name)->formula();
      text += fmt::format("  {}: {}\n", name, formula);
      for (auto& metric : json["metrics"]) {
        if (metric["name"] == name) metric["formula"] = formula;
      }
    }
    if (session.json) {
      session.print_json(json);
    } else {
      session.print(text);
    }
  }
};

}  // namespace

void register_commands_plugins(Registry& registry) {
  registry.add<Plugins>();
}

}  // namespace medley::app
