#include "medley/fusion/learned.h"

#include "medley/core/error.h"
#include "medley/math/dense.h"

#include <algorithm>
#include <utility>

namespace medley::fusion {
namespace {

constexpr math::Index kMaxColumns = 8192;
// Rows that are held in double at a time.
constexpr math::Index kBlock = 256;

math::Index columns_beside(const Blocks& blocks, std::size_t missing) {
  math::Index columns = 0;
  for (std::size_t m = 0; m < blocks.size(); ++m)
    if (m != missing) columns += blocks[m].rows().cols();
  if (columns > kMaxColumns) {
    fail(ErrorCode::limit,
         "missing=learned predicts '{}' from {} columns of the other features, above the limit of {}; use "
         "shorter "
         "ones (text/lsa in place of text/tfidf)",
         blocks[missing].name, columns, kMaxColumns);
  }
  return columns;
}

/// The other blocks' rows and a constant, for the items [first, first + count).
math::MatrixF64 inputs(const Blocks& blocks, std::size_t missing, math::Index first, math::Index count,
                       math::Index columns) {
  math::MatrixF64 out(count, columns + 1);
  for (math::Index q = 0; q < count; ++q) {
    const auto to = out.row(q);
    std::size_t at = 0;
    for (std::size_t m = 0; m < blocks.size(); ++m) {
      if (m == missing) continue;
      const auto rows = blocks[m].rows();
      if (has_row(blocks[m], static_cast<std::size_t>(first + q)))
        std::ranges::copy(math::row_of(rows, first + q), to.begin() + static_cast<std::ptrdiff_t>(at));
      at += static_cast<std::size_t>(rows.cols());
    }
    to.back() = 1;
  }
  return out;
}

}  // namespace

math::Matrix predicted_rows(const Blocks& blocks, std::size_t missing, double ridge,
                            const Services& services) {
  const auto columns = columns_beside(blocks, missing);
  const auto target = written_out(blocks[missing]);
  const auto each_block = [&](auto use) {
    for (math::Index first = 0; first < target.rows(); first += kBlock) {
      services.cancel.check();
      const auto count = std::min(kBlock, target.rows() - first);
      use(first, inputs(blocks, missing, first, count, columns));
    }
  };
  math::MatrixF64 gram(columns + 1, columns + 1), moments(columns + 1, target.cols());
  each_block([&](math::Index first, math::MatrixF64 z) {
    math::MatrixF64 wanted(z.rows(), target.cols());
    for (math::Index q = 0; q < z.rows(); ++q) {
      std::ranges::copy(target.row(first + q), wanted.row(q).begin());
      if (!has_row(blocks[missing], static_cast<std::size_t>(first + q))) std::ranges::fill(z.row(q), 0.0);
    }
    const auto rows = std::as_const(z).view();
    math::gemm(rows, math::Transpose::yes, rows, math::Transpose::no, gram.view(), 1.0, 1.0);
    math::gemm(rows, math::Transpose::yes, std::as_const(wanted).view(), math::Transpose::no, moments.view(),
               1.0, 1.0);
  });
  for (math::Index c = 0; c <= columns; ++c) gram(c, c) += ridge;
  math::invert_spd(gram.view());
  math::MatrixF64 map(columns + 1, target.cols());
  math::gemm(std::as_const(gram).view(), math::Transpose::no, std::as_const(moments).view(),
             math::Transpose::no, map.view());
  math::Matrix out(target.rows(), target.cols());
  each_block([&](math::Index first, const math::MatrixF64& z) {
    math::MatrixF64 rows(z.rows(), target.cols());
    math::gemm(z.view(), math::Transpose::no, std::as_const(map).view(), math::Transpose::no, rows.view());
    for (math::Index q = 0; q < z.rows(); ++q)
      std::ranges::transform(rows.row(q), out.row(first + q).begin(),
                             [](double value) { return static_cast<float>(value); });
  });
  return out;
}

}  // namespace medley::fusion
