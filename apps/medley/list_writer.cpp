#include "apps/medley/list_writer.h"

#include "medley/core/error.h"
#include "medley/data/writers/cells.h"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <utility>

namespace medley::app {
namespace {

using Json = nlohmann::ordered_json;

class CsvLists final : public ListWriter {
 public:
  CsvLists(const data::Dataset& names, Out out) : names_(names), out_(std::move(out)) {
    out_("user,rank,item,score,title\n");
  }
  void add(const std::string& user, const engine::RecommendAnswer& answer) override {
    std::string text;
    int rank = 0;
    for (const auto& item : answer.items) {
      text +=
          fmt::format("{},{},{},{},{}\n", data::quoted_cell(user), ++rank, data::quoted_cell(item.id),
                      static_cast<float>(item.score), data::quoted_cell(engine::title_of(names_, item.id)));
    }
    out_(text);
  }

 private:
  const data::Dataset& names_;
  Out out_;
};

class JsonLists final : public ListWriter {
 public:
  JsonLists(const data::Dataset& names, Out out) : names_(names), out_(std::move(out)) {}
  void add(const std::string& user, const engine::RecommendAnswer& answer) override {
    Json items = Json::array();
    for (const auto& item : answer.items) {
      items.push_back({{"id", item.id}, {"score", item.score}, {"title", engine::title_of(names_, item.id)}});
    }
    // Ids may hold any bytes: what is not UTF-8 is replaced, not refused.
    const Json line{{"user", user}, {"items", std::move(items)}};
    out_(line.dump(-1, ' ', false, Json::error_handler_t::replace) + "\n");
  }

 private:
  const data::Dataset& names_;
  Out out_;
};

}  // namespace

std::unique_ptr<ListWriter> make_list_writer(const std::string& format, const data::Dataset& names,
                                             ListWriter::Out out) {
  if (format == "csv") return std::make_unique<CsvLists>(names, std::move(out));
  if (format == "jsonl") return std::make_unique<JsonLists>(names, std::move(out));
  fail(ErrorCode::usage, "there is no format '{}'; there are: csv, jsonl", format);
}

}  // namespace medley::app
