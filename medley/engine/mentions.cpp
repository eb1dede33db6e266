#include "medley/engine/mentions.h"

#include "medley/core/file.h"

#include <fmt/format.h>

#include <algorithm>
#include <cctype>
#include <utility>

namespace medley::engine {
namespace {

using Escapes = std::vector<std::pair<char, std::string_view>>;

std::string escaped(std::string_view id, const Escapes& escapes) {
  std::string out;
  for (const char c : id) {
    const auto found =
        std::find_if(escapes.begin(), escapes.end(), [&](const auto& one) { return one.first == c; });
    if (found == escapes.end()) {
      out += c;
    } else {
      out += found->second;
    }
  }
  return out;
}

/// As JSON writes it; with `ascii`, every character beyond ASCII by its number as well.
std::string as_json(std::string_view id, bool ascii) {
  std::string out;
  for (std::size_t i = 0; i < id.size(); ++i) {
    const auto byte = static_cast<unsigned char>(id[i]);
    const auto at = std::string_view("\"\\\b\f\n\r\t").find(id[i]);
    if (at != std::string_view::npos) {
      out += '\\';
      out += "\"\\bfnrt"[at];
    } else if (byte < 0x20) {
      out += fmt::format("\\u{:04x}", byte);
    } else if (ascii && byte >= 0xC0) {
      // Ids are well-formed UTF-8: the leading byte tells how many follow.
      const int more = byte >= 0xF0 ? 3 : byte >= 0xE0 ? 2 : 1;
      auto code = byte & (0x3FU >> more);
      for (int k = 0; k < more && i + 1 < id.size(); ++k)
        code = code << 6 | (static_cast<unsigned char>(id[++i]) & 0x3FU);
      out += code < 0x10000 ? fmt::format("\\u{:04x}", code)
                            : fmt::format("\\u{:04x}\\u{:04x}", 0xD800 + ((code - 0x10000) >> 10),
                                          0xDC00 + ((code - 0x10000) & 0x3FFU));
    } else {
      out += id[i];
    }
  }
  return out;
}

/// Letters and digits, and whatever is beyond ASCII.
bool in_word(char c) {
  const auto byte = static_cast<unsigned char>(c);
  return byte >= 0x80 || std::isalnum(byte) != 0;
}

}  // namespace

Mentions::Mentions(std::string_view id) {
  if (id.empty()) return;
  // As JSON stands in a page of HTML.
  const auto embedded = [](const std::string& json) {
    return escaped(json, {{'<', "\\u003c"}, {'>', "\\u003e"}, {'&', "\\u0026"}});
  };
  const auto json = as_json(id, false);
  const auto ascii = as_json(id, true);
  spellings_ = {std::string(id),
                escaped(id, {{'"', "\"\""}}),
                json,
                ascii,
                embedded(json),
                embedded(ascii),
                escaped(id, {{'&', "&amp;"}, {'<', "&lt;"}, {'>', "&gt;"}, {'"', "&quot;"}, {'\'', "&#39;"}}),
                escaped(id, {{'&', "&amp;"}, {'<', "&lt;"}, {'>', "&gt;"}})};
  std::sort(spellings_.begin(), spellings_.end());
  spellings_.erase(std::unique(spellings_.begin(), spellings_.end()), spellings_.end());
}

bool Mentions::in(std::string_view bytes) const {
  for (const auto& spelling : spellings_) {
    for (auto at = bytes.find(spelling); at != std::string_view::npos; at = bytes.find(spelling, at + 1)) {
      const auto end = at + spelling.size();
      const bool starts = at == 0 || !in_word(bytes[at - 1]) || !in_word(spelling.front());
      const bool ends = end == bytes.size() || !in_word(bytes[end]) || !in_word(spelling.back());
      if (starts && ends) return true;
    }
  }
  return false;
}

bool Mentions::quoted_in(std::string_view bytes) const {
  return std::any_of(spellings_.begin(), spellings_.end(), [&](const std::string& spelling) {
    return bytes.find('"' + spelling + '"') != std::string_view::npos ||
           bytes.find('\'' + spelling + '\'') != std::string_view::npos;
  });
}

bool Mentions::in_file(const std::filesystem::path& path) const {
  return in(path.filename().string()) || in(MappedFile(path).text());
}

}  // namespace medley::engine
