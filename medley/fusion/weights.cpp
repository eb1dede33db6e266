#include "medley/fusion/weights.h"

#include "medley/core/error.h"

#include <cmath>
#include <numeric>

namespace medley::fusion {

std::vector<double> normalized_weights(const std::vector<double>& given, std::size_t count) {
  if (given.empty()) return std::vector<double>(count, 1.0 / static_cast<double>(count));
  require(given.size() == count, "'weights' has {} numbers for {} features", given.size(), count);
  for (const double weight : given)
    require(weight >= 0, "'weights' holds {}, and none may be negative", weight);
  const double sum = std::accumulate(given.begin(), given.end(), 0.0);
  require(sum > 0, "'weights' are all 0");
  auto out = given;
  for (auto& weight : out) weight /= sum;
  return out;
}

std::vector<double> present_weights(const std::vector<data::ItemVectors::Block>& blocks,
                                    const std::vector<double>& weights) {
  std::vector<double> out(blocks.empty() ? 0 : blocks.front().centering.scale.size());
  for (std::size_t m = 0; m < blocks.size(); ++m)
    for (std::size_t i = 0; i < out.size(); ++i)
      if (blocks[m].centering.scale[i] != 0) out[i] += weights[m];
  return out;
}

void weigh_blocks(std::vector<data::ItemVectors::Block>& blocks, const std::vector<double>& weights,
                  bool renormalize) {
  const auto present = present_weights(blocks, weights);
  for (std::size_t m = 0; m < blocks.size(); ++m) {
    auto& scale = blocks[m].centering.scale;
    for (std::size_t i = 0; i < scale.size(); ++i) {
      const double share = renormalize && present[i] > 0 ? weights[m] / present[i] : weights[m];
      scale[i] = static_cast<float>(scale[i] * std::sqrt(share));
    }
  }
}

}  // namespace medley::fusion
