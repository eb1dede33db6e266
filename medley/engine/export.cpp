#include "medley/engine/export.h"

#include "medley/core/error.h"
#include "medley/data/filter.h"
#include "medley/engine/experiment_split.h"
#include "medley/engine/extract.h"
#include "medley/engine/import.h"

#include <fmt/format.h>

#include <utility>

namespace medley::engine {
namespace {

/// The log in memory, as an experiment sees it.
struct InMemory {
  data::Dataset dataset;
  data::Interactions pairs;
  data::SplitPairs split;
  std::int64_t below_min_value = 0;
};

data::EventStream stream_of(const data::EventLog& log) {
  return [&log](const data::EventSink& sink) {
    for (std::size_t i = 0; i < log.events.size(); ++i)
      sink(log.events[i], log.labels.empty() ? std::nullopt : std::optional(log.labels[i]));
  };
}

data::SplitPairs split_pairs(const data::Dataset& dataset, const Workspace& workspace,
                             const ExportOptions& options, ExportResult& result) {
  ExperimentOptions experiment;
  experiment.split = options.split;
  experiment.split_file = options.split_file;
  experiment.weights = workspace.config().weights;
  auto split = make_run_split(dataset, experiment, options.seed, result.split_notes);
  result.split = split_name(dataset, experiment);
  if (split.history.pairs() > 0) {
    fail(ErrorCode::unsupported,
         "the split '{}' asks about users with a history outside train, for which {} has no part",
         result.split, options.format);
  }
  if (split_by_chance(dataset, experiment)) result.split += fmt::format(", seed {}", options.seed);
  if (split.held_out) {
    result.split_notes.emplace_back(
        "the data has no validation part: a tenth of each user's train items is valid, as in evaluate");
  }
  return {std::move(split.choice_train), std::move(split.choice), std::move(split.test)};
}

InMemory load_log(const Workspace& workspace, const ExportOptions& options, const data::ExportNeeds& needs,
                  ExportResult& result) {
  const auto& config = workspace.config();
  InMemory out;
  out.dataset = load_dataset(workspace);
  if (config.min_value) {
    const auto before = out.dataset.log.events.size();
    out.dataset.log = data::keep_values(out.dataset.log, *config.min_value);
    out.below_min_value = static_cast<std::int64_t>(before - out.dataset.log.events.size());
  }
  out.pairs = data::build_interactions(out.dataset.log, out.dataset.user_count(), out.dataset.item_count(),
                                       config.weights);
  const bool wanted = needs.split || !options.split.empty() || !options.split_file.empty();
  if (wanted) out.split = split_pairs(out.dataset, workspace, options, result);
  return out;
}

void check_options(const ExportOptions& options, const data::ExportNeeds& needs) {
  const bool split = !options.split.empty() || !options.split_file.empty();
  if (split && !needs.splits)
    fail(ErrorCode::usage, "the format '{}' has no parts: --split goes with mmrec and recbole",
         options.format);
  if (options.spreadsheet_safe && options.format != "csv")
    fail(ErrorCode::usage, "--spreadsheet-safe goes with the format csv, got '{}'", options.format);
}

}  // namespace

ExportResult export_data(const Workspace& workspace, const ExportOptions& options, const Services& services) {
  const auto needs = data::export_needs(options.format);
  check_options(options, needs);
  const auto store = open_store(workspace);
  require(!workspace.owns(options.folder),
          "'{}' lies in a folder that medley keeps for itself; name another one", options.folder.string());
  data::ExportFolder folder(options.folder, options.overwrite);
  ExportResult result;
  result.folder = folder.target();
  const auto write = [&](data::ExportInput input) {
    if (input.dataset.user_count() == 0 && input.dataset.item_count() == 0) {
      fail(ErrorCode::not_found, "workspace '{}' holds no data: nothing is exported",
           workspace.folder().string());
    }
    input.name = folder.name();
    input.spreadsheet_safe = options.spreadsheet_safe;
    if (needs.features) input.tables = load_tables(workspace, input.dataset, services);
    result.report = data::write_export(options.format, input, folder, services);
  };
  const bool split = needs.split || !options.split.empty() || !options.split_file.empty();
  if (needs.pairs || split) {
    const auto log = load_log(workspace, options, needs, result);
    write({.name = {},
           .dataset = log.dataset,
           .events = stream_of(log.dataset.log),
           .pairs = &log.pairs,
           .split = split ? &log.split : nullptr});
    result.report.note("events below [events] min_value do not count and are left out", log.below_min_value);
    result.report.note("pairs whose weight is not above 0 are left out of the pairs",
                       log.pairs.dropped_pairs);
  } else {
    store.read([&](const data::Dataset& names, const data::EventStream& events) {
      write({.name = {}, .dataset = names, .events = events});
    });
  }
  folder.commit(fmt::format("medley export --format {}", options.format));
  result.files = folder.files();
  return result;
}

}  // namespace medley::engine
