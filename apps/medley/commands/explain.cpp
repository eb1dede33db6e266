#include "medley/core/error.h"
#include "medley/engine/bonds.h"
#include "medley/engine/counterfactual.h"
#include "medley/engine/explainer.h"
#include "medley/engine/extract.h"
#include "medley/engine/import.h"
#include "medley/engine/row_parts.h"
#include "medley/engine/train.h"

#include "apps/medley/answer.h"
#include "apps/medley/registry.h"
#include "apps/medley/table.h"
#include <fmt/format.h>
#include <nlohmann/json.hpp>

namespace medley::app {
namespace {

using Json = nlohmann::ordered_json;

Json to_json(const engine::Counterfactual& found) {
  Json out{{"without", found.without}, {"k", found.k}, {"sentence", found.sentence}};
  out["rank_before"] = found.rank_before > 0 ? Json(found.rank_before) : Json();
  out["rank_after"] = found.rank_after > 0 ? Json(found.rank_after) : Json();
  return out;
}

Json to_json(const std::vector<engine::Bond>& bonds) {
  Json out = Json::array();
  for (const auto& bond : bonds) {
    Json parts = Json::array();
    for (const auto& part : bond.parts) {
      parts.push_back({{"feature", part.feature},
                       {"modality", part.modality},
                       {"cosine", part.cosine},
                       {"shared", part.shared}});
    }
    out.push_back({{"id", bond.id}, {"parts", parts}});
  }
  return out;
}

Json to_json(const engine::ExplainAnswer& answer) {
  Json parts = Json::array();
  for (const auto& part : answer.parts)
    parts.push_back({{"by", part.by}, {"of", part.of}, {"value", part.value}});
  return {{"score", answer.score}, {"parts", parts}, {"sentence", answer.sentence}};
}

std::string to_text(const engine::ExplainAnswer& answer, const data::Dataset& dataset, int top) {
  std::string out;
  std::size_t begin = 0;
  while (begin < answer.parts.size()) {
    std::size_t end = begin;
    while (end < answer.parts.size() && answer.parts[end].by == answer.parts[begin].by) ++end;
    Table table({"by " + answer.parts[begin].by, "", "share of the score"},
                {Table::Align::left, Table::Align::left, Table::Align::right});
    double rest = 0.0;
    for (std::size_t i = begin; i < end; ++i) {
      const auto& part = answer.parts[i];
      if (static_cast<int>(i - begin) >= top) {
        rest += part.value;
        continue;
      }
      const auto title = part.by == "history" ? engine::title_of(dataset, part.of) : "";
      table.add({shortened(part.of, 40), shortened(title == part.of ? "" : title, 50),
                 fmt::format("{:+.5f}", part.value)});
    }
    if (static_cast<int>(end - begin) > top)
      table.add(
          {fmt::format("{} more", static_cast<int>(end - begin) - top), "", fmt::format("{:+.5f}", rest)});
    table.add({"sum", "", fmt::format("{:+.5f}", answer.score)});
    out += table.text() + "\n";
    begin = end;
  }
  return out;
}

std::string to_text(const std::vector<engine::Bond>& bonds, const data::Dataset& dataset) {
  if (bonds.empty()) return "";
  Table table({"alike in content with", "", "feature", "cosine", "what binds the two"},
              {Table::Align::left, Table::Align::left, Table::Align::left, Table::Align::right});
  for (const auto& bond : bonds) {
    const auto title = engine::title_of(dataset, bond.id);
    bool first = true;
    for (const auto& part : bond.parts) {
      table.add({first ? shortened(bond.id, 40) : "", first && title != bond.id ? shortened(title, 50) : "",
                 part.feature, fmt::format("{:+.5f}", part.cosine),
                 part.shared.empty() ? "(not readable)" : listed(part.shared, 60)});
      first = false;
    }
  }
  return table.text() + "\n";
}

class Explain final : public Command {
 public:
  const char* name() const override { return "explain"; }
  const char* summary() const override { return "take the score of an item for a user apart, exactly"; }
  const char* example() const override {
    return "Example: medley explain --user 42 --item 318\n"
           "The parts by history, by modality and by term each sum to the score that recommend prints.\n"
           "Where content has a part in it: the words, categories, columns and frames that bind the item to\n"
           "those of the history that speak for it and are most like it, by the features as they are now\n"
           "(`medley similar --why` takes the likeness of any two apart).\n"
           "The counterfactual: the items of the history, largest shares first, without which the item is "
           "not "
           "among\n"
           "the first k. Its ranks are those of rankings made anew from the shorter history, among the same "
           "items.";
  }
  void declare(CLI::App& app) override {
    auto* user = app.add_option("--user", user_, "id of the user");
    auto* history = app.add_option("--history", history_, "ids of items, in place of a user's events");
    history->excludes(user);
    app.add_option("--item", item_, "id of the item")->required();
    app.add_option("--model", model_, "name of a trained model (default: the one trained last)");
    app.add_option("--top", top_, "rows shown in each part of the table; the rest is summed")
        ->check(CLI::Range(1, 100000))
        ->capture_default_str();
    app.add_option("--alike", alike_, "items of the history whose likeness in content is shown")
        ->check(CLI::Range(0, 1000))
        ->capture_default_str();
    app.add_option("--k", k_, "the counterfactual pushes the item out of the first k")
        ->check(CLI::Range(1, 10000))
        ->capture_default_str();
    app.add_option("--without", most_, "and leaves out at most so many items of the history")
        ->check(CLI::Range(1, 100))
        ->capture_default_str();
  }
  void run(Session& session) override {
    if (user_.empty() && history_.empty()) fail(ErrorCode::usage, "explain needs --user or --history");
    const engine::Workspace workspace(session.workspace);
    const engine::TrainedModel model(
        workspace.model(model_.empty() ? engine::default_model(workspace) : model_), session.plugins.models);
    const auto dataset = engine::load_dataset(workspace);
    const auto history = user_.empty() ? ids_in(history_)
                                       : engine::history_of(dataset, user_, workspace.config().weights,
                                                            workspace.config().min_value);
    const auto answer = engine::explain(model, dataset, user_, history, item_, session.services.pool);
    const auto found = engine::find_counterfactual(model, dataset, {user_, history}, item_, k_, most_,
                                                   session.services.pool);
    const auto bonds = bonds_in(session, workspace, dataset, answer);
    if (session.json) {
      auto out = to_json(answer);
      out["alike"] = to_json(bonds);
      out["counterfactual"] = to_json(found);
      session.print_json(out);
    } else {
      session.print(fmt::format("{} for {}: score {:.5f}\n\n", engine::title_of(dataset, item_),
                                user_.empty() ? "this history" : user_, answer.score) +
                    to_text(answer, dataset, top_) + to_text(bonds, dataset) + answer.sentence + "\n" +
                    found.sentence + "\n");
    }
  }

