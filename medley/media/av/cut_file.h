#pragma once

#include <cstddef>
#include <span>
#include <string>

namespace medley::media {

/// Why a file is cut short, as its container itself says without being decoded, or "":
/// - RIFF and RF64 (WAV, AVI) whose header claims more bytes than there are, but for one byte of padding.
///   Sizes that programs write which could not go back to the header (0, and 0x7fff0000 and more) say
///   nothing.
/// - Ogg (RFC 3533) whose last page is not all there, or does not end its stream: every writer ends its last
///   page so.
///
/// Other formats, and bytes of no format, give "". Thread-safe; never throws.
std::string cut_file(std::span<const std::byte> bytes);

}  // namespace medley::media
