#pragma once

#include "medley/math/centered_rows.h"

#include <cstdint>
#include <span>
#include <vector>

namespace medley::math {

/// What `unit_rows` gives as scales, around a mean that is known already (empty: none): for rows that came
/// after it was taken. `present` is one byte a row, or empty when all are. Throws as `unit_rows`, and
/// `invalid_argument` for a mean of another length.
std::vector<float> unit_scales(const MatrixView<const float>& x, std::span<const std::uint8_t> present,
                               std::span<const float> mean);
std::vector<float> unit_scales(const CsrView& x, std::span<const std::uint8_t> present,
                               std::span<const float> mean);

}  // namespace medley::math
