#include "medley/data/check/check.h"

#include "medley/core/archive.h"
#include "medley/data/csv.h"
#include "medley/data/readers/fields.h"
#include "medley/engine/import.h"
#include "medley/engine/media_file.h"
#include "medley/features/text/terms.h"

#include "apps/medley/registry.h"
#include "apps/medley/table.h"
#include <fmt/chrono.h>
#include <fmt/format.h>
#include <fmt/ranges.h>
#include <nlohmann/json.hpp>

#include <cmath>
#include <ctime>

namespace medley::app {
namespace {

using Json = nlohmann::ordered_json;

std::string shown(const std::string& name, double value) {
  // Times in other units than seconds lie beyond the years that a calendar has; they stand as they are.
  constexpr double kYear10000 = 253402300800.0;
  if ((name == "first_time" || name == "last_time") && std::abs(value) < kYear10000) {
    return fmt::format("{:%Y-%m-%d %H:%M:%S} UTC", fmt::gmtime(static_cast<std::time_t>(value)));
  }
  return std::floor(value) == value ? fmt::format("{:.0f}", value) : fmt::format("{:.6f}", value);
}

Json to_json(const data::CheckReport& report) {
  Json counts;
  for (const auto& [name, value] : report.counts) {
    if (std::floor(value) == value)
      counts[name] = static_cast<std::int64_t>(value);
    else
      counts[name] = value;
  }
  Json problems = Json::array();
  for (const auto& problem : report.problems) {
    Json one{{"code", problem.code}, {"count", problem.count}, {"examples", problem.examples}};
    if (!problem.of.empty()) one["of"] = problem.of;
    if (!problem.help.empty()) one["help"] = problem.help;
    problems.push_back(std::move(one));
  }
  Json times = Json::array();
  for (const auto& column : report.time_columns)
    times.push_back({{"column", column.name}, {"unit", column.unit}, {"values", column.values}});
  return {{"counts", counts}, {"time_columns", times}, {"problems", problems}};
}

std::string to_text(const data::CheckReport& report) {
  Table counts({"count", ""}, {Table::Align::left, Table::Align::right});
  for (const auto& [name, value] : report.counts) counts.add({name, shown(name, value)});
  for (const auto& column : report.time_columns)
    counts.add({column.name + ": unit, as guessed", column.unit.empty() ? "none fits" : column.unit});
  if (report.problems.empty()) return counts.text() + "no problems found\n";
  Table problems({"problem", "of", "rows", "examples"},
                 {Table::Align::left, Table::Align::left, Table::Align::right, Table::Align::left});
  for (const auto& problem : report.problems) {
    problems.add({problem.code, problem.of, std::to_string(problem.count),
                  shortened(fmt::format("{}", fmt::join(problem.examples, "; ")), 70)});
  }
  auto out = counts.text() + "\n" + problems.text();
  for (const auto& problem : report.problems) {
    if (!problem.help.empty()) out += fmt::format("{}: {}\n", problem.code, problem.help);
  }
  return out;
}

/// Items whose texts hold no word that a text extractor with its defaults would use ("M", "9", "The").
void add_unusable(const data::Dataset& dataset, data::CheckReport& report) {
  features::TermReader reader{features::TextParams{}};
  data::ProblemCounter counter("no_usable_words", 5);
  std::vector<std::string> texts;
  std::vector<std::string> terms;
  for (data::ItemId id = 0; id < dataset.item_count(); ++id) {
    texts.clear();
    for (const auto& column : dataset.catalog.texts)
      texts.push_back(column.values[static_cast<std::size_t>(id)]);
    features::Item item;
    item.texts = texts;
    if (!reader.read(item, terms).empty()) counter.add([&] { return dataset.items.id(id); });
  }
  counter.report_to(report);
}

void add_quarantined(const engine::Workspace& workspace, data::CheckReport& report) {
  if (!std::filesystem::exists(workspace.quarantine())) return;
  data::ProblemCounter quarantined("quarantined_rows", 5, workspace.quarantine().string());
  data::CsvReader rows(data::open_file(workspace.quarantine()), {});
  for (bool header = true; rows.next(); header = false) {
    if (!header)
      quarantined.add(
          [&] { return fmt::format("{}:{}: {}", rows.fields()[0], rows.fields()[1], rows.fields()[2]); });
  }
  quarantined.report_to(report);
}

class Check final : public Command {
 public:
  const char* name() const override { return "check"; }
  const char* summary() const override { return "count what is there and what is wrong with it"; }
  const char* example() const override {
    return "Example: medley check\n"
           "         medley check --model graph_filter   verifies every checksum of a model file\n"
           "Pictures are decoded, not judged by their names.";
  }
  void declare(CLI::App& app) override {
    app.add_option("--model", model_, "verify a trained model's file instead");
    app.add_flag("--skip-pictures", skip_pictures_, "do not decode the pictures");
    app.add_option("--now", now_,
                   "later events are in the future: seconds since 1970, or ISO 8601 (default: the clock)");
  }
  void run(Session& session) override {
    const engine::Workspace workspace(session.workspace);
    if (!model_.empty()) return check_model(session, workspace.model(model_));
    auto dataset = engine::load_dataset(workspace);
    data::CheckOptions options;
    options.now = now_.empty() ? std::time(nullptr) : now();
    options.weights = workspace.config().weights;
    media::DecodeLimits limits;
    limits.max_pixels = workspace.config().max_pixels;
    if (!skip_pictures_)
      options.look_at_picture = [limits](const std::string& path) {
        return engine::look_at_image(path, limits);
      };
    auto report = data::check(dataset, options, session.services);
    add_unusable(dataset, report);
    add_quarantined(workspace, report);
    session.services.progress.end();
    if (session.json) {
      session.print_json(to_json(report));
    } else {
      session.print(to_text(report));
    }
  }

 private:
  std::int64_t now() const {
    const auto time = data::parse_time(now_);
    if (!time) fail(ErrorCode::usage, "--now '{}' is neither a number of seconds nor a date", now_);
    return *time;
  }

  void check_model(const Session& session, const std::filesystem::path& path) const {
    const auto damaged = ArchiveReader(path, "model").damaged();
    if (!damaged.empty()) {
      fail(ErrorCode::corrupt_data, "'{}' is damaged: the checksum of {} does not hold; train it again",
           path.string(), fmt::join(damaged, ", "));
    }
    if (session.json) {
      session.print_json({{"file", path.string()}, {"damaged", damaged}});
    } else {
      session.print(fmt::format("{}: every checksum holds\n", path.string()));
    }
  }

  std::string model_;
  std::string now_;
  bool skip_pictures_ = false;
};

}  // namespace

void register_commands_check(Registry& registry) {
  registry.add<Check>();
}

}  // namespace medley::app
