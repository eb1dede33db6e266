#include "medley/fusion/missing.h"

#include "medley/fusion/learned.h"
#include "medley/fusion/propagate.h"
#include "medley/fusion/weights.h"
#include "medley/math/dense.h"

#include <algorithm>
#include <utility>

namespace medley::fusion {
namespace {

std::vector<bool> rows_there(const Block& block) {
  std::vector<bool> out;
  for (const float scale : block.centering.scale) out.push_back(scale != 0);
  return out;
}

std::vector<float> mean_of(const math::Matrix& rows, const std::vector<bool>& there) {
  std::vector<double> sums(static_cast<std::size_t>(rows.cols()));
  double count = 0;
  for (std::size_t i = 0; i < there.size(); ++i) {
    if (!there[i]) continue;
    const auto row = rows.row(static_cast<math::Index>(i));
    for (std::size_t c = 0; c < row.size(); ++c) sums[c] += static_cast<double>(row[c]);
    ++count;
  }
  std::vector<float> mean(sums.size());
  if (count > 0)
    std::ranges::transform(sums, mean.begin(), [&](double sum) { return static_cast<float>(sum / count); });
  return mean;
}

/// The block with a row for the items that lack one; a prediction above unit length is cut to it.
Block filled(const Blocks& blocks, std::size_t m, const MissingParams& params, const Services& services) {
  const auto there = rows_there(blocks[m]);
  auto rows = written_out(blocks[m]);
  if (params.missing == "propagate") {
    propagate(rows, nearest_by_others(blocks, m, params.neighbors, services), there, params.hops);
    return block_of(blocks[m].name, blocks[m].modality, std::move(rows));
  }
  const auto mean = mean_of(rows, there);
  const auto guess =
      params.missing == "learned" ? predicted_rows(blocks, m, params.ridge, services) : math::Matrix();
  for (std::size_t i = 0; i < there.size(); ++i) {
    if (there[i]) continue;
    const auto to = rows.row(static_cast<math::Index>(i));
    if (params.missing == "mean") {
      std::ranges::copy(mean, to.begin());
      continue;
    }
    const auto from = guess.row(static_cast<math::Index>(i));
    math::add_scaled(1.0f / std::max(1.0f, static_cast<float>(math::norm(from))), from, to);
  }
  return block_of(blocks[m].name, blocks[m].modality, std::move(rows));
}

}  // namespace

void MissingParams::fields(FieldVisitor& v) {
  v.field(
      "missing", missing, {"zero", "mean", "propagate", "renormalize", "learned"},
      "for an absent modality: cosine 0, the mean row, the rows of items near by the other modalities, its "
      "weight to those present, or a ridge prediction from them");
  v.field("neighbors", neighbors, {1, 10000}, "of missing=propagate: how many items are near");
  v.field("hops", hops, {1, 100}, "of missing=propagate: how often rows are passed on");
  v.field("ridge", ridge, {1e-6, 1e9}, "of missing=learned: larger predicts less");
}

void fill_missing(Blocks& blocks, const MissingParams& params, const Services& services) {
  if (params.missing == "zero" || params.missing == "renormalize") return;
  if (params.missing == "propagate") blocks = readable(blocks);
  Blocks out;
  for (std::size_t m = 0; m < blocks.size(); ++m) {
    services.cancel.check();
    const auto& scale = blocks[m].centering.scale;
    const auto there = std::ranges::count_if(scale, [](float value) { return value != 0; });
    // Nothing to fill, or nothing to fill it from.
    const bool keep = there == static_cast<std::ptrdiff_t>(scale.size()) || there == 0;
    out.push_back(keep ? blocks[m] : filled(blocks, m, params, services));
  }
  blocks = std::move(out);
}

Blocks weighed_blocks(Tables tables, const std::vector<double>& weights, bool centre,
                      const MissingParams& params, const Services& services) {
  check_tables(tables);
  const auto given = normalized_weights(weights, tables.size());
  Blocks blocks;
  std::vector<double> used;
  for (std::size_t m = 0; m < tables.size(); ++m) {
    if (given[m] == 0) continue;
    services.cancel.check();
    blocks.push_back(unit_block(tables[m], centre));
    used.push_back(given[m]);
  }
  fill_missing(blocks, params, services);
  weigh_blocks(blocks, used, params.renormalize());
  return blocks;
}

}  // namespace medley::fusion
