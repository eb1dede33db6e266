#pragma once

#include "medley/media/image/image.h"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <vector>

namespace medley::media {

/// The values of a SHORT or LONG tag in the first directory of a TIFF block (what EXIF is stored as too);
/// empty when the block is broken, or lacks the tag, or holds another type.
std::vector<std::uint32_t> tiff_values(std::span<const std::byte> tiff, std::uint32_t tag);

/// The same of a tag that holds exactly one value.
std::optional<std::uint32_t> tiff_value(std::span<const std::byte> tiff, std::uint32_t tag);

/// The orientation of an EXIF block, with or without its leading "Exif\0\0": 1 to 8, and 1 when absent,
/// unreadable or out of range.
int exif_orientation(std::span<const std::byte> exif);

/// Turns a picture that is stored in `orientation` (EXIF 2.3, tag 274, 1 to 8) upright.
Image upright(Image stored, int orientation);

}  // namespace medley::media
