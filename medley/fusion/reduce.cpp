#include "medley/fusion/reduce.h"

#include "medley/core/error.h"
#include "medley/math/dense.h"
#include "medley/math/procrustes.h"
#include "medley/math/svd.h"

#include <algorithm>
#include <utility>

namespace medley::fusion {
namespace {

math::Svd decomposed(const Blocks& blocks, int dim, std::uint64_t seed, const Services& services) {
  std::vector<math::CenteredRows> rows;
  for (const auto& block : blocks) rows.push_back(block.rows());
  math::SvdOptions options;
  options.rank = dim;
  options.seed = seed;
  return math::truncated_svd(rows, options, services.pool);
}

/// The rows that both have.
std::pair<math::Matrix, math::Matrix> common_rows(const Block& a, const Block& b) {
  std::vector<math::Index> items;
  for (std::size_t i = 0; i < a.centering.scale.size(); ++i)
    if (has_row(a, i) && has_row(b, i)) items.push_back(static_cast<math::Index>(i));
  const auto count = static_cast<math::Index>(items.size());
  math::Matrix from(count, b.rows().cols()), to(count, a.rows().cols());
  for (math::Index n = 0; n < count; ++n) {
    std::ranges::copy(math::row_of(b.rows(), items[static_cast<std::size_t>(n)]), from.row(n).begin());
    std::ranges::copy(math::row_of(a.rows(), items[static_cast<std::size_t>(n)]), to.row(n).begin());
  }
  return {std::move(from), std::move(to)};
}

math::Matrix times(const math::Matrix& rows, const math::MatrixF64& map) {
  math::Matrix narrow(map.rows(), map.cols());
  std::transform(map.data(), map.data() + map.rows() * map.cols(), narrow.data(),
                 [](double value) { return static_cast<float>(value); });
  math::Matrix out(rows.rows(), map.cols());
  math::gemm(rows.view(), math::Transpose::no, std::as_const(narrow).view(), math::Transpose::no, out.view());
  return out;
}

}  // namespace

Block reduced(const Block& block, int dim, std::uint64_t seed, const Services& services) {
  require(block.rows().cols() >= dim,
          "feature '{}' has {} columns, fewer than dim={}; give a dim that all reach", block.name,
          block.rows().cols(), dim);
  const auto leading = reduced_together({block}, dim, seed, services);
  math::Matrix out(leading.rows(), dim);
  for (math::Index i = 0; i < out.rows(); ++i) std::ranges::copy(leading.row(i), out.row(i).begin());
  return block_of(block.name, block.modality, std::move(out));
}

Block turned_onto(const Block& onto, const Block& block) {
  require(onto.rows().cols() == block.rows().cols(), "feature '{}' has {} columns and '{}' has {}", onto.name,
          onto.rows().cols(), block.name, block.rows().cols());
  const auto [from, to] = common_rows(onto, block);
  const auto turn = math::orthogonal_procrustes(from.view(), to.view());
  return block_of(block.name, block.modality, times(written_out(block), turn));
}

math::Matrix reduced_together(const Blocks& blocks, int dim, std::uint64_t seed, const Services& services) {
  const auto parts = readable(blocks);
  const auto svd = decomposed(parts, dim, seed, services);
  math::Matrix out(parts.front().rows().rows(), static_cast<math::Index>(svd.s.size()));
  if (svd.s.empty()) return out;
  math::Index first = 0;
  for (const auto& part : parts) {
    const auto rows = part.rows();
    math::Matrix product(out.rows(), out.cols());
    math::multiply(rows, svd.v.view().block(first, rows.cols()), product.view(), services.pool);
    for (math::Index i = 0; i < out.rows(); ++i) math::add_scaled(1.0f, product.row(i), out.row(i));
    first += rows.cols();
  }
  return out;
}

}  // namespace medley::fusion
