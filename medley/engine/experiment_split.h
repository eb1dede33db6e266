#pragma once

#include "medley/data/dataset.h"
#include "medley/data/interactions.h"
#include "medley/engine/content.h"
#include "medley/engine/experiment.h"
#include "medley/eval/protocol.h"

#include <cstdint>
#include <string>
#include <vector>

namespace medley::engine {

/// The parts of one run of an experiment.
struct RunSplit {
  data::Interactions train;        ///< fitted on for the test
  data::Interactions history;      ///< of users outside train, known when they are asked about; often empty
  data::Interactions test_masked;  ///< what leaves the candidates at the test
  data::Interactions test;
  data::Interactions choice_train;  ///< fitted on for choosing settings
  data::Interactions choice;        ///< what settings are chosen by
  bool held_out = false;          ///< `choice` was taken out of train, since the data has no validation part
  bool item_cold = false;         ///< no test item has an event in train
  std::int64_t without_past = 0;  ///< test users of whom neither train nor history has anything

  /// What users are asked about with by models that were fitted on `fitted`: that and the histories. `kept`
  /// holds it where it is not `fitted` itself.
  const data::Interactions* asked_with(const data::Interactions* fitted, data::Interactions& kept) const;
};

/// The name of the split that the options ask for, as tables show it.
std::string split_name(const data::Dataset& dataset, const ExperimentOptions& options);

/// Whether each seed draws another split.
bool split_by_chance(const data::Dataset& dataset, const ExperimentOptions& options);

inline constexpr std::uint64_t kFirstSeed = 1;

/// Makes the split of one run; that of `kFirstSeed` is written to `options.save_split` where that is set.
/// Throws `corrupt_data` where train and test share a pair, `invalid_argument` for an empty train or test
/// part.
RunSplit make_run_split(const data::Dataset& dataset, const ExperimentOptions& options, std::uint64_t seed,
                        std::vector<std::string>& notes);

/// The columns of candidates that the options ask for; `held_out` holds the pairs that are to be found.
std::vector<eval::Candidates> make_columns(const data::Dataset& dataset, const Tables& tables,
                                           const ExperimentOptions& options, const RunSplit& split,
                                           const data::Interactions& held_out);

}  // namespace medley::engine
