#pragma once

#include "medley/encode/network.h"
#include "medley/math/matrix.h"

#include <cstdint>
#include <span>
#include <string>

namespace medley::encode {

/// How what a network says of the parts of an item (tokens, places of a picture, moments) becomes one row.
enum class Pooling {
  automatic,  ///< `none` where there is one row an item already, else `mean`
  cls,        ///< the row of the first token
  mean,       ///< the mean of the tokens that are no padding, or of all places
  none        ///< the numbers as they are, row after row
};

/// "auto", "cls", "mean" or "none".
Pooling pooling_of(const std::string& name);

/// Where the numbers of one place stand in an output of four dimensions: [n x d x height x width] or [n x
/// height x width x d].
enum class Channels { first, last };

/// The length of a row. Throws `unsupported` where the network leaves it open, or has no such parts.
std::int64_t pooled_length(const Port& output, Pooling pooling, Channels channels);

/// One row an item of `output`. `lengths`: how many of the tokens of an item are no padding; empty where all
/// are. Throws `unsupported` for what `pooled_length` refuses.
math::Matrix pooled(const Output& output, Pooling pooling, Channels channels,
                    std::span<const std::int64_t> lengths);

/// Each row to length 1; a row of zeros stays.
void to_unit_rows(math::MatrixView<float> rows);

}  // namespace medley::encode
