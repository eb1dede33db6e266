#include "medley/models/factor/row_solver.h"

#include "medley/math/dense.h"
#include "medley/math/symmetric.h"

#include <algorithm>
#include <cmath>
#include <utility>

namespace medley::models {
namespace {

template <class T>
math::MatrixView<T> room(std::vector<T>& buffer, math::Index rows, math::Index cols) {
  const auto needed = static_cast<std::size_t>(rows * cols);
  if (buffer.size() < needed) buffer.resize(needed);
  return {buffer.data(), rows, cols};
}

template <class T>
void add_to_diagonal(math::MatrixView<T> a, T value) {
  for (math::Index i = 0; i < a.rows(); ++i) a(i, i) += value;
}

double dot(std::span<const double> a, std::span<const float> b) {
  double sum = 0;
  for (std::size_t i = 0; i < a.size(); ++i) sum += a[i] * static_cast<double>(b[i]);
  return sum;
}

}  // namespace

double Ridge::of(std::size_t n, math::Index vectors) const {
  return lambda * std::pow(static_cast<double>(n) + a0 * static_cast<double>(vectors), nu);
}

void RowSolver::solve(std::span<const std::int32_t> chosen, std::span<float> out, Scratch& scratch) const {
  std::ranges::fill(out, 0.0f);
  if (chosen.empty()) return;
  if (is_short(chosen.size()))
    solve_short(chosen, out, scratch);
  else
    solve_long(chosen, out, scratch);
}

// With D = diag(spectrum) + ridge I and W the chosen vectors, (D + W'W)^-1 W' 1 = D^-1 W' (I + W D^-1
// W')^-1 1.
void RowSolver::solve_short(std::span<const std::int32_t> chosen, std::span<float> out,
                            Scratch& scratch) const {
  const auto n = static_cast<math::Index>(chosen.size());
  const auto dim = spectrum_.size();
  const auto ridge = static_cast<float>(ridge_.of(chosen.size(), vectors_.rows()));
  scratch.scale.resize(dim);
  for (std::size_t c = 0; c < dim; ++c) scratch.scale[c] = 1.0f / std::sqrt(spectrum_[c] + ridge);
  const auto rows = room(scratch.rows, n, vectors_.cols());
  for (math::Index k = 0; k < n; ++k) {
    const auto from = vectors_.row(chosen[static_cast<std::size_t>(k)]);
    const auto to = rows.row(k);
    for (std::size_t c = 0; c < dim; ++c) to[c] = from[c] * scratch.scale[c];
  }
  const auto system = room(scratch.system, n, n);
  math::gram_of_rows(rows, system);
  add_to_diagonal(system, 1.0f);
  scratch.right.assign(chosen.size(), 1.0f);
  if (!math::solve_spd(system, std::span(scratch.right))) return;
  for (math::Index k = 0; k < n; ++k)
    math::add_scaled(scratch.right[static_cast<std::size_t>(k)], rows.row(k), out);
  for (std::size_t c = 0; c < dim; ++c) out[c] *= scratch.scale[c];
}

void RowSolver::solve_long(std::span<const std::int32_t> chosen, std::span<float> out,
                           Scratch& scratch) const {
  const auto ridge = static_cast<float>(ridge_.of(chosen.size(), vectors_.rows()));
  const auto rows = room(scratch.rows, static_cast<math::Index>(chosen.size()), vectors_.cols());
  scratch.right.assign(spectrum_.size(), 0.0f);
  for (std::size_t k = 0; k < chosen.size(); ++k) {
    const auto from = vectors_.row(chosen[k]);
    std::ranges::copy(from, rows.row(static_cast<math::Index>(k)).begin());
    math::add_scaled(1.0f, from, scratch.right);
  }
  const auto system = room(scratch.system, vectors_.cols(), vectors_.cols());
  math::gram_of_columns(rows, system);
  for (math::Index c = 0; c < system.rows(); ++c)
    system(c, c) += spectrum_[static_cast<std::size_t>(c)] + ridge;
  if (math::solve_spd(system, std::span(scratch.right))) std::ranges::copy(scratch.right, out.begin());
}

std::vector<double> RowSolver::shares(std::span<const std::int32_t> chosen,
                                      std::span<const float> vector) const {
  if (chosen.empty()) return {};
  return is_short(chosen.size()) ? shares_short(chosen, vector) : shares_long(chosen, vector);
}

// W (D + W'W)^-1 v = (I + W D^-1 W')^-1 W D^-1 v.
std::vector<double> RowSolver::shares_short(std::span<const std::int32_t> chosen,
                                            std::span<const float> vector) const {
  const auto n = static_cast<math::Index>(chosen.size());
  const double ridge = ridge_.of(chosen.size(), vectors_.rows());
  math::MatrixF64 rows(n, vectors_.cols());
  std::vector<double> out(chosen.size());
  for (math::Index k = 0; k < n; ++k) {
    const auto from = vectors_.row(chosen[static_cast<std::size_t>(k)]);
    double& right = out[static_cast<std::size_t>(k)];
    for (std::size_t c = 0; c < from.size(); ++c) {
      const double scale = 1.0 / std::sqrt(static_cast<double>(spectrum_[c]) + ridge);
      rows.row(k)[c] = static_cast<double>(from[c]) * scale;
      right += rows.row(k)[c] * scale * static_cast<double>(vector[c]);
    }
  }
  math::MatrixF64 system(n, n);
  math::gram_of_rows(std::as_const(rows).view(), system.view());
  add_to_diagonal(system.view(), 1.0);
  if (!math::solve_spd(system.view(), std::span(out))) std::ranges::fill(out, 0.0);
  return out;
}

std::vector<double> RowSolver::shares_long(std::span<const std::int32_t> chosen,
                                           std::span<const float> vector) const {
  const double ridge = ridge_.of(chosen.size(), vectors_.rows());
  math::MatrixF64 rows(static_cast<math::Index>(chosen.size()), vectors_.cols());
  for (std::size_t k = 0; k < chosen.size(); ++k)
    std::ranges::copy(vectors_.row(chosen[k]), rows.row(static_cast<math::Index>(k)).begin());
  math::MatrixF64 system(vectors_.cols(), vectors_.cols());
  math::gram_of_columns(std::as_const(rows).view(), system.view());
  for (math::Index c = 0; c < system.rows(); ++c)
    system(c, c) += static_cast<double>(spectrum_[static_cast<std::size_t>(c)]) + ridge;
  std::vector<double> through(vector.begin(), vector.end());
  if (!math::solve_spd(system.view(), std::span(through))) std::ranges::fill(through, 0.0);
  std::vector<double> out;
  for (const auto row : chosen) out.push_back(dot(through, vectors_.row(row)));
  return out;
}

void solve_rows(const RowSolver& solver, const math::CsrView& chosen, math::MatrixView<float> out,
                ThreadPool& pool) {
  constexpr std::int64_t kGrain = 16;  // few: lengths differ a lot
  parallel_for(pool, chosen.rows, kGrain, [&](std::int64_t begin, std::int64_t end) {
    const math::SerialBlas alone;
    RowSolver::Scratch scratch;
    for (auto q = begin; q < end; ++q) solver.solve(chosen.row_indices(q), out.row(q), scratch);
  });
}

}  // namespace medley::models
