#include "medley/fusion/average.h"

#include "medley/core/error.h"
#include "medley/fusion/reduce.h"
#include "medley/fusion/weights.h"
#include "medley/math/dense.h"

#include <utility>

namespace medley::fusion {
namespace {

void check_lengths(const Blocks& blocks) {
  for (const auto& block : blocks) {
    require(block.rows().cols() == blocks.front().rows().cols(),
            "feature '{}' has {} columns and '{}' has {}: an average takes equal lengths, or a dim that "
            "brings all to "
            "one",
            blocks.front().name, blocks.front().rows().cols(), block.name, block.rows().cols());
  }
}

math::Matrix summed(const Blocks& blocks, const std::vector<double>& weights, bool renormalize) {
  const auto present = present_weights(blocks, weights);
  auto out = math::Matrix(blocks.front().rows().rows(), blocks.front().rows().cols());
  for (std::size_t m = 0; m < blocks.size(); ++m) {
    const auto rows = written_out(blocks[m]);
    for (std::size_t i = 0; i < present.size(); ++i) {
      if (!has_row(blocks[m], i)) continue;
      const auto item = static_cast<math::Index>(i);
      const double weight = renormalize ? weights[m] / present[i] : weights[m];
      math::add_scaled(static_cast<float>(weight), rows.row(item), out.row(item));
    }
  }
  return out;
}

}  // namespace

void AverageParams::fields(FieldVisitor& v) {
  v.field("weights", weights, {0.0, 1e6}, "proportions, one a feature, in their order; 0 leaves one out");
  v.field("dim", dim, {0, 4096}, "principal components of each feature; 0: all columns, of equally many");
  v.field("align", align, "turn each feature onto the first (orthogonal Procrustes on items that have both)");
  v.field("centre", centre, "take the mean over the present rows away before the lengths are made equal");
  v.field("seed", seed, {0, 1 << 30}, "of the randomised SVD: same seed, same vectors");
  missing.fields(v);
}

data::ItemVectors average(Tables tables, const AverageParams& params, const Services& services) {
  check_tables(tables);
  const auto given = normalized_weights(params.weights, tables.size());
  Blocks blocks;
  std::vector<double> weights;
  for (std::size_t m = 0; m < tables.size(); ++m) {
    if (given[m] == 0) continue;
    services.cancel.check();
    auto block = unit_block(tables[m], params.centre);
    if (params.dim > 0) block = reduced(block, params.dim, static_cast<std::uint64_t>(params.seed), services);
    blocks.push_back(std::move(block));
    weights.push_back(given[m]);
  }
  check_lengths(blocks);
  if (params.align)
    for (std::size_t m = 1; m < blocks.size(); ++m) blocks[m] = turned_onto(blocks.front(), blocks[m]);
  fill_missing(blocks, params.missing, services);
  data::ItemVectors out;
  out.blocks.push_back(
      block_of(joined_names(blocks), "average", summed(blocks, weights, params.missing.renormalize())));
  return out;
}

}  // namespace medley::fusion
