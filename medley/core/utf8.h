#pragma once

#include <cstddef>
#include <string_view>

namespace medley {

/// The offset of the first byte that is not well-formed UTF-8 (RFC 3629: no surrogates, no overlong forms),
/// or `npos` when all of it is.
std::size_t first_invalid_utf8(std::string_view bytes);

}  // namespace medley
