#include "apps/medley/report_document.h"

#include "medley/core/error.h"
#include "medley/core/file.h"
#include "medley/core/hash.h"
#include "medley/core/spec.h"
#include "medley/engine/catalog_map.h"
#include "medley/engine/recommend.h"
#include "medley/engine/thumbnails.h"
#include "medley/engine/train.h"
#include "medley/engine/trained_model.h"
#include "medley/eval/metric_set.h"

#include "apps/medley/base64.h"
#include "apps/medley/report_groups.h"
#include "apps/medley/report_page.h"
#include <fmt/chrono.h>
#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <ctime>

namespace medley::app {
namespace {

using Json = nlohmann::ordered_json;

constexpr std::size_t kPictureBytes = 10'000'000;
constexpr std::size_t kMapItems = 50'000;
constexpr std::size_t kHistory = 12;
constexpr int kList = 10;

std::string now_text(const char* form) {
  return fmt::format(fmt::runtime(form), fmt::gmtime(std::time(nullptr)));
}

/// As many digits as a screen has.
double rounded(float value) {
  return std::round(double{value} * 1e4) / 1e4;
}

}  // namespace

ReportDocument::ReportDocument(const Session& session, const ReportSource& source, std::string kind)
    : session_(session), source_(source) {
  out_["kind"] = std::move(kind);
  out_["title"] = source.dataset.name;
  out_["made"] = now_text("{:%Y-%m-%d %H:%M} UTC");
  out_["version"] = MEDLEY_VERSION;
}

std::size_t ReportDocument::row_of(data::ItemId item) {
  const auto [found, is_new] = row_of_.try_emplace(item, items_.size());
  if (is_new) items_.push_back(item);
  return found->second;
}

Json ReportDocument::rows_of(const std::vector<data::ItemId>& items, std::size_t most) {
  Json out = Json::array();
  for (std::size_t i = 0; i < std::min(items.size(), most); ++i) out.push_back(row_of(items[i]));
  return out;
}

void ReportDocument::add_evaluation(const engine::ExperimentResult& result, Json json) {
  json["primary"] = result.primary;
  out_["evaluation"] = std::move(json);
  Json formulas = Json::array();
  for (const auto& [key, formula] : result.formulas) formulas.push_back({{"key", key}, {"formula", formula}});
  out_["metrics"] = std::move(formulas);
  Json models = Json::array();
  std::size_t best = 0;
  const auto primary = [&](std::size_t i) {
    for (const auto& metric : result.models[i].columns.front().metrics)
      if (metric.key == result.primary) return metric.mean;
    return 0.0;
  };
  for (std::size_t i = 0; i < result.models.size(); ++i) {
    models.push_back(result.models[i].spec);
    if (primary(i) > primary(best)) best = i;
  }
  Json users = Json::array();
  for (const auto& user : result.sample) {
    Json lists = Json::array();
    for (const auto& list : user.lists) lists.push_back(rows_of(list, kList));
    users.push_back({{"user", source_.dataset.users.id(user.user)},
                     {"history", rows_of(user.history, kHistory)},
                     {"history_length", user.history.size()},
                     {"held_out", rows_of(user.held_out, user.held_out.size())},
                     {"lists", std::move(lists)}});
  }
  out_["lists"] = {{"models", std::move(models)}, {"best", best}, {"users", std::move(users)}};
}

void ReportDocument::add_check() {
  data::CheckOptions options;
  options.now = std::time(nullptr);
  if (source_.workspace != nullptr) options.weights = source_.workspace->config().weights;
  const auto report = data::check(source_.dataset, options, session_.services);
  Json counts = Json::object();
  for (const auto& [name, value] : report.counts) counts[name] = value;
  Json problems = Json::array();
  for (const auto& problem : report.problems) {
    problems.push_back({{"code", problem.code},
                        {"of", problem.of},
                        {"count", problem.count},
                        {"examples", problem.examples},
                        {"help", problem.help}});
  }
  out_["check"] = {
      {"counts", std::move(counts)}, {"problems", std::move(problems)}, {"notes", Json::array()}};
}

void ReportDocument::add_map() {
  if (source_.tables.empty()) return;
  const auto vectors = engine::make_vectors({models::ContentUse::Form::fused, {}, "concat", {}},
                                            source_.tables, session_.plugins.fusions, session_.services);
  const auto map = engine::map_catalog(*vectors, session_.services);
  if (map.items.empty()) return;
  const auto shown = std::min(map.items.size(), kMapItems);
  const auto groups = make_groups(source_.dataset.catalog, map.items);
  std::vector<std::int64_t> users(static_cast<std::size_t>(source_.dataset.item_count()));
  for (const auto& event : source_.dataset.log.events) ++users[static_cast<std::size_t>(event.item)];
  Json out{{"features", Json::array()},
           {"variance", map.variance},
           {"left_out", map.left_out},
           {"groups", groups.names},
           {"others", groups.others},
           {"items", Json::array()},
           {"x", Json::array()},
           {"y", Json::array()},
           {"group", Json::array()},
           {"events", Json::array()},
           {"not_shown", map.items.size() - shown}};
  for (const auto& table : source_.tables) out["features"].push_back(table->name);
  for (std::size_t i = 0; i < shown; ++i) {
    out["items"].push_back(row_of(map.items[i]));
    out["x"].push_back(rounded(map.x[i]));
    out["y"].push_back(rounded(map.y[i]));
    out["events"].push_back(users[static_cast<std::size_t>(map.items[i])]);
    if (!groups.names.empty()) out["group"].push_back(groups.of[i]);
  }
  out_["map"] = std::move(out);
}

void ReportDocument::add_recommendations(const std::vector<std::string>& users) {
  if (source_.workspace == nullptr) return;
  const auto& workspace = *source_.workspace;
  if (!std::filesystem::exists(workspace.models() / "default")) return;
  const engine::TrainedModel model(workspace.model(engine::default_model(workspace)),
                                   session_.plugins.models);
  Json answers = Json::array();
  for (const auto& user : users) {
    session_.services.cancel.check();
    engine::RecommendRequest request;
    request.user = user;
    request.k = kList;
    request.history =
        engine::history_of(source_.dataset, user, workspace.config().weights, workspace.config().min_value);
    const auto answer = engine::recommend(model, source_.dataset, request, session_.services.pool);
    Json history = Json::array();
    for (std::size_t i = 0; i < std::min(request.history.size(), kHistory); ++i)
      history.push_back(row_of(*source_.dataset.items.find(request.history[i])));
    Json items = Json::array();
    for (const auto& item : answer.items) {
      const auto row = source_.dataset.items.find(item.id);
      if (!row) continue;
      items.push_back({{"item", row_of(*row)},
                       {"score", item.score},
                       {"reason", engine::to_string(item.reason)},
                       {"sentence", item.sentence}});
    }
    answers.push_back({{"user", user},
                       {"history", std::move(history)},
                       {"history_length", request.history.size()},
                       {"items", std::move(items)}});
  }
  out_["recommendations"] = {{"model", medley::to_text(model.plugin(), model.params())},
                             {"users", std::move(answers)}};
}

Json ReportDocument::finish() {
  Json ids = Json::array();
  Json titles = Json::array();
  Json pictures = Json::array();
  std::vector<std::string> paths;
  for (const auto item : items_) {
    const auto& images = source_.dataset.catalog.files[data::MediaKind::image];
    paths.push_back(images.empty() ? "" : images[static_cast<std::size_t>(item)]);
    const auto& id = source_.dataset.items.id(item);
    const auto title = engine::title_of(source_.dataset, id);
    ids.push_back(id);
    titles.push_back(title == id ? "" : title);
  }
  media::DecodeLimits limits;
  std::filesystem::path cache;
  if (source_.workspace != nullptr) {
    limits.max_pixels = source_.workspace->config().max_pixels;
    cache = source_.workspace->cache() / "thumbnails";
  }
  const auto thumbnails = engine::make_thumbnails(paths, limits, cache, session_.services);
  std::size_t bytes = 0;
  for (const auto& webp : thumbnails.webp) {
    bytes += webp.size();
    pictures.push_back(bytes <= kPictureBytes ? base64(webp) : "");
  }
  out_["items"] = {{"ids", std::move(ids)}, {"titles", std::move(titles)}, {"pictures", std::move(pictures)}};
  return std::move(out_);
}

std::vector<std::string> ReportDocument::some_users(const data::Dataset& dataset, std::size_t count) {
  std::vector<std::pair<std::uint64_t, std::string>> order;
  for (const auto& id : dataset.users.ids()) order.emplace_back(xxh64(id), id);
  const auto kept = std::min(order.size(), count);
  std::partial_sort(order.begin(), order.begin() + static_cast<std::ptrdiff_t>(kept), order.end());
  std::vector<std::string> out;
  for (std::size_t i = 0; i < kept; ++i) out.push_back(order[i].second);
  return out;
}

std::filesystem::path write_run(const engine::Workspace& workspace, const Json& metrics, const Json& document,
                                const Services& services) {
  const auto stamp = now_text("{:%Y-%m-%dT%H-%M-%SZ}");
  auto folder = workspace.runs() / stamp;
  try {
    for (int again = 2; std::filesystem::exists(folder); ++again)
      folder = workspace.runs() / fmt::format("{}-{}", stamp, again);
    engine::Workspace::make_folder(folder);
    write_file(folder / "medley.toml", read_file(workspace.folder() / "medley.toml", 1 << 24));
    write_file(folder / "metrics.json",
               metrics.dump(2, ' ', false, nlohmann::json::error_handler_t::replace) + "\n");
    write_report(folder / "report.html", document);
    return folder;
  } catch (const Error& error) {
    services.warn(fmt::format("the run is not kept: {}", error.what()));
    return {};
  }
}

}  // namespace medley::app
