#include "apps/medley/answer.h"

#include "medley/core/file.h"
#include "medley/core/params.h"

#include "apps/medley/table.h"
#include <fmt/format.h>
#include <nlohmann/json.hpp>

namespace medley::app {
namespace {

using Json = nlohmann::ordered_json;

std::string picture_of(const data::Dataset& dataset, const std::string& id) {
  const auto row = dataset.items.find(id);
  if (!row || dataset.catalog.files[data::MediaKind::image].empty()) return "";
  return dataset.catalog.files[data::MediaKind::image][static_cast<std::size_t>(*row)];
}

Json to_json(const engine::RecommendAnswer& answer, const data::Dataset& dataset) {
  Json items = Json::array();
  for (const auto& item : answer.items) {
    Json one{{"id", item.id},
             {"score", item.score},
             {"reason", engine::to_string(item.reason)},
             {"sentence", item.sentence}};
    one["title"] = engine::title_of(dataset, item.id);
    if (const auto picture = picture_of(dataset, item.id); !picture.empty()) one["image"] = picture;
    items.push_back(std::move(one));
  }
  Json out{{"items", items}};
  if (!answer.notes.empty()) out["notes"] = answer.notes;
  return out;
}

std::string to_text(const engine::RecommendAnswer& answer, const data::Dataset& dataset) {
  std::string out;
  for (std::size_t i = 0; i < answer.items.size(); ++i) {
    const auto& item = answer.items[i];
    const auto title = shortened(engine::title_of(dataset, item.id), 70);
    out += fmt::format("{:2}. {}{}  score {:.4f}\n", i + 1, title,
                       title == item.id ? "" : fmt::format("  [{}]", item.id), item.score);
    out += fmt::format("    {}: {}\n", engine::to_string(item.reason), item.sentence);
    if (const auto picture = picture_of(dataset, item.id); !picture.empty())
      out += fmt::format("    {}\n", picture);
  }
  for (const auto& note : answer.notes) out += note + "\n";
  return out;
}

}  // namespace

void print_answer(const Session& session, const engine::RecommendAnswer& answer,
                  const data::Dataset& dataset) {
  if (session.json) {
    session.print_json(to_json(answer, dataset));
  } else {
    session.print(to_text(answer, dataset));
  }
}

std::vector<std::string> read_ids(const std::string& path) {
  std::vector<std::string> out;
  for (auto line : split_list(read_file(path, std::uint64_t{1} << 30), '\n')) {
    if (!line.empty() && line.back() == '\r') line.pop_back();
    if (!line.empty()) out.push_back(std::move(line));
  }
  return out;
}

std::vector<std::string> ids_in(const std::string& list) {
  std::vector<std::string> out;
  for (auto& id : split_list(list, ',')) {
    if (!id.empty()) out.push_back(std::move(id));
  }
  return out;
}

}  // namespace medley::app
