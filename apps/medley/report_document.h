#pragma once

#include "medley/data/check/check.h"
#include "medley/data/dataset.h"
#include "medley/engine/content.h"
#include "medley/engine/experiment.h"
#include "medley/engine/workspace.h"

#include "apps/medley/session.h"
#include <nlohmann/json.hpp>

#include <filesystem>
#include <map>
#include <string>
#include <vector>

namespace medley::app {

/// What a report is made from.
struct ReportSource {
  const data::Dataset& dataset;
  const engine::Tables& tables;
  const engine::Workspace* workspace = nullptr;  ///< null for a benchmark folder: no model, nothing kept
};

/// The JSON of a report, a part at a time. Items are named by their row number; what the page must show of
/// them is gathered at the end. Pictures take at most 10 MB of the page, those of lists first; a map has at
/// most 50,000 items.
class ReportDocument {
 public:
  ReportDocument(const Session& session, const ReportSource& source, std::string kind);

  /// The comparison, and the lists of its models side by side. `json` is what `--json` prints.
  void add_evaluation(const engine::ExperimentResult& result, nlohmann::ordered_json json);
  /// What is there and what is wrong with it; pictures are not decoded.
  void add_check();
  /// Two principal components of all features, joined by `concat`; nothing without features.
  void add_map();
  /// The default model's answers for a few users; nothing in a workspace without one.
  void add_recommendations(const std::vector<std::string>& users);

  /// Adds the items and their pictures, and gives the whole.
  nlohmann::ordered_json finish();

  /// `count` users with events, chosen by the hash of their ids.
  static std::vector<std::string> some_users(const data::Dataset& dataset, std::size_t count);

 private:
  std::size_t row_of(data::ItemId item);
  nlohmann::ordered_json rows_of(const std::vector<data::ItemId>& items, std::size_t most);

  const Session& session_;
  const ReportSource source_;
  nlohmann::ordered_json out_;
  std::vector<data::ItemId> items_;  ///< that the page speaks of, in order of first mention
  std::map<data::ItemId, std::size_t> row_of_;
};

/// Writes runs/<time>/ of a workspace: medley.toml as it was, metrics.json, report.html. What cannot be
/// written costs a warning. Returns the folder, or "".
std::filesystem::path write_run(const engine::Workspace& workspace, const nlohmann::ordered_json& metrics,
                                const nlohmann::ordered_json& document, const Services& services);

}  // namespace medley::app
