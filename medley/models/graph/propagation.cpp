#include "medley/models/graph/propagation.h"

#include <cmath>

namespace medley::models {
namespace {

/// n^-exponent, and 0 for the rows and columns that have nothing to scale.
std::vector<double> inverse_powers(std::vector<double> sums, double exponent) {
  for (double& sum : sums) sum = sum > 0 ? std::pow(sum, -exponent) : 0.0;
  return sums;
}

}  // namespace

Propagation::Propagation(const data::Interactions& interactions, double a, double b) {
  const auto binary = interactions.binary();
  normalized_ = StoredCsr(math::scaled(binary.view(), inverse_powers(math::row_sums(binary.view()), a),
                                       inverse_powers(math::column_sums(binary.view()), b)));
}

void Propagation::step(math::MatrixView<const float> current, math::MatrixView<float> between,
                       math::MatrixView<float> next, ThreadPool& pool) const {
  math::multiply_transposed(current, normalized_.view(), between, pool);
  math::multiply(between, normalized_.view(), next, pool);
}

std::vector<std::vector<double>> Propagation::rows_of_powers(data::ItemId item, std::size_t powers) const {
  const auto& matrix = normalized_.view();
  std::vector<double> current(static_cast<std::size_t>(matrix.cols));
  current[static_cast<std::size_t>(item)] = 1;
  std::vector<std::vector<double>> out;
  while (out.size() < powers) {
    std::vector<double> next(current.size());
    for (math::Index u = 0; u < matrix.rows; ++u) {
      const auto indices = matrix.row_indices(u);
      const auto values = matrix.row_values(u);
      double weight = 0;
      for (std::size_t k = 0; k < indices.size(); ++k)
        weight += static_cast<double>(values[k]) * current[static_cast<std::size_t>(indices[k])];
      if (weight == 0) continue;
      for (std::size_t k = 0; k < indices.size(); ++k)
        next[static_cast<std::size_t>(indices[k])] += weight * static_cast<double>(values[k]);
    }
    out.push_back(next);
    current = std::move(next);
  }
  return out;
}

}  // namespace medley::models
