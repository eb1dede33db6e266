#pragma once

#include "medley/features/encoder.h"

#include <cstddef>
#include <functional>
#include <span>

namespace medley::features {

/// How a sound is cut for a network that hears a window at a time.
struct Windows {
  std::size_t size = 0;  ///< samples of a window
  std::size_t hop = 0;   ///< from the begin of one to that of the next
  std::size_t lead = 0;  ///< silence before the first sample
  /// Samples at the end of a window that are not enough to be heard: each sample lies before those of some
  /// window.
  std::size_t trail = 0;

  /// As many as it takes to hear every sample; the last is filled up with silence.
  std::size_t count(std::size_t samples) const;
};

/// Runs the network over the windows of a sound, a batch at a time, and gives `use` what it says of each: the
/// pooled row, window by window. The network has one input, [n x size], [n x 1 x size] or [n x size x 1].
/// Throws `invalid_argument` naming the network for another.
void for_each_window(const Encoder& encoder, std::span<const float> samples, const Windows& windows,
                     const Services& services,
                     const std::function<void(std::size_t window, std::span<const float> row)>& use);

}  // namespace medley::features
