#include "medley/encode/pooling.h"

#include "medley/core/error.h"

#include <fmt/ranges.h>

#include <algorithm>
#include <cmath>
#include <functional>
#include <numeric>

namespace medley::encode {
namespace {

using math::Index;

struct Pooled {
  Pooling way = Pooling::none;
  std::int64_t length = -1;  ///< of a row; -1 where it is open
};

Pooled plan(const std::vector<std::int64_t>& shape, Pooling pooling, Channels channels) {
  const auto refuse = [&](const char* why) {
    fail(ErrorCode::unsupported, "an output of [{}] {}", fmt::join(shape, " x "), why);
  };
  const auto rank = shape.size();
  if (rank < 2 || rank > 4) refuse("has no rows of items");
  if (pooling == Pooling::automatic) pooling = rank == 2 ? Pooling::none : Pooling::mean;
  if (pooling == Pooling::none) {
    const bool open = std::any_of(shape.begin() + 1, shape.end(), [](auto length) { return length < 0; });
    return {pooling, open ? -1
                          : std::accumulate(shape.begin() + 1, shape.end(), std::int64_t{1},
                                            std::multiplies<std::int64_t>())};
  }
  if (rank == 2) refuse("is one row an item already: pooling = 'none'");
  if (rank == 4 && pooling == Pooling::cls) refuse("has no first token: pooling = 'mean'");
  return {pooling, rank == 4 && channels == Channels::first ? shape[1] : shape.back()};
}

/// Means over places that stand one after another for each number.
void mean_of_planes(std::span<const float> planes, std::span<float> out) {
  const auto places = planes.size() / out.size();
  for (std::size_t d = 0; d < out.size(); ++d) {
    const auto plane = planes.subspan(d * places, places);
    out[d] =
        static_cast<float>(std::accumulate(plane.begin(), plane.end(), 0.0) / static_cast<double>(places));
  }
}

/// Mean of `count` rows.
void mean_of_rows(std::span<const float> rows, std::size_t count, std::span<float> out) {
  std::vector<double> sum(out.size());
  for (std::size_t t = 0; t < count; ++t)
    for (std::size_t d = 0; d < out.size(); ++d) sum[d] += static_cast<double>(rows[t * out.size() + d]);
  for (std::size_t d = 0; d < out.size(); ++d)
    out[d] = static_cast<float>(sum[d] / static_cast<double>(count));
}

}  // namespace

Pooling pooling_of(const std::string& name) {
  if (name == "cls") return Pooling::cls;
  if (name == "mean") return Pooling::mean;
  if (name == "none") return Pooling::none;
  require(name == "auto", "pooling must be auto, cls, mean or none, got '{}'", name);
  return Pooling::automatic;
}

std::int64_t pooled_length(const Port& output, Pooling pooling, Channels channels) {
  try {
    const auto length = plan(output.shape, pooling, channels).length;
    if (length <= 0)
      fail(ErrorCode::unsupported, "an output of [{}] gives rows of no fixed length",
           fmt::join(output.shape, " x "));
    return length;
  } catch (const Error& error) {
    fail(error.code(), "output '{}': {}", output.name, error.what());
  }
}

math::Matrix pooled(const Output& output, Pooling pooling, Channels channels,
                    std::span<const std::int64_t> lengths) {
  const auto [way, length] = plan(output.shape, pooling, channels);
  const auto items = static_cast<std::size_t>(output.shape.front());
  math::Matrix out(static_cast<Index>(items), length);
  if (items == 0 || output.values.empty()) return out;
  const auto stride = output.values.size() / items;
  for (std::size_t i = 0; i < items; ++i) {
    const auto of_item = std::span(output.values).subspan(i * stride, stride);
    const auto row = out.row(static_cast<Index>(i));
    const auto parts = stride / row.size();
    if (way != Pooling::mean) {
      std::copy_n(of_item.begin(), row.size(), row.begin());
    } else if (output.shape.size() == 4 && channels == Channels::first) {
      mean_of_planes(of_item, row);
    } else {
      const auto count = lengths.empty() ? parts : std::min(parts, static_cast<std::size_t>(lengths[i]));
      mean_of_rows(of_item, std::max<std::size_t>(count, 1), row);
    }
  }
  return out;
}

void to_unit_rows(math::MatrixView<float> rows) {
  for (Index i = 0; i < rows.rows(); ++i) {
    double square = 0.0;
    for (const float value : rows.row(i)) square += static_cast<double>(value) * static_cast<double>(value);
    if (square == 0.0) continue;
    const auto factor = static_cast<float>(1.0 / std::sqrt(square));
    for (float& value : rows.row(i)) value *= factor;
  }
}

}  // namespace medley::encode
