#pragma once

#include <cstddef>
#include <span>
#include <string>
#include <vector>

namespace medley::media {

struct AudioLimits {
  /// Of a longer sound the first seconds are read. It bounds a decoded sound to 4 bytes a sample: 53 MB at
  /// 22,050 Hz.
  double max_seconds = 600.0;
};

/// A sound at the rate that was asked for, or why there is none.
struct DecodedAudio {
  std::vector<float> samples;  ///< mono: the mean of all channels; full scale is [-1, 1]
  std::string reason;          ///< not empty: there are no samples
};

/// Decodes the sound of an audio or video file of any rate and number of channels, resampled to `rate_hz` in
/// [1000, 384000]. A file that is broken in more than a few packets, or that ends well before the time it
/// claims, is refused as a whole. Float samples that are not finite are handed on as they are.
///
/// Thread-safe. Bad bytes never throw: they give a reason.
DecodedAudio decode_audio(std::span<const std::byte> bytes, int rate_hz, const AudioLimits& limits = {});

}  // namespace medley::media
