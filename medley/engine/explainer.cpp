#include "medley/engine/explainer.h"

#include "medley/core/error.h"

#include <algorithm>
#include <cmath>

namespace medley::engine {
namespace {

/// Adds one group, largest first, and holds it to the score.
void add_group(ExplainAnswer& answer, const char* by, std::vector<models::Share> shares) {
  if (shares.empty()) return;
  std::stable_sort(shares.begin(), shares.end(),
                   [](const auto& a, const auto& b) { return a.value > b.value; });
  double sum = 0.0;
  for (auto& share : shares) {
    sum += share.value;
    answer.parts.push_back({by, std::move(share.of), share.value});
  }
  const double allowed = 1e-5 * std::max(1.0, std::abs(answer.score));
  if (std::abs(sum - answer.score) > allowed) {
    fail(ErrorCode::internal, "the parts by {} sum to {}, the score is {}", by, sum, answer.score);
  }
}

}  // namespace

ExplainAnswer explain(const TrainedModel& model, const data::Dataset& names, const std::string& user,
                      const std::vector<std::string>& history, const std::string& item, ThreadPool& pool) {
  const auto row = model.items().find(item);
  if (!row)
    fail(ErrorCode::not_found, "the model does not know the item '{}'; `medley train` takes in new ones",
         item);
  const auto* explains = model.explains();
  if (explains == nullptr)
    fail(ErrorCode::unsupported, "the scores of '{}' are no sums that could be taken apart", model.plugin());
  const auto rows = model.rows_of(history);
  const auto explanation = explains->explain({user, rows}, *row);
  ExplainAnswer answer;
  // What `recommend` prints, so that the parts are held to that very number.
  answer.score = model.score(user, rows, pool)[static_cast<std::size_t>(*row)];
  std::vector<models::Share> by_history;
  for (const auto& [part, value] : explanation.by_history)
    by_history.push_back({model.items().id(part), value});
  add_group(answer, "history", std::move(by_history));
  add_group(answer, "modality", explanation.by_modality);
  add_group(answer, "term", explanation.by_term);
  answer.sentence = sentence_for(explanation, reason_for(explanation), model, names);
  return answer;
}

}  // namespace medley::engine
