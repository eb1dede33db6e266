#include "medley/fusion/missing.h"
#include "medley/fusion/registry.h"
#include "medley/fusion/weights.h"

#include <utility>

namespace medley::fusion {
namespace {

/// Unit rows side by side, block m times sqrt(w_m) with weights of sum 1: the inner product of two items that
/// have every modality is then exactly the weighted mean of their cosines.
class Concat final : public Fusion {
 public:
  struct Params {
    std::vector<double> weights;
    bool centre = true;
    MissingParams missing;

    void fields(FieldVisitor& v) {
      v.field("weights", weights, {0.0, 1e6},
              "one a feature, in their order; none: all equal; 0 leaves one out");
      v.field("centre", centre, "take the mean over the present rows away before the cosine");
      missing.fields(v);
    }
  };

  explicit Concat(Params params) : params_(std::move(params)) {}

  data::ItemVectors fuse(Tables tables, const Services& services) const override {
    return {weighed_blocks(tables, params_.weights, params_.centre, params_.missing, services)};
  }

 private:
  Params params_;
};

}  // namespace

void register_concat(Registry& registry) {
  registry.add<Concat>(
      "concat",
      "unit rows side by side, the inner product is the weighted mean of the cosines; an absent "
      "modality counts as cosine 0 unless missing= says otherwise");
}

}  // namespace medley::fusion
