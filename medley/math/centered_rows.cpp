#include "medley/math/centered_rows.h"

#include "medley/core/error.h"
#include "medley/math/dense.h"
#include "medley/math/unit_scales.h"

#include <algorithm>
#include <utility>

namespace medley::math {
namespace {

// Profiles whose products are held at a time, beside the result.
constexpr Index kBlock = 128;

void require_fitting(const CenteredRows& x) {
  require(x.scale.size() == at(x.rows()), "{} scales for {} rows", x.scale.size(), x.rows());
  require(x.mean.empty() || x.mean.size() == at(x.cols()), "a mean of {} numbers for {} columns",
          x.mean.size(), x.cols());
}

double sparse_dot(const CsrView& x, Index i, std::span<const float> dense) {
  const auto indices = x.row_indices(i);
  const auto values = x.row_values(i);
  double sum = 0;
  for (std::size_t k = 0; k < indices.size(); ++k)
    sum += static_cast<double>(values[k]) * static_cast<double>(dense[at(indices[k])]);
  return sum;
}

// Merges the two rows, whose indices rise.
double sparse_dot(const CsrView& x, Index i, Index j) {
  const auto a = x.row_indices(i);
  const auto b = x.row_indices(j);
  double sum = 0;
  for (std::size_t p = 0, q = 0; p < a.size() && q < b.size();) {
    if (a[p] == b[q])
      sum += static_cast<double>(x.row_values(i)[p++]) * static_cast<double>(x.row_values(j)[q++]);
    else if (a[p] < b[q])
      ++p;
    else
      ++q;
  }
  return sum;
}

void add_row(const CenteredRows& x, Index i, float weight, std::span<float> out) {
  if (x.sparse) {
    const auto indices = x.sparse->row_indices(i);
    const auto values = x.sparse->row_values(i);
    for (std::size_t k = 0; k < indices.size(); ++k) out[at(indices[k])] += weight * values[k];
  } else {
    add_scaled(weight, x.dense.row(i), out);
  }
}

void subtract_mean(const CenteredRows& x, double weight, std::span<float> out) {
  for (std::size_t j = 0; j < x.mean.size(); ++j)
    out[j] = static_cast<float>(static_cast<double>(out[j]) - weight * static_cast<double>(x.mean[j]));
}

bool is_present(std::span<const std::uint8_t> present, Index i) {
  return present.empty() || present[at(i)] != 0;
}

// The mean over the present rows; `add(i, sums)` adds row i.
template <class AddRow>
std::vector<float> mean_row(Index rows, Index cols, std::span<const std::uint8_t> present, AddRow add) {
  std::vector<double> sums(at(cols));
  double count = 0;
  for (Index i = 0; i < rows; ++i) {
    if (!is_present(present, i)) continue;
    add(i, sums);
    ++count;
  }
  std::vector<float> mean(at(cols));
  if (count == 0) return mean;
  std::ranges::transform(sums, mean.begin(), [&](double sum) { return static_cast<float>(sum / count); });
  return mean;
}

void require_present(Index rows, std::span<const std::uint8_t> present) {
  require(present.empty() || present.size() == at(rows), "a presence mask of {} for {} rows", present.size(),
          rows);
}

}  // namespace

void weighted_sum(const CsrView& weights, const CenteredRows& x, MatrixView<float> out, ThreadPool& pool) {
  require_fitting(x);
  require(weights.cols == x.rows(), "weights of [{} x {}] for {} rows", weights.rows, weights.cols, x.rows());
  require(out.rows() == weights.rows && out.cols() == x.cols(),
          "the result is [{} x {}], its place [{} x {}]", weights.rows, x.cols(), out.rows(), out.cols());
  parallel_for(pool, weights.rows, 1, [&](Index begin, Index end) {
    for (Index b = begin; b < end; ++b) {
      const auto to = out.row(b);
      std::ranges::fill(to, 0.0f);
      const auto rows = weights.row_indices(b);
      const auto values = weights.row_values(b);
      double total = 0;
      for (std::size_t k = 0; k < rows.size(); ++k) {
        const float weight = values[k] * x.scale[at(rows[k])];
        if (weight == 0) continue;
        add_row(x, rows[k], weight, to);
        total += static_cast<double>(weight);
      }
      subtract_mean(x, total, to);
    }
  });
}

void add_inner_products(MatrixView<const float> profiles, const CenteredRows& x, float factor,
                        MatrixView<float> out, ThreadPool& pool) {
  require_fitting(x);
  require(profiles.cols() == x.cols(), "profiles of {} numbers for rows of {}", profiles.cols(), x.cols());
  require(out.rows() == profiles.rows() && out.cols() == x.rows(),
          "the result is [{} x {}], its place [{} x {}]", profiles.rows(), x.rows(), out.rows(), out.cols());
  Matrix block(std::min(kBlock, profiles.rows()), x.rows());
  for (Index first = 0; first < profiles.rows(); first += kBlock) {
    const Index count = std::min(kBlock, profiles.rows() - first);
    const auto of_block = profiles.block(first, count);
    const auto products = block.view().block(0, count);
    if (x.sparse)
      multiply_transposed(of_block, *x.sparse, products, pool);
    else
      gemm(of_block, Transpose::no, x.dense, Transpose::yes, products);
    parallel_for(pool, count, 4, [&](Index begin, Index end) {
      for (Index b = begin; b < end; ++b) {
        const auto shift = x.mean.empty() ? 0.0f : static_cast<float>(dot(of_block.row(b), x.mean));
        const auto from = products.row(b);
        const auto to = out.row(first + b);
        for (std::size_t i = 0; i < to.size(); ++i) to[i] += factor * x.scale[i] * (from[i] - shift);
      }
    });
  }
}

void multiply(const CenteredRows& x, MatrixView<const float> dense, MatrixView<float> out, ThreadPool& pool) {
  require_fitting(x);
  if (x.sparse)
    multiply(*x.sparse, dense, out, pool);
  else
    gemm(x.dense, Transpose::no, dense, Transpose::no, out);
  std::vector<double> shift(at(dense.cols()));
  for (std::size_t j = 0; j < x.mean.size(); ++j)
    for (std::size_t c = 0; c < shift.size(); ++c)
      shift[c] += static_cast<double>(x.mean[j]) * static_cast<double>(dense.row(static_cast<Index>(j))[c]);
  for (Index i = 0; i < out.rows(); ++i) {
    const auto row = out.row(i);
    for (std::size_t c = 0; c < row.size(); ++c)
      row[c] = x.scale[at(i)] * static_cast<float>(static_cast<double>(row[c]) - shift[c]);
  }
}

void multiply_transposed(const CenteredRows& x, MatrixView<const float> dense, MatrixView<float> out,
                         ThreadPool& pool) {
  require_fitting(x);
  require(dense.rows() == x.rows(), "{} rows to multiply by {} of them", dense.rows(), x.rows());
  Matrix scaled(dense.rows(), dense.cols());
  std::vector<double> totals(at(dense.cols()));
  for (Index i = 0; i < dense.rows(); ++i) {
    for (Index c = 0; c < dense.cols(); ++c) {
      scaled(i, c) = x.scale[at(i)] * dense(i, c);
      totals[at(c)] += static_cast<double>(scaled(i, c));
    }
  }
  if (x.sparse)
    multiply(transpose(*x.sparse).view(), std::as_const(scaled).view(), out, pool);
  else
    gemm(x.dense, Transpose::yes, std::as_const(scaled).view(), Transpose::no, out);
  for (std::size_t j = 0; j < x.mean.size(); ++j) {
    const auto row = out.row(static_cast<Index>(j));
    for (std::size_t c = 0; c < row.size(); ++c)
      row[c] = static_cast<float>(static_cast<double>(row[c]) - static_cast<double>(x.mean[j]) * totals[c]);
  }
}

double inner_product(const CenteredRows& x, Index i, Index j) {
  const double scale = static_cast<double>(x.scale[at(i)]) * static_cast<double>(x.scale[at(j)]);
  if (scale == 0) return 0;
  if (x.sparse) {
    if (x.mean.empty()) return scale * sparse_dot(*x.sparse, i, j);
    // The two shifts are added first: their order does not matter then, and <X_i, X_j> is <X_j, X_i> to the
    // bit.
    const double shift = sparse_dot(*x.sparse, i, x.mean) + sparse_dot(*x.sparse, j, x.mean);
    return scale * (sparse_dot(*x.sparse, i, j) - shift + dot(x.mean, x.mean));
  }
  const auto a = x.dense.row(i);
  const auto b = x.dense.row(j);
  if (x.mean.empty()) return scale * dot(a, b);
  double sum = 0;
  for (std::size_t k = 0; k < a.size(); ++k) {
    const auto mean = static_cast<double>(x.mean[k]);
    sum += (static_cast<double>(a[k]) - mean) * (static_cast<double>(b[k]) - mean);
  }
  return scale * sum;
}

std::vector<float> row_of(const CenteredRows& x, Index i) {
  std::vector<float> out(at(x.cols()));
  const float scale = x.scale[at(i)];
  if (scale == 0) return out;
  add_row(x, i, scale, out);
  subtract_mean(x, static_cast<double>(scale), out);
  return out;
}

Centering unit_rows(const MatrixView<const float>& x, std::span<const std::uint8_t> present, bool centre) {
  require_present(x.rows(), present);
  Centering out;
  if (centre) {
    out.mean = mean_row(x.rows(), x.cols(), present, [&](Index i, std::vector<double>& sums) {
      const auto row = x.row(i);
      for (std::size_t j = 0; j < row.size(); ++j) sums[j] += static_cast<double>(row[j]);
    });
  }
  out.scale = unit_scales(x, present, out.mean);
  return out;
}

Centering unit_rows(const CsrView& x, std::span<const std::uint8_t> present, bool centre) {
  require_present(x.rows, present);
  Centering out;
  if (centre) {
    out.mean = mean_row(x.rows, x.cols, present, [&](Index i, std::vector<double>& sums) {
      for (std::size_t k = 0; k < x.row_indices(i).size(); ++k)
        sums[at(x.row_indices(i)[k])] += static_cast<double>(x.row_values(i)[k]);
    });
  }
  out.scale = unit_scales(x, present, out.mean);
  return out;
}

}  // namespace medley::math
