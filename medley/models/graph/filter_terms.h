#pragma once

#include "medley/core/services.h"
#include "medley/models/content_blocks.h"
#include "medley/models/graph/propagation.h"

#include <functional>

namespace medley::models {

/// C = sum_k c_k P^k + sum_m g_m S_m [items x items], never formed: P by `Propagation`, S_m the inner
/// products of the unit rows of feature m. Const and thread-safe.
struct FilterTerms {
  Propagation graph;
  ContentBlocks content;
  std::vector<double> c;  ///< of P^1, P^2, ...
  std::vector<double> g;  ///< one a block of `content`

  math::Index items() const { return graph.items(); }
  std::size_t count() const { return c.size() + g.size(); }
  double weight(std::size_t term) const { return term < c.size() ? c[term] : g[term - c.size()]; }

  /// Calls `take(term, values)` for each term, `values` [B x items] = histories [B x items] * term,
  /// unweighted.
  void visit(const math::CsrView& histories, ThreadPool& pool,
             const std::function<void(std::size_t term, math::MatrixView<const float> values)>& take) const;

  /// How many histories `visit` should get at once, so that its buffers stay within about 64 MB.
  math::Index block_rows() const;

  /// Divides each weight by the standard deviation of its term over the rows `sample` of that term, diagonal
  /// included; a term that is constant gets weight 0.
  void scale_by_deviation(std::span<const data::ItemId> sample, const Services& services);
};

}  // namespace medley::models
