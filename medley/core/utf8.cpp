#include "medley/core/utf8.h"

namespace medley {
namespace {

bool in(unsigned char byte, unsigned low, unsigned high) {
  return low <= byte && byte <= high;
}

/// Length of the well-formed sequence at the start of `s` (Unicode, table 3-7), 0 when there is none.
std::size_t sequence_length(std::string_view s) {
  const auto at = [&](std::size_t i) { return i < s.size() ? static_cast<unsigned char>(s[i]) : 0U; };
  const unsigned first = at(0);
  const auto tail = [&](std::size_t i) { return in(static_cast<unsigned char>(at(i)), 0x80, 0xBF); };
  if (first < 0x80) return 1;
  if (in(static_cast<unsigned char>(first), 0xC2, 0xDF)) return tail(1) ? 2 : 0;
  if (in(static_cast<unsigned char>(first), 0xE0, 0xEF)) {
    const unsigned low = first == 0xE0 ? 0xA0 : 0x80;
    const unsigned high = first == 0xED ? 0x9F : 0xBF;
    return in(static_cast<unsigned char>(at(1)), low, high) && tail(2) ? 3 : 0;
  }
  if (in(static_cast<unsigned char>(first), 0xF0, 0xF4)) {
    const unsigned low = first == 0xF0 ? 0x90 : 0x80;
    const unsigned high = first == 0xF4 ? 0x8F : 0xBF;
    return in(static_cast<unsigned char>(at(1)), low, high) && tail(2) && tail(3) ? 4 : 0;
  }
  return 0;
}

}  // namespace

std::size_t first_invalid_utf8(std::string_view bytes) {
  for (std::size_t i = 0; i < bytes.size();) {
    const auto length = sequence_length(bytes.substr(i));
    if (length == 0) return i;
    i += length;
  }
  return std::string_view::npos;
}

}  // namespace medley