 private:
  /// By the features as they are now, of which those that speak are read. The score and its parts are the
  /// model's, and stand where the features cannot be read any more.
  std::vector<engine::Bond> bonds_in(const Session& session, const engine::Workspace& workspace,
                                     const data::Dataset& dataset,
                                     const engine::ExplainAnswer& answer) const {
    std::vector<std::string> names;
    for (const auto& feature : workspace.config().features) names.push_back(feature.name);
    const auto speaking = engine::speaking_features(answer, names);
    if (alike_ == 0 || speaking.empty()) return {};
    try {
      const auto tables = engine::load_tables(workspace, dataset, session.services, speaking);
      const auto parts =
          engine::row_parts_of(workspace, dataset, session.plugins.extractors, session.services);
      return engine::bonds_of(answer, dataset, tables, item_, static_cast<std::size_t>(alike_), parts);
    } catch (const Error& error) {
      if (error.code() == ErrorCode::interrupted) throw;
      session.services.warn(fmt::format("what binds the items is left out: {}", error.what()));
      return {};
    }
  }

  std::string user_;
  std::string history_;
  std::string item_;
  std::string model_;
  int top_ = 10;
  int alike_ = 2;
  int k_ = 10;
  int most_ = 5;
};

}  // namespace

void register_commands_explain(Registry& registry) {
  registry.add<Explain>();
}

}  // namespace medley::app
