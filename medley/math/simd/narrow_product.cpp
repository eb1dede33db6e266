#include "medley/math/simd/narrow_product.h"

#include "medley/core/error.h"
#include "medley/math/simd/targets.h"

#include <algorithm>
#include <cstddef>

#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "medley/math/simd/narrow_product.cpp"
// clang-format off: foreach_target.h must come first.
#include <hwy/foreach_target.h>
#include <hwy/highway.h>
// clang-format on

#ifndef MEDLEY_NARROW_PANEL
#define MEDLEY_NARROW_PANEL
namespace medley::math::simd {
/// Columns of a panel: one vector of AVX-512, two of AVX2, four of SSE.
inline constexpr std::size_t kPanel = 16;
}  // namespace medley::math::simd
#endif

HWY_BEFORE_NAMESPACE();
namespace medley::math::simd::HWY_NAMESPACE {
namespace hn = hwy::HWY_NAMESPACE;

/// `kRows` rows of A times one panel. The sums stay in registers.
template <std::size_t kRows>
void rows_by_panel(const float* a, std::size_t a_stride, const float* panel, std::size_t inner, float* out) {
  const hn::CappedTag<float, kPanel> d;
  constexpr std::size_t kLanes = hn::MaxLanes(hn::CappedTag<float, kPanel>());
  constexpr std::size_t kVectors = kPanel / kLanes;
  hn::Vec<decltype(d)> sums[kRows][kVectors];
  for (auto& row : sums)
    for (auto& sum : row) sum = hn::Zero(d);
  for (std::size_t k = 0; k < inner; ++k) {
    for (std::size_t v = 0; v < kVectors; ++v) {
      const auto b = hn::LoadU(d, panel + k * kPanel + v * kLanes);
      for (std::size_t r = 0; r < kRows; ++r)
        sums[r][v] = hn::MulAdd(hn::Set(d, a[r * a_stride + k]), b, sums[r][v]);
    }
  }
  for (std::size_t r = 0; r < kRows; ++r)
    for (std::size_t v = 0; v < kVectors; ++v) hn::StoreU(sums[r][v], d, out + r * kPanel + v * kLanes);
}

/// Up to `rows` rows of A, [rows x inner], times one panel, into `cols` columns of C.
void by_panel(const float* a, std::size_t a_stride, std::size_t rows, const float* panel, std::size_t inner,
              float* c, std::size_t c_stride, std::size_t cols) {
  // Six rows of two AVX2 vectors leave four of the sixteen registers for A and B.
  constexpr std::size_t kRows = 6;
  float sums[kRows * kPanel];
  for (std::size_t i = 0; i < rows;) {
    const std::size_t count = rows - i >= kRows ? kRows : 1;
    if (count == kRows) {
      rows_by_panel<kRows>(a + i * a_stride, a_stride, panel, inner, sums);
    } else {
      rows_by_panel<1>(a + i * a_stride, a_stride, panel, inner, sums);
    }
    for (std::size_t r = 0; r < count; ++r)
      for (std::size_t j = 0; j < cols; ++j) c[(i + r) * c_stride + j] = sums[r * kPanel + j];
    i += count;
  }
}

}  // namespace medley::math::simd::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
namespace medley::math::simd {

HWY_EXPORT(by_panel);

NarrowProduct::NarrowProduct(MatrixView<const float> b) : inner_(b.rows()), cols_(b.cols()) {
  const auto cols = static_cast<std::size_t>(cols_), inner = static_cast<std::size_t>(inner_);
  panels_.resize((cols + kPanel - 1) / kPanel * kPanel * inner);
  for (std::size_t j = 0; j < cols; ++j)
    for (std::size_t k = 0; k < inner; ++k)
      panels_[(j / kPanel * inner + k) * kPanel + j % kPanel] =
          b(static_cast<Index>(k), static_cast<Index>(j));
}

void NarrowProduct::multiply(MatrixView<const float> a, MatrixView<float> c) const {
  require(a.cols() == inner_ && c.cols() == cols_ && a.rows() == c.rows(),
          "the product of [{} x {}] and [{} x {}] into [{} x {}]", a.rows(), a.cols(), inner_, cols_,
          c.rows(), c.cols());
  const auto inner = static_cast<std::size_t>(inner_), cols = static_cast<std::size_t>(cols_);
  for (std::size_t j = 0; j < cols; j += kPanel) {
    HWY_DYNAMIC_DISPATCH(by_panel)
    (a.data(), static_cast<std::size_t>(a.stride()), static_cast<std::size_t>(a.rows()),
     panels_.data() + j * inner, inner, c.data() + j, static_cast<std::size_t>(c.stride()),
     std::min(kPanel, cols - j));
  }
}

}  // namespace medley::math::simd
#endif
