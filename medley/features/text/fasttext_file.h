#pragma once

#include "medley/features/text/word_vectors.h"

#include <cstddef>
#include <span>
#include <string_view>

namespace medley::features {

/// Reads the header and the dictionary of a `.bin` that fastText 0.9 writes (versions 11 and 12, any mode);
/// rows are copied out of `bytes` as they are asked for, which outlive the model. Throws `corrupt_data` for
/// bytes that do not fit together, before memory is taken, and `unsupported` for a newer version and a
/// quantised model (`.ftz`).
FastTextModel read_fasttext(std::span<const std::byte> bytes, std::string_view name);

}  // namespace medley::features
