#include "medley/core/error.h"
#include "medley/fusion/average.h"
#include "medley/fusion/registry.h"

#include <utility>

namespace medley::fusion {
namespace {

/// `mean` whose proportions have to be said: they are given, or chosen on validation by whoever asks.
class Weighted final : public Fusion {
 public:
  using Params = AverageParams;

  explicit Weighted(Params params) : params_(std::move(params)) {}

  data::ItemVectors fuse(Tables tables, const Services& services) const override {
    require(!params_.weights.empty() || tables.size() < 2,
            "fusion=weighted needs weights, one for each of {} features: give weights=..., or name the model "
            "without "
            "any for a choice on validation",
            tables.size());
    return average(tables, params_, services);
  }

 private:
  Params params_;
};

}  // namespace

void register_weighted(Registry& registry) {
  registry.add<Weighted>(
      "weighted",
      "mean with weights that are given or chosen on validation; an absent modality counts as zeros "
      "unless missing= says otherwise");
}

}  // namespace medley::fusion
