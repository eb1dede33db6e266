#include "medley/engine/similar.h"

#include "medley/core/error.h"
#include "medley/engine/alike.h"
#include "medley/engine/extract.h"
#include "medley/engine/import.h"
#include "medley/engine/pipeline.h"
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

Json to_json(const engine::AlikeAnswer& answer) {
  Json parts = Json::array();
  for (const auto& part : answer.parts) {
    parts.push_back({{"feature", part.feature},
                     {"modality", part.modality},
                     {"cosine", part.cosine},
                     {"weight", part.weight},
                     {"value", part.value},
                     {"shared", part.shared}});
  }
  return {{"score", answer.score},
          {"parts", parts},
          {"users",
           {{"of_item", answer.users_of_a},
            {"of_why", answer.users_of_b},
            {"in_common", answer.users_in_common}}},
          {"sentence", answer.sentence}};
}

std::string to_text(const engine::AlikeAnswer& answer) {
  Table table({"feature", "cosine", "weight", "share of the score", "shared"},
              {Table::Align::left, Table::Align::right, Table::Align::right, Table::Align::right});
  for (const auto& part : answer.parts) {
    table.add({part.feature, fmt::format("{:+.5f}", part.cosine), fmt::format("{:.3f}", part.weight),
               fmt::format("{:+.5f}", part.value), listed(part.shared, 60)});
  }
  table.add({"sum", "", "", fmt::format("{:+.5f}", answer.score), ""});
  return table.text() + fmt::format("\nusers: {} and {}, {} in common\n{}\n", answer.users_of_a,
                                    answer.users_of_b, answer.users_in_common, answer.sentence);
}

class Similar final : public Command {
 public:
  const char* name() const override { return "similar"; }
  const char* summary() const override {
    return "the items whose content is nearest to an item's, or to a picture, a sound, a clip and words";
  }
  const char* example() const override {
    return "Example: medley similar --item 1 --by image\n"
           "         medley similar --item 1 --weights image=2,text=0.5\n"
           "         medley similar --image photo.jpg --text 'red summer dress'   for what is not in the "
           "catalogue\n"
           "         medley similar --item 1 --why 2   why the two are alike\n"
           "The score is the weighted mean of the cosines in the features that both items have.\n"
           "--why takes it apart feature by feature, names the words, categories, columns and\n"
           "frames that bind the two, and counts the users who chose both.";
  }
  void declare(CLI::App& app) override {
    auto* item = app.add_option("--item", item_, "id of the item");
    auto* image =
        app.add_option("--image", files_[data::MediaKind::image], "a picture file, in place of an item");
    auto* audio =
        app.add_option("--audio", files_[data::MediaKind::audio], "a sound file, in place of an item");
    auto* video = app.add_option("--video", files_[data::MediaKind::video], "a clip, in place of an item");
    for (auto* file : {image, audio, video}) file->excludes(item);
    auto* text =
        app.add_option("--text", text_, "words, in place of an item or beside a file")->excludes(item);
    app.add_option("--why", why_, "id of a second item: take their likeness apart")
        ->excludes(image)
        ->excludes(audio)
        ->excludes(video)
        ->excludes(text);
    app.add_option("--by", by_, "feature or modality; repeatable (default: all)");
    app.add_option("--weights", weights_, "weight of a feature or modality, e.g. image=2,text=0.5");
    app.add_option("--k", k_, "how many")->check(CLI::Range(1, 10000))->capture_default_str();
  }
  void run(Session& session) override {
    const bool any_file = std::ranges::any_of(files_.values, [](const auto& path) { return !path.empty(); });
    if (item_.empty() && !any_file && text_.empty())
      fail(ErrorCode::usage, "similar needs --item, or --image, --audio, --video or --text");
    const engine::Workspace workspace(session.workspace);
    const auto dataset = engine::load_dataset(workspace);
    const auto tables = engine::load_tables(workspace, dataset, session.services);
    const auto weights = weights_in(weights_);
    auto named = by_;
    for (const auto& [name, weight] : weights) named.push_back(name);
    engine::refuse_raw(workspace, tables, named);
    if (!why_.empty()) {
      const auto row_parts =
          engine::row_parts_of(workspace, dataset, session.plugins.extractors, session.services);
      const auto answer = engine::alike(dataset, tables, engine::all_interactions(workspace, dataset),
                                        {item_, why_, by_, weights}, row_parts);
      if (session.json) {
        session.print_json(to_json(answer));
      } else {
        session.print(to_text(answer));
      }
    } else if (!item_.empty()) {
      print_answer(session, engine::similar(dataset, tables, {item_, by_, weights, k_}), dataset);
    } else {
      const auto pipeline = engine::Pipeline::of(workspace, dataset.catalog, session.plugins.extractors);
      const auto query = pipeline.transform(std::vector{described(pipeline)}, session.services);
      print_answer(session,
                   engine::similar_to_new(dataset, tables, query, {"the query", by_, weights, k_},
                                          session.services.pool),
                   dataset);
    }
  }

 private:
  /// What was described, as an item: every text column holds the words, since any may be what a feature
  /// reads.
  engine::NewItem described(const engine::Pipeline& pipeline) const {
    engine::NewItem out;
    out.id = "the query";
    out.files = files_;
    if (text_.empty()) return out;
    if (!pipeline.has(features::Reads::text))
      fail(ErrorCode::invalid_argument, "--text: no feature of the catalogue is made of words");
    for (const auto& column : pipeline.texts()) out.texts[column] = text_;
    return out;
  }

  std::string item_;
  data::PerMedia<std::string> files_;
  std::string text_;
  std::string why_;
  std::vector<std::string> by_;
  std::string weights_;
  int k_ = 10;
};

}  // namespace

void register_commands_similar(Registry& registry) {
  registry.add<Similar>();
}

}  // namespace medley::app
