#pragma once

#include "medley/core/params.h"
#include "medley/core/services.h"
#include "medley/data/dataset.h"
#include "medley/data/interactions.h"
#include "medley/engine/content.h"
#include "medley/engine/curve.h"
#include "medley/engine/knock_out.h"
#include "medley/engine/plugins.h"
#include "medley/engine/sample_lists.h"
#include "medley/eval/summary.h"

#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace medley::engine {

struct ExperimentOptions {
  std::string models = "random, popularity, item_knn, ease, graph_filter";
  std::string split{};       ///< a name of `data::split_names`; "" = labels where there are, else random
  std::string split_file{};  ///< in place of `split`; see data/split/split_file.h
  std::vector<int> k{10, 20};
  int seeds = 1;
  bool mask_valid = false;  ///< validation items leave the candidates at the test, too
  std::vector<std::string>
      candidates{};  ///< heldout | all | has:NAME | a file of ids, one a column; the first chooses settings
  std::string diversity_in{};          ///< feature in which intra-list diversity is taken; "" = the first
  std::vector<std::string> without{};  ///< features or modalities removed before the fit
  std::string save_split{};            ///< prefix of the files that get the first run's split; "" = none
  data::KindWeights weights = data::default_kind_weights();
  int sample_users = 0;               ///< whose lists of the first run are kept
  std::optional<double> min_value{};  ///< what the caller has filtered the log by, for the header
  KnockOutOptions knock_out{};
  std::vector<CurveOptions> curves{};
};

/// One set of candidates: a column of the table.
struct CandidateColumn {
  std::string name;
  std::int64_t items = 0;
  std::int64_t users = 0;  ///< with a held-out item among them, in the first run
};

struct ModelResult {
  std::string spec;  ///< as typed
  std::string name;
  std::vector<FieldInfo> params;  ///< as chosen in the first run
  bool control = false;           ///< added by the program; outside the tests
  bool same_choice = true;        ///< every run chose the same
  int settings_tried = 1;
  int runs = 1;
  double fit_s = 0.0;                       ///< of the last fit
  std::vector<eval::ModelSummary> columns;  ///< one a candidate column
  std::vector<std::pair<std::string, eval::ModelSummary>>
      slices;  ///< of the first column: "without image", "cold items", "new users", ...
};

struct ExperimentResult {
  std::string data;
  std::string split;
  int seeds = 1;
  std::int64_t users = 0;
  std::int64_t items = 0;
  std::int64_t train_pairs = 0;
  std::int64_t valid_pairs = 0;
  std::int64_t test_pairs = 0;
  std::vector<std::string> notes;  ///< what a reader of the table must know
  std::vector<CandidateColumn> columns;
  std::string primary;  ///< key of the metric of the tests: recall at the largest k
  std::vector<ModelResult> models;
  std::vector<std::pair<std::string, std::string>> formulas;  ///< of each metric, by its key
  std::vector<SampleUser> sample;     ///< lists of the first run in the first column, one a model
  std::vector<eval::PairTest> tests;  ///< by position among the models that are no controls
  std::vector<KnockOut> knock_outs;   ///< one a model that uses content, where it was asked for
  std::vector<Curve> curves;          ///< one a `ExperimentOptions::curves`
};

/// Splits, chooses settings on the validation part alone, fits, ranks and compares. All models of one run see
/// the same split. Splits by chance are drawn anew for each seed; of a fixed split only models with a `seed`
/// run more than once. Where the data has no validation part, a tenth of each user's train items is held out
/// to choose, and the fit is made again with all of train. Knock-outs and curves fit again with the settings
/// that were chosen, on changed content or a changed log, and are ranked for the same users. Throws
/// `invalid_argument`, `usage`, `not_found`, `corrupt_data`, `limit`, `interrupted`.
ExperimentResult run_experiment(const data::Dataset& dataset, const Tables& tables, const Plugins& plugins,
                                const ExperimentOptions& options, const Services& services);

}  // namespace medley::engine
