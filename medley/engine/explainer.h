#pragma once

#include "medley/engine/recommend.h"

#include <string>
#include <vector>

namespace medley::engine {

struct ExplanationPart {
  std::string by;  ///< history | modality | term
  std::string of;  ///< an item's id, a modality, or a term of the model's formula
  double value = 0.0;
};

struct ExplainAnswer {
  double score = 0.0;
  /// Largest first within a `by`. Each `by` that occurs sums to the score within 1e-5 max(1, |score|).
  std::vector<ExplanationPart> parts;
  std::string sentence;
};

/// Takes the score of `item` for this history apart. Throws `not_found` for an item that the model does not
/// know, `unsupported` for a model whose scores are no sums, `internal` should the parts not add up.
ExplainAnswer explain(const TrainedModel& model, const data::Dataset& names, const std::string& user,
                      const std::vector<std::string>& history, const std::string& item, ThreadPool& pool);

}  // namespace medley::engine
