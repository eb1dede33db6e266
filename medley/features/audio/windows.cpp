#include "medley/features/audio/windows.h"

#include "medley/core/error.h"

#include <fmt/ranges.h>

#include <algorithm>
#include <vector>

namespace medley::features {
namespace {

std::vector<std::int64_t> shape_of(const encode::Port& port, std::int64_t n, std::int64_t size) {
  const auto& wanted = port.shape;
  if (wanted.size() == 3) {
    if (wanted[2] == 1) return {n, size, 1};
    return {n, 1, size};
  }
  return {n, size};
}

}  // namespace

std::size_t Windows::count(std::size_t samples) const {
  const auto all = samples + lead + trail;
  return all <= size ? 1 : 1 + (all - size + hop - 1) / hop;
}

void for_each_window(const Encoder& encoder, std::span<const float> samples, const Windows& windows,
                     const Services& services,
                     const std::function<void(std::size_t window, std::span<const float> row)>& use) {
  const auto& ports = encoder.network().inputs();
  require(ports.size() == 1, "'{}' has {} inputs; one for sound has one", encoder.params().network,
          ports.size());
  const auto count = windows.count(samples.size());
  const auto batch = static_cast<std::size_t>(encoder.batch());
  std::vector<float> values;
  for (std::size_t begin = 0; begin < count; begin += batch) {
    services.cancel.check();
    const auto part = std::min(batch, count - begin);
    const auto n = encoder.batch_rows(part);
    values.assign(static_cast<std::size_t>(n) * windows.size, 0.0f);
    for (std::size_t w = 0; w < part; ++w) {
      const auto first = (begin + w) * windows.hop;  // counted with the silence before the sound
      const auto silent = first < windows.lead ? windows.lead - first : 0;
      const auto from = first + silent - windows.lead;
      if (from >= samples.size() || silent >= windows.size) continue;
      const auto length = std::min(windows.size - silent, samples.size() - from);
      std::copy_n(samples.begin() + static_cast<std::ptrdiff_t>(from), length,
                  values.begin() + static_cast<std::ptrdiff_t>(w * windows.size + silent));
    }
    const auto size = static_cast<std::int64_t>(windows.size);
    const encode::Input input{ports.front().name, shape_of(ports.front(), n, size),
                              std::span<const float>(values)};
    const auto rows = encoder.rows(std::span(&input, 1), {}, services);
    for (std::size_t w = 0; w < part; ++w) use(begin + w, rows.row(static_cast<math::Index>(w)));
  }
}

}  // namespace medley::features
