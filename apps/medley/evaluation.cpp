#include "apps/medley/evaluation.h"

#include "apps/medley/table.h"
#include "apps/medley/variation_tables.h"
#include <fmt/format.h>
#include <fmt/ranges.h>
#include <nlohmann/json.hpp>

#include <algorithm>

namespace medley::app {
namespace {

using Json = nlohmann::ordered_json;
using engine::ExperimentResult;
using engine::ModelResult;

constexpr double kAlpha = 0.05;

const eval::MetricSummary& primary(const ExperimentResult& result, const eval::ModelSummary& summary) {
  return *std::find_if(summary.metrics.begin(), summary.metrics.end(),
                       [&](const auto& m) { return m.key == result.primary; });
}

/// What fits a screen beside the primary metric: recall and NDCG at every k, coverage and popularity at the
/// largest. JSON has all.
bool is_shown(const ExperimentResult& result, const eval::MetricSummary& metric) {
  if (metric.key == result.primary) return false;
  const auto name = metric.key.substr(0, metric.key.find('@'));
  if (name == "recall" || name == "ndcg") return true;
  const auto largest = result.primary.substr(result.primary.find('@'));
  return (name == "coverage" || name == "popularity") && metric.key == name + largest;
}

std::vector<const ModelResult*> compared(const ExperimentResult& result) {
  std::vector<const ModelResult*> out;
  for (const auto& model : result.models) {
    if (!model.control) out.push_back(&model);
  }
  return out;
}

/// Letters of the models that this one beats with Holm-corrected p below .05: "> a, b".
std::string beaten(const ExperimentResult& result, const ModelResult& model) {
  const auto models = compared(result);
  std::vector<std::string> letters;
  for (std::size_t i = 0; i < models.size(); ++i) {
    for (const auto& test : result.tests) {
      const bool wins = (models[test.a] == &model && test.b == i && test.difference > 0) ||
                        (models[test.b] == &model && test.a == i && test.difference < 0);
      if (wins && test.p_holm < kAlpha) letters.push_back(fmt::format("{}", i + 1));
    }
  }
  return letters.empty() ? "" : fmt::format("> {}", fmt::join(letters, " "));
}

std::string chosen(const ModelResult& model) {
  std::vector<std::string> parts;
  for (const auto& field : model.params) {
    const auto text = medley::to_text(field.value);
    if (!text.empty()) parts.push_back(field.name + "=" + text);
  }
  return fmt::format("{}", fmt::join(parts, " "));
}

std::string header_text(const ExperimentResult& result) {
  auto out = fmt::format("{}: {} users, {} items; split {}: {} train, {} valid, {} test pairs\n", result.data,
                         result.users, result.items, result.split, result.train_pairs, result.valid_pairs,
                         result.test_pairs);
  for (const auto& column : result.columns) {
    out += fmt::format("candidates {}: {} items, {} users with a held-out one\n", column.name, column.items,
                       column.users);
  }
  for (const auto& note : result.notes) out += "note: " + note + "\n";
  return out + "\n";
}

std::string main_table(const ExperimentResult& result) {
  using Align = Table::Align;
  const auto& metrics = result.models.front().columns.front().metrics;
  std::vector<std::string> header{"", "model", result.primary, "95 % interval"};
  std::vector<Align> align{Align::right, Align::left, Align::right, Align::left};
  if (result.seeds > 1) {
    header.emplace_back("deviation");
    align.push_back(Align::right);
  }
  for (const auto& metric : metrics) {
    if (!is_shown(result, metric)) continue;
    header.push_back(metric.key);
    align.push_back(Align::right);
  }
  for (std::size_t i = 1; i < result.columns.size(); ++i) {
    header.push_back(result.primary + " " + result.columns[i].name);
    align.push_back(Align::right);
  }
  header.emplace_back("beats");
  align.push_back(Align::left);
  Table table(header, align);
  int place = 0;
  for (const auto& model : result.models) {
    const auto& first = primary(result, model.columns.front());
    std::vector<std::string> row{model.control ? "" : std::to_string(++place), shortened(model.spec, 44),
                                 share_text(first.mean)};
    row.push_back(first.interval ? fmt::format("{} - {}", share_text(first.interval->low),
                                               share_text(first.interval->high))
                                 : "");
    if (result.seeds > 1) row.push_back(first.deviation ? share_text(*first.deviation) : "");
    for (const auto& metric : model.columns.front().metrics) {
      if (is_shown(result, metric)) row.push_back(share_text(metric.mean));
    }
    for (std::size_t i = 1; i < model.columns.size(); ++i)
      row.push_back(share_text(primary(result, model.columns[i]).mean));
    row.push_back(model.control ? "(control)" : beaten(result, model));
    table.add(std::move(row));
  }
  return table.text();
}

std::string slice_table(const ExperimentResult& result) {
  const auto lacks_modality = [](const auto& slice) { return slice.first.starts_with("without "); };
  if (std::ranges::none_of(result.models.front().slices, lacks_modality)) return "";
  std::vector<std::string> header{"held-out items", "users"};
  std::vector<Table::Align> align{Table::Align::left, Table::Align::right};
  int place = 0;
  for (const auto& model : result.models) {
    header.push_back(model.control ? model.name : fmt::format("{} {}", ++place, model.name));
    align.push_back(Table::Align::right);
  }
  Table table(header, align);
  for (std::size_t i = 0; i < result.models.front().slices.size(); ++i) {
    if (!lacks_modality(result.models.front().slices[i])) continue;
    const auto& [name, summary] = result.models.front().slices[i];
    std::vector<std::string> row{name, std::to_string(summary.users.size())};
    for (const auto& model : result.models)
      row.push_back(share_text(primary(result, model.slices[i].second).mean));
    table.add(std::move(row));
  }
  return "\n" + result.primary + " of items that lack a modality\n" + table.text();
}

std::string settings_text(const ExperimentResult& result) {
  std::string out = "\nsettings\n";
  for (const auto& model : result.models) {
    const auto params = chosen(model);
    out += fmt::format("  {}: {}", model.name, params.empty() ? "none" : params);
    if (model.settings_tried > 1) {
      out += fmt::format("; best of {} on validation{}", model.settings_tried,
                         model.same_choice ? "" : ", in the first run; others chose others");
    }
    out += fmt::format("; fit {:.2f} s\n", model.fit_s);
  }
  return out;
}

Json metric_json(const eval::MetricSummary& metric) {
  Json out{{"mean", metric.mean}, {"std", nullptr}, {"low", nullptr}, {"high", nullptr}};
  if (metric.deviation) out["std"] = *metric.deviation;
  if (metric.interval) {
    out["low"] = metric.interval->low;
    out["high"] = metric.interval->high;
  }
  return out;
}

Json summary_json(const eval::ModelSummary& summary) {
  Json out = Json::object();
  for (const auto& metric : summary.metrics) out[metric.key] = metric_json(metric);
  return out;
}

Json model_json(const ExperimentResult& result, const ModelResult& model) {
  Json params = Json::object();
  for (const auto& field : model.params)
    params[field.name] = std::visit([](const auto& v) { return Json(v); }, field.value);
  Json out{{"spec", model.spec},
           {"name", model.name},
           {"params", params},
           {"metrics", summary_json(model.columns.front())}};
  Json more = Json::object();
  for (std::size_t i = 1; i < model.columns.size(); ++i)
    more[result.columns[i].name] = summary_json(model.columns[i]);
  out["more"] = more;
  Json slices = Json::object();
  for (const auto& [name, summary] : model.slices) {
    slices[name] = summary_json(summary);
    slices[name]["users"] = summary.users.size();
  }
  out["slices"] = slices;
  out["control"] = model.control;
  out["runs"] = model.runs;
  out["settings_tried"] = model.settings_tried;
  out["fit_seconds"] = model.fit_s;
  return out;
}

}  // namespace

std::string evaluation_text(const ExperimentResult& result, const Cost& cost) {
  auto out = header_text(result) + main_table(result);
  if (!result.tests.empty()) {
    out += fmt::format(
        "beats: Wilcoxon's signed-rank test on {} per user, Holm's correction over {} pairs, p < {}\n",
        result.primary, result.tests.size(), kAlpha);
  }
  out += slice_table(result) + knock_out_text(result) + curves_text(result) + settings_text(result);
  return out + fmt::format("\n{:.1f} s, peak memory {:.0f} MB\n", cost.seconds, cost.peak_mb);
}

Json evaluation_json(const ExperimentResult& result, const Cost& cost) {
  Json columns = Json::array();
  for (const auto& column : result.columns)
    columns.push_back({{"candidates", column.name}, {"n", column.items}, {"users", column.users}});
  Json models = Json::array();
  for (const auto& model : result.models) models.push_back(model_json(result, model));
  Json tests = Json::array();
  const auto names = compared(result);
  for (const auto& test : result.tests) {
    tests.push_back({{"a", names[test.a]->spec},
                     {"b", names[test.b]->spec},
                     {"metric", result.primary},
                     {"difference", test.difference},
                     {"p", test.p},
                     {"p_holm", test.p_holm},
                     {"t_p", test.t_p},
                     {"t_p_holm", test.t_p_holm}});
  }
  Json out{
      {"data", result.data},
      {"split", result.split},
      {"seeds", result.seeds},
      {"users", result.users},
      {"items", result.items},
      {"pairs", {{"train", result.train_pairs}, {"valid", result.valid_pairs}, {"test", result.test_pairs}}},
      {"notes", result.notes},
      {"columns", columns},
      {"models", models},
      {"tests", tests},
      {"seconds", cost.seconds},
      {"peak_mb", cost.peak_mb}};
  if (!result.knock_outs.empty()) out["knock_out"] = knock_out_json(result);
  if (!result.curves.empty()) out["curves"] = curves_json(result);
  return out;
}

}  // namespace medley::app
