#include "medley/fusion/registry.h"

#include <algorithm>
#include <cmath>
#include <numeric>
#include <utility>

namespace medley::fusion {
namespace {

using Tables = std::span<const std::shared_ptr<const data::FeatureTable>>;

math::Centering centering_of(const data::FeatureTable& table, bool centre) {
  return table.is_sparse() ? math::unit_rows(table.sparse().view(), table.present, centre)
                           : math::unit_rows(table.dense().view(), table.present, centre);
}

void check_tables(Tables tables) {
  require(!tables.empty(), "nothing to fuse: give at least one feature");
  for (const auto& table : tables) {
    require(table->items() == tables.front()->items(), "feature '{}' has {} items and '{}' has {}",
            table->name, table->items(), tables.front()->name, tables.front()->items());
  }
}

/// Unit rows side by side, block m times sqrt(w_m) with weights of sum 1: the inner product of two items that
/// have every modality is then exactly the weighted mean of their cosines.
class Concat final : public Fusion {
 public:
  struct Params {
    std::vector<double> weights;
    std::string missing = "zero";
    bool centre = true;

    void fields(FieldVisitor& v) {
      v.field("weights", weights, {0.0, 1e6},
              "one a feature, in their order; none: all equal; 0 leaves one out");
      v.field("missing", missing, {"zero", "renormalize"},
              "an absent modality counts as cosine 0, or the weights are shared by those present");
      v.field("centre", centre, "take the mean over the present rows away before the cosine");
    }
  };

  explicit Concat(Params params)
      : weights_(std::move(params.weights)),
        renormalize_(params.missing == "renormalize"),
        centre_(params.centre) {}

  data::ItemVectors fuse(Tables tables, const Services& services) const override {
    check_tables(tables);
    const auto weights = normalized_weights(tables.size());
    data::ItemVectors out;
    std::vector<double> present_weight(static_cast<std::size_t>(tables.front()->items()));
    for (std::size_t m = 0; m < tables.size(); ++m) {
      if (weights[m] == 0) continue;
      services.cancel.check();
      auto centering = centering_of(*tables[m], centre_);
      for (std::size_t i = 0; i < centering.scale.size(); ++i)
        if (centering.scale[i] != 0) present_weight[i] += weights[m];
      scale(centering, std::sqrt(weights[m]));
      out.blocks.push_back({tables[m]->name, tables[m]->modality, tables[m], std::move(centering)});
    }
    if (renormalize_) renormalize(out, present_weight);
    return out;
  }

 private:
  std::vector<double> normalized_weights(std::size_t tables) const {
    if (weights_.empty()) return std::vector<double>(tables, 1.0 / static_cast<double>(tables));
    require(weights_.size() == tables, "'weights' has {} numbers for {} features", weights_.size(), tables);
    const double sum = std::accumulate(weights_.begin(), weights_.end(), 0.0);
    require(sum > 0, "'weights' are all 0");
    auto out = weights_;
    for (auto& weight : out) weight /= sum;
    return out;
  }

  static void scale(math::Centering& centering, double factor) {
    for (auto& value : centering.scale) value = static_cast<float>(value * factor);
  }

  /// Brings every row that has anything back to unit length.
  static void renormalize(data::ItemVectors& vectors, const std::vector<double>& present_weight) {
    for (auto& block : vectors.blocks) {
      auto& scales = block.centering.scale;
      for (std::size_t i = 0; i < scales.size(); ++i)
        if (present_weight[i] > 0) scales[i] = static_cast<float>(scales[i] / std::sqrt(present_weight[i]));
    }
  }

  std::vector<double> weights_;
  bool renormalize_;
  bool centre_;
};

}  // namespace

void register_concat(Registry& registry) {
  registry.add<Concat>(
      "concat",
      "unit rows side by side, the inner product is the weighted mean of the cosines; an absent modality "
      "counts "
      "as cosine 0 (missing=zero) or leaves its weight to those present (missing=renormalize)");
}

}  // namespace medley::fusion
