#include "apps/medley/variation_tables.h"

#include "apps/medley/table.h"
#include <fmt/format.h>
#include <fmt/ranges.h>
#include <nlohmann/json.hpp>

namespace medley::app {
namespace {

using Json = nlohmann::ordered_json;
using engine::Curve;
using engine::ExperimentResult;
using engine::KnockOut;

std::string interval_text(const std::optional<eval::Interval>& interval) {
  return interval ? fmt::format("{} - {}", share_text(interval->low), share_text(interval->high)) : "";
}

std::string rows_text(const KnockOut& knock_out) {
  using Align = Table::Align;
  Table table({"", knock_out.metric, "95 % interval", "against", "difference", "95 % interval", "there"},
              {Align::left, Align::right, Align::left, Align::left, Align::right, Align::left, Align::left});
  for (const auto& row : knock_out.rows) {
    const auto name = row.change == "control" ? "control: " + knock_out.control : row.name;
    std::vector<std::string> cells{name, share_text(row.mean), interval_text(row.interval), row.against};
    if (row.against.empty()) {
      cells.insert(cells.end(), {"", "", ""});
    } else {
      cells.push_back(share_text(row.difference));
      cells.push_back(interval_text(row.difference_interval));
      cells.push_back(row.place);
    }
    table.add(std::move(cells));
  }
  return table.text();
}

/// The points of each model, shares rising from 0.
std::vector<std::vector<engine::CurvePoint>> by_model(const Curve& curve) {
  std::vector<std::vector<engine::CurvePoint>> out;
  for (const auto& point : curve.points) {
    if (point.share == 0.0) out.emplace_back();
    out.back().push_back(point);
  }
  return out;
}

void put_interval(Json& out, const std::optional<eval::Interval>& interval) {
  out["low"] = interval ? Json(interval->low) : Json(nullptr);
  out["high"] = interval ? Json(interval->high) : Json(nullptr);
}

}  // namespace

std::string knock_out_text(const ExperimentResult& result) {
  std::string out;
  for (const auto& knock_out : result.knock_outs) {
    out += fmt::format("\nwhat content adds to {}\n{}", knock_out.model, rows_text(knock_out));
    for (const auto& verdict : knock_out.verdicts) out += verdict.sentence + "\n";
    for (const auto& failure : knock_out.failures) out += "not as it should be: " + failure + "\n";
  }
  if (out.empty()) return out;
  return out +
         "settings were chosen once, for the full model, and kept in every row: nothing is chosen again\n"
         "differences: paired bootstrap over users; there: where noise and shuffled lie in the interval of "
         "the "
         "row they are held against\n";
}

Json knock_out_json(const ExperimentResult& result) {
  Json out = Json::array();
  for (const auto& knock_out : result.knock_outs) {
    Json rows = Json::array();
    for (const auto& row : knock_out.rows) {
      Json one{{"name", row.name}, {"of", row.of}, {"change", row.change}, {"mean", row.mean}};
      put_interval(one, row.interval);
      one["difference"] = nullptr;
      if (!row.against.empty()) {
        one["difference"] = {{"against", row.against}, {"mean", row.difference}};
        put_interval(one["difference"], row.difference_interval);
      }
      one["place"] = row.place.empty() ? Json(nullptr) : Json(row.place);
      rows.push_back(std::move(one));
    }
    Json verdicts = Json::array();
    for (const auto& verdict : knock_out.verdicts)
      verdicts.push_back({{"of", verdict.of}, {"earns", verdict.earns}, {"sentence", verdict.sentence}});
    out.push_back({{"model", knock_out.model},
                   {"metric", knock_out.metric},
                   {"control", knock_out.control},
                   {"rows", rows},
                   {"verdicts", verdicts},
                   {"failures", knock_out.failures}});
  }
  return out;
}

std::string curves_text(const ExperimentResult& result) {
  std::string out;
  for (const auto& curve : result.curves) {
    const auto models = by_model(curve);
    std::vector<std::string> header{"model"};
    std::vector<Table::Align> align{Table::Align::left};
    for (const auto& point : models.front()) {
      header.push_back(fmt::format("{:g}", point.share));
      align.push_back(Table::Align::left);
    }
    Table table(header, align);
    for (const auto& points : models) {
      std::vector<std::string> cells{shortened(points.front().model, 44)};
      for (const auto& point : points)
        cells.push_back(fmt::format("{} ({})", share_text(point.mean), interval_text(point.interval)));
      table.add(std::move(cells));
    }
    const auto what = curve.kind == "noise"
                          ? fmt::format("that share of the training pairs has a random item")
                          : fmt::format("that share of the items that have {} loses it", curve.of);
    out += fmt::format("\n{} where {}, with settings chosen on the data as it is\n{}", curve.metric, what,
                       table.text());
  }
  return out;
}

Json curves_json(const ExperimentResult& result) {
  Json out = Json::array();
  for (const auto& curve : result.curves) {
    Json points = Json::array();
    for (const auto& point : curve.points) {
      Json one{
          {"share", point.share}, {"model", point.model}, {"metric", curve.metric}, {"mean", point.mean}};
      put_interval(one, point.interval);
      points.push_back(std::move(one));
    }
    out.push_back({{"kind", curve.kind}, {"of", curve.of}, {"metric", curve.metric}, {"points", points}});
  }
  return out;
}

std::string knock_out_failures(const ExperimentResult& result) {
  std::string first;
  std::size_t count = 0;
  for (const auto& knock_out : result.knock_outs) {
    if (first.empty() && !knock_out.failures.empty()) first = knock_out.failures.front();
    count += knock_out.failures.size();
  }
  return count > 1 ? fmt::format("{}; and {} more", first, count - 1) : first;
}

}  // namespace medley::app
