#pragma once

#include "medley/media/image/image.h"

#include <cstdint>
#include <optional>

namespace medley::media {

/// A perceptual hash: pictures that look alike have hashes that differ in few bits. The grey picture at
/// 32 x 32, its discrete cosine transform, and of the 8 x 8 lowest frequencies (rows and columns 1 to 8, so
/// that brightness and plain gradients to the frame do not count) one bit each: above their median or not
/// (Zauner 2010, "Implementation and benchmarking of perceptual image hash functions", DCT hash). Size,
/// compression, brightness and contrast change few bits; a crop, a turn or a mirror change many. Nothing for
/// a plain picture, whose grey levels deviate by less than 2 of 255: what its bits say would be noise.
std::optional<std::uint64_t> perceptual_hash(const Image& image);

}  // namespace medley::media
