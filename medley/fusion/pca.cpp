#include "medley/fusion/missing.h"
#include "medley/fusion/reduce.h"
#include "medley/fusion/registry.h"
#include "medley/fusion/weights.h"

#include <utility>

namespace medley::fusion {
namespace {

/// The principal components of `concat`: its rows in the `dim` directions that keep most of their inner
/// products, as one block.
class Pca final : public Fusion {
 public:
  struct Params {
    std::vector<double> weights;
    int dim = 64;
    bool centre = true;
    int seed = 1;
    MissingParams missing;

    void fields(FieldVisitor& v) {
      v.field("weights", weights, {0.0, 1e6},
              "one a feature, in their order; none: all equal; 0 leaves one out");
      v.field("dim", dim, {1, 4096}, "components; fewer where the rows have a smaller rank");
      v.field("centre", centre, "take the mean over the present rows away before the cosine");
      v.field("seed", seed, {0, 1 << 30}, "of the randomised SVD: same seed, same vectors");
      missing.fields(v);
    }
  };

  explicit Pca(Params params) : params_(std::move(params)) {}

  data::ItemVectors fuse(Tables tables, const Services& services) const override {
    auto blocks = weighed_blocks(tables, params_.weights, params_.centre, params_.missing, services);
    const auto seed = static_cast<std::uint64_t>(params_.seed);
    data::ItemVectors out;
    out.blocks.push_back(
        block_of(joined_names(blocks), "pca", reduced_together(blocks, params_.dim, seed, services)));
    return out;
  }

 private:
  Params params_;
};

}  // namespace

void register_pca(Registry& registry) {
  registry.add<Pca>(
      "pca",
      "concat reduced to its principal components; an absent modality counts as cosine 0 unless missing= "
      "says otherwise");
}

}  // namespace medley::fusion
