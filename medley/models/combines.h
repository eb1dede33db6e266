#pragma once

#include "medley/core/spec.h"
#include "medley/models/recommender.h"

#include <memory>
#include <span>
#include <vector>

namespace medley::models {

/// A fitted model with the standard deviation of its scores (see `deviation_of_scores`).
struct FittedPart {
  std::shared_ptr<const Recommender> model;
  double deviation = 0.0;
};

/// A model made of models. Each part asks for content of its own, so that whoever has the content fits the
/// parts and hands them over; and parts fitted once serve every setting of what combines them.
class Combines {
 public:
  virtual ~Combines() = default;

  /// The models that it is made of; a part that leaves settings open has to be settled before it is fitted.
  virtual std::vector<Spec> parts() const = 0;

  /// In place of `fit`: takes the parts fitted on `items` items, in the order of `parts`.
  virtual void combine(std::vector<FittedPart> parts, ItemId items) = 0;

  /// out [queries x items] = what `score` gives, from each part's own scores of these queries.
  virtual void join(std::span<const Query> queries, std::span<const math::MatrixView<const float>> scores,
                    math::MatrixView<float> out, ThreadPool& pool) const = 0;
};

}  // namespace medley::models
