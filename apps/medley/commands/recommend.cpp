#include "medley/core/error.h"
#include "medley/engine/import.h"
#include "medley/engine/train.h"
#include "medley/engine/trained_model.h"

#include "apps/medley/answer.h"
#include "apps/medley/registry.h"
#include <fmt/format.h>

#include <filesystem>

namespace medley::app {
namespace {

class Recommend final : public Command {
 public:
  const char* name() const override { return "recommend"; }
  const char* summary() const override { return "the best items for a user, with the reason of each"; }
  const char* example() const override {
    return "Example: medley recommend --user 42 --k 5\n"
           "         medley recommend --history 'Toy Story,Jumanji'   for someone never seen (ids, separated "
           "by commas)\n"
           "Uses the events that are in the store now, not those at the training.";
  }
  void declare(CLI::App& app) override {
    auto* user = app.add_option("--user", user_, "id of the user");
    auto* history = app.add_option("--history", history_, "ids of items, in place of a user's events");
    history->excludes(user);
    app.add_option("--model", model_, "name of a trained model (default: the one trained last)");
    app.add_option("--k", k_, "how many")->check(CLI::Range(1, 10000))->capture_default_str();
    app.add_option("--exclude", exclude_, "file of item ids, one a line, that are not to be listed");
    app.add_flag("--include-seen", include_seen_, "items of the history may be listed");
  }
  void run(Session& session) override {
    if (user_.empty() && history_.empty()) fail(ErrorCode::usage, "recommend needs --user or --history");
    const engine::Workspace workspace(session.workspace);
    const engine::TrainedModel model(
        workspace.model(model_.empty() ? engine::default_model(workspace) : model_), session.plugins.models);
    // A bare history is answered from the model file alone; the store then only gives titles.
    const bool has_store = std::filesystem::exists(workspace.database());
    const auto dataset = has_store || !user_.empty() ? engine::load_dataset(workspace) : data::Dataset{};
    engine::RecommendRequest request;
    request.user = user_;
    request.k = k_;
    request.include_seen = include_seen_;
    if (!exclude_.empty()) request.exclude = read_ids(exclude_);
    if (user_.empty()) {
      request.history = ids_in(history_);
    } else {
      request.history =
          engine::history_of(dataset, user_, workspace.config().weights, workspace.config().min_value);
    }
    auto answer = engine::recommend(model, dataset, request, session.services.pool);
    if (!user_.empty() && !dataset.users.find(user_)) {
      answer.notes.push_back(fmt::format("user '{}' has no events in the store", user_));
    }
    print_answer(session, answer, dataset);
  }

 private:
  std::string user_;
  std::string history_;
  std::string model_;
  std::string exclude_;
  int k_ = 10;
  bool include_seen_ = false;
};

}  // namespace

void register_commands_recommend(Registry& registry) {
  registry.add<Recommend>();
}

}  // namespace medley::app
