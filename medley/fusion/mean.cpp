#include "medley/fusion/average.h"
#include "medley/fusion/registry.h"

#include <utility>

namespace medley::fusion {
namespace {

/// v_i = sum_m p_m v_im, the average of the modalities of an item in the proportions p, equal ones unless
/// `weights` says otherwise. See `average`.
class Mean final : public Fusion {
 public:
  using Params = AverageParams;

  explicit Mean(Params params) : params_(std::move(params)) {}

  data::ItemVectors fuse(Tables tables, const Services& services) const override {
    return average(tables, params_, services);
  }

 private:
  Params params_;
};

}  // namespace

void register_mean(Registry& registry) {
  registry.add<Mean>(
      "mean",
      "the average of the modalities' vectors, in equal proportions or those of weights; an absent "
      "modality counts as zeros unless missing= says otherwise");
}

}  // namespace medley::fusion
