#include "medley/engine/similar.h"

#include "medley/core/error.h"
#include "medley/engine/extract.h"
#include "medley/engine/import.h"

#include "apps/medley/answer.h"
#include "apps/medley/registry.h"

namespace medley::app {
namespace {

/// Reads "image=2,text=0.5".
std::map<std::string, double> weights_in(const std::string& text) {
  std::map<std::string, double> out;
  for (const auto& part : split_list(text, ',')) {
    const auto equals = part.find('=');
    double value = 0.0;
    if (equals == std::string::npos || !parse_double(part.substr(equals + 1), value)) {
      fail(ErrorCode::usage, "--weights takes NAME=NUMBER separated by commas, got '{}'", part);
    }
    out[part.substr(0, equals)] = value;
  }
  return out;
}

class Similar final : public Command {
 public:
  const char* name() const override { return "similar"; }
  const char* summary() const override { return "the items whose content is nearest to an item's"; }
  const char* example() const override {
    return "Example: medley similar --item 1 --by image\n"
           "         medley similar --item 1 --weights image=2,text=0.5\n"
           "The score is the weighted mean of the cosines in the features that both items have.";
  }
  void declare(CLI::App& app) override {
    app.add_option("--item", item_, "id of the item")->required();
    app.add_option("--by", by_, "feature or modality; repeatable (default: all)");
    app.add_option("--weights", weights_, "weight of a feature or modality, e.g. image=2,text=0.5");
    app.add_option("--k", k_, "how many")->check(CLI::Range(1, 10000))->capture_default_str();
  }
  void run(Session& session) override {
    const engine::Workspace workspace(session.workspace);
    const auto dataset = engine::load_dataset(workspace);
    const auto tables = engine::load_tables(workspace, dataset, session.services);
    print_answer(session, engine::similar(dataset, tables, {item_, by_, weights_in(weights_), k_}), dataset);
  }

 private:
  std::string item_;
  std::vector<std::string> by_;
  std::string weights_;
  int k_ = 10;
};

}  // namespace

void register_commands_similar(Registry& registry) {
  registry.add<Similar>();
}

}  // namespace medley::app
