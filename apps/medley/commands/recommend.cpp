#include "medley/core/error.h"
#include "medley/core/file.h"
#include "medley/engine/extract.h"
#include "medley/engine/import.h"
#include "medley/engine/new_items.h"
#include "medley/engine/recommend_all.h"
#include "medley/engine/train.h"
#include "medley/engine/trained_model.h"

#include "apps/medley/answer.h"
#include "apps/medley/list_writer.h"
#include "apps/medley/new_item_answer.h"
#include "apps/medley/new_item_file.h"
#include "apps/medley/registry.h"
#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <filesystem>
#include <optional>

namespace medley::app {
namespace {

class Recommend final : public Command {
 public:
  const char* name() const override { return "recommend"; }
  const char* summary() const override { return "the best items for a user, with the reason of each"; }
  const char* example() const override {
    return R"(Example: medley recommend --user 42 --k 5
         medley recommend --history 'Toy Story,Jumanji'   for someone never seen (ids, separated by commas)
         medley recommend --user 42 --where 'genre has Comedy and (year > 1990 or title = "Big")'
         medley recommend --all --format csv --out lists.csv
         medley recommend --user 42 --new-item film.json
Uses the events that are in the store now, not those at the training.
--where: FIELD OPERATOR VALUE, joined by and, or, not and parentheses. FIELD is a column of the catalogue or id;
  `has` takes one category of several, or a part of a text; = and != take the whole; < <= > >= take numbers. What has
  spaces or is called as a word of this language stands in quotes. An item without the field fails every comparison.
--diversity D: the next item is the one with the largest
  (1 - D) * relevance - D * (largest mean cosine, over their features, to an item listed before it, at least 0),
  relevance being the score brought to 0..1 over the first 10 k candidates (100 at least, 5000 at most).
--all: csv has the columns user,rank,item,score,title; jsonl one object a user. Reasons are left out.
--new-item FILE: a JSON object, or a list of them, with fields of the catalogue, "image" (a path beside the file) and
  "id"; its vectors are made as the model's own were. Says its rank and score among the user's candidates, or, without
  a user or a history, the k users whose score for it is highest. For models that score by content.)";
  }
  void declare(CLI::App& app) override {
    auto* user = app.add_option("--user", user_, "id of the user");
    auto* history = app.add_option("--history", history_, "ids of items, in place of a user's events");
    history->excludes(user);
    auto* all = app.add_flag("--all", all_, "every user, streamed")->excludes(user)->excludes(history);
    app.add_option("--model", model_, "name of a trained model (default: the one trained last)");
    app.add_option("--k", options_.k, "how many")->check(CLI::Range(1, 10000))->capture_default_str();
    app.add_option("--where", options_.where, "a condition on the catalogue, see below");
    auto* diversity = app.add_option("--diversity", options_.diversity,
                                     "0: by score alone; 1: as unlike each other as can be")
                          ->check(CLI::Range(0.0, 1.0))
                          ->capture_default_str();
    app.add_option("--new-item", new_item_, "JSON file of what is not in the catalogue, see below")
        ->excludes(all)
        ->excludes(diversity);
    app.add_option("--exclude", exclude_, "file of item ids, one a line, that are not to be listed");
    app.add_flag("--include-seen", options_.include_seen, "items of the history may be listed");
    app.add_option("--format", format_, "of --all")
        ->check(CLI::IsMember({"csv", "jsonl"}))
        ->capture_default_str()
        ->needs(all);
    app.add_option("--out", out_, "file of --all, whole or not at all (default: stdout)")->needs(all);
  }
  void run(Session& session) override {
    if (user_.empty() && history_.empty() && !all_ && new_item_.empty())
      fail(ErrorCode::usage, "recommend needs --user, --history, --all or --new-item");
    const engine::Workspace workspace(session.workspace);
    const engine::TrainedModel model(
        workspace.model(model_.empty() ? engine::default_model(workspace) : model_), session.plugins.models);
    // A bare history is answered from the model file alone; the store then only gives titles.
    const bool has_store = std::filesystem::exists(workspace.database());
    const bool needs_store = history_.empty() || !options_.where.empty() || options_.diversity > 0.0;
    const auto dataset = has_store || needs_store ? engine::load_dataset(workspace) : data::Dataset{};
    const auto tables = options_.diversity > 0.0 ? engine::load_tables(workspace, dataset, session.services)
                                                 : engine::Tables{};
    if (!exclude_.empty()) options_.exclude = read_ids(exclude_);
    if (!new_item_.empty()) {
      place_new(session, workspace, model, dataset);
    } else if (all_) {
      write_all(session, workspace, model, dataset, tables);
    } else {
      answer_one(session, workspace, model, dataset, tables);
    }
  }

 private:
  engine::Asker asker(const engine::Workspace& workspace, const data::Dataset& dataset) const {
    const auto& config = workspace.config();
    if (user_.empty()) return {user_, ids_in(history_)};
    return {user_, engine::history_of(dataset, user_, config.weights, config.min_value)};
  }

  void place_new(const Session& session, const engine::Workspace& workspace,
                 const engine::TrainedModel& model, const data::Dataset& dataset) const {
    const engine::NewItems items(model, dataset,
                                 read_new_items(new_item_, model.pipeline(session.plugins.extractors)),
                                 session.plugins, session.services);
    if (user_.empty() && history_.empty()) {
      const auto histories = engine::all_interactions(workspace, dataset);
      print_takers(session, items.items(), items.takers(histories, options_.k));
    } else {
      print_ranks(session, items.ranks(asker(workspace, dataset), options_, session.services.pool));
    }
  }

  void answer_one(const Session& session, const engine::Workspace& workspace,
                  const engine::TrainedModel& model, const data::Dataset& dataset,
                  const engine::Tables& tables) const {
    auto answer = engine::ListMaker(model, dataset, options_, tables)
                      .list(asker(workspace, dataset), session.services.pool);
    if (!user_.empty() && !dataset.users.find(user_))
      answer.notes.push_back(fmt::format("user '{}' has no events in the store", user_));
    print_answer(session, answer, dataset);
  }

  void write_all(const Session& session, const engine::Workspace& workspace,
                 const engine::TrainedModel& model, const data::Dataset& dataset,
                 const engine::Tables& tables) {
    if (session.json && out_.empty())
      fail(ErrorCode::usage, "--all prints --format csv or jsonl; --json goes with --out");
    if (std::filesystem::exists(out_) && !std::filesystem::is_regular_file(out_))
      fail(ErrorCode::io, "'{}' is no regular file", out_);
    options_.reasons = false;
    std::optional<AtomicFile> file;
    if (!out_.empty()) file.emplace(out_);
    const auto write = [&](std::string_view text) { file ? file->write(text) : session.print(text); };
    const auto writer = make_list_writer(format_, dataset, write);
    const auto histories = engine::all_interactions(workspace, dataset);
    const auto users = engine::recommend_all(
        model, dataset, histories, options_, tables, session.services,
        [&](const std::string& user, const auto& answer) { writer->add(user, answer); });
    if (!file) return;
    file->commit();
    if (session.json) {
      session.print_json({{"users", users}, {"file", out_}});
    } else {
      session.print(fmt::format("{} users in {}\n", users, out_));
    }
  }

  engine::ListOptions options_;
  std::string user_;
  std::string history_;
  std::string model_;
  std::string exclude_;
  std::string new_item_;
  std::string format_ = "csv";
  std::string out_;
  bool all_ = false;
};

}  // namespace

void register_commands_recommend(Registry& registry) {
  registry.add<Recommend>();
}

}  // namespace medley::app
