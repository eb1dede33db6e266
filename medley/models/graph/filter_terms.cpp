#include "medley/models/graph/filter_terms.h"

#include "medley/models/moments.h"

#include <algorithm>

namespace medley::models {
namespace {

/// Row r is 1 at column rows[r].
math::Csr unit_histories(std::span<const data::ItemId> rows, math::Index items) {
  math::Csr out;
  out.rows = static_cast<math::Index>(rows.size());
  out.cols = items;
  for (const auto row : rows) {
    out.indices.push_back(row);
    out.values.push_back(1);
    out.indptr.push_back(static_cast<std::int64_t>(out.indices.size()));
  }
  return out;
}

math::Matrix dense_rows(const math::CsrView& histories) {
  math::Matrix out(histories.rows, histories.cols);
  for (math::Index q = 0; q < histories.rows; ++q) {
    const auto values = histories.row_values(q);
    for (std::size_t k = 0; k < values.size(); ++k) out(q, histories.row_indices(q)[k]) = values[k];
  }
  return out;
}

/// Sums a row in the order of its columns, so that the result does not depend on threads.
Moments moments_of(std::span<const float> row) {
  Moments out;
  for (const float value : row) out.add(static_cast<double>(value));
  return out;
}

}  // namespace

void FilterTerms::visit(const math::CsrView& histories, ThreadPool& pool,
                        const std::function<void(std::size_t, math::MatrixView<const float>)>& take) const {
  math::Matrix next(histories.rows, items());
  if (!c.empty()) {
    auto current = dense_rows(histories);
    math::Matrix between(histories.rows, graph.users());
    for (std::size_t k = 0; k < c.size(); ++k) {
      graph.step(current.view(), between.view(), next.view(), pool);
      take(k, next.view());
      std::swap(current, next);
    }
  }
  for (std::size_t m = 0; m < content.count(); ++m) {
    math::Matrix profiles(histories.rows, content.rows(m).cols());
    math::weighted_sum(histories, content.rows(m), profiles.view(), pool);
    std::fill_n(next.data(), next.rows() * next.cols(), 0.0f);
    math::add_inner_products(profiles.view(), content.rows(m), 1.0f, next.view(), pool);
    take(c.size() + m, next.view());
  }
}

math::Index FilterTerms::block_rows() const {
  constexpr math::Index kFloats = math::Index{64} * 1000 * 1000 / sizeof(float);
  // Sparse products walk eight rows at a time.
  const auto fitting = kFloats / std::max<math::Index>(1, graph.users() + 2 * items()) / 8 * 8;
  return std::clamp<math::Index>(fitting, 8, 256);
}

void FilterTerms::scale_by_deviation(std::span<const data::ItemId> sample, const Services& services) {
  std::vector<Moments> totals(count());
  services.progress.begin("scale of the filter's terms", static_cast<std::int64_t>(sample.size()));
  const auto block = static_cast<std::size_t>(block_rows());
  for (std::size_t first = 0; first < sample.size(); first += block) {
    services.cancel.check();
    const auto rows = unit_histories(sample.subspan(first, std::min(block, sample.size() - first)), items());
    visit(rows.view(), services.pool, [&](std::size_t term, math::MatrixView<const float> values) {
      std::vector<Moments> of_rows(static_cast<std::size_t>(values.rows()));
      parallel_for(services.pool, values.rows(), 8, [&](std::int64_t begin, std::int64_t end) {
        for (auto r = begin; r < end; ++r) of_rows[static_cast<std::size_t>(r)] = moments_of(values.row(r));
      });
      for (const auto& row : of_rows) totals[term].add(row);
    });
    services.progress.at(static_cast<std::int64_t>(first) + rows.rows);
  }
  services.progress.end();
  for (std::size_t term = 0; term < count(); ++term) {
    const double deviation = totals[term].deviation();
    double& target = term < c.size() ? c[term] : g[term - c.size()];
    target = deviation > 0 ? target / deviation : 0.0;
  }
}

}  // namespace medley::models
