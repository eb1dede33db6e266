#include "medley/data/npy_header.h"

#include "medley/core/error.h"
#include "medley/core/params.h"

#include <fmt/core.h>

#include <algorithm>
#include <array>
#include <bit>
#include <cctype>
#include <limits>
#include <utility>

namespace medley::data {
namespace {

static_assert(std::endian::native == std::endian::little, "arrays are written as they stand in memory");

constexpr std::string_view kMagic = "\x93NUMPY";
constexpr std::int64_t kMaxLength = std::numeric_limits<std::int32_t>::max();
constexpr std::size_t kMaxHeader = 1 << 16;

struct TypeName {
  std::string_view code;
  NpyType type;
  std::size_t size;
};
constexpr std::array<TypeName, 6> kTypes = {{{"f2", NpyType::float16, 2},
                                             {"f4", NpyType::float32, 4},
                                             {"f8", NpyType::float64, 8},
                                             {"u1", NpyType::uint8, 1},
                                             {"i4", NpyType::int32, 4},
                                             {"i8", NpyType::int64, 8}}};

/// Reads the Python dictionary of a header: three keys, in any order, each once.
class DictParser {
 public:
  DictParser(std::string_view text, std::string_view name) : text_(text), name_(name) {}

  void parse(NpyHeader& header) {
    expect('{');
    bool descr = false;
    bool order = false;
    bool shape = false;
    while (!take('}')) {
      const auto key = quoted();
      expect(':');
      if (key == "descr" && !std::exchange(descr, true)) {
        parse_type(header);
      } else if (key == "fortran_order" && !std::exchange(order, true)) {
        header.fortran_order = parse_bool();
      } else if (key == "shape" && !std::exchange(shape, true)) {
        header.shape = parse_shape();
      } else {
        bad("the header has an unexpected key '{}'", key);
      }
      if (!take(',')) {
        expect('}');
        break;
      }
    }
    if (!descr || !order || !shape) bad("the header lacks descr, fortran_order or shape");
    skip_space();
    if (at_ != text_.size()) bad("the header goes on after its dictionary");
  }

 private:
  template <class... Args>
  [[noreturn]] void bad(fmt::format_string<Args...> message, Args&&... args) const {
    fail(ErrorCode::corrupt_data, "'{}': {}", name_, fmt::format(message, std::forward<Args>(args)...));
  }

  void skip_space() {
    while (at_ < text_.size() && std::isspace(static_cast<unsigned char>(text_[at_])) != 0) ++at_;
  }
  bool take(char c) {
    skip_space();
    if (at_ >= text_.size() || text_[at_] != c) return false;
    ++at_;
    return true;
  }
  void expect(char c) {
    if (!take(c)) bad("the header lacks '{}' at byte {}", c, at_);
  }

  std::string_view quoted() {
    const char quote = take('\'') ? '\'' : '"';
    if (quote == '"') expect('"');
    const auto end = text_.find(quote, at_);
    if (end == std::string_view::npos) bad("a quote in the header is not closed");
    const auto found = text_.substr(at_, end - at_);
    at_ = end + 1;
    return found;
  }

  bool parse_bool() {
    skip_space();
    for (const auto& [word, value] : {std::pair{"True", true}, std::pair{"False", false}}) {
      if (text_.substr(at_).starts_with(word)) {
        at_ += std::string_view(word).size();
        return value;
      }
    }
    bad("fortran_order must be True or False");
  }

  std::vector<std::int64_t> parse_shape() {
    expect('(');
    std::vector<std::int64_t> shape;
    while (!take(')')) {
      skip_space();
      const auto end = text_.find_first_not_of("0123456789", at_);
      const auto digits = text_.substr(at_, end - at_);
      std::int64_t length = 0;
      if (!parse_int(digits, length) || length > kMaxLength) {
        bad("shape holds '{}', lengths must be in [0, {}]", text_.substr(at_, 24), kMaxLength);
      }
      at_ += digits.size();
      shape.push_back(length);
      if (!take(',')) {
        expect(')');
        break;
      }
    }
    return shape;
  }

  void parse_type(NpyHeader& header) {
    skip_space();
    if (at_ < text_.size() && text_[at_] == '[') {
      fail(ErrorCode::unsupported, "'{}' holds a structured type; one number type is needed", name_);
    }
    const auto descr = quoted();
    const char order = descr.empty() ? ' ' : descr.front();
    const auto code = descr.substr(std::min<std::size_t>(descr.size(), 1));
    if (code.starts_with('O')) {
      fail(ErrorCode::unsupported,
           "'{}' holds Python objects (dtype object); save the array as numbers: np.save(path, "
           "x.astype('float32'))",
           name_);
    }
    const auto type =
        std::find_if(kTypes.begin(), kTypes.end(), [&](const TypeName& t) { return t.code == code; });
    const bool known_order = order == '<' || order == '>' || order == '=' || (order == '|' && code == "u1");
    if (type == kTypes.end() || !known_order) {
      fail(ErrorCode::unsupported,
           "'{}' has dtype '{}'; float16, float32, float64, uint8, int32 and int64 are read", name_, descr);
    }
    header.type = type->type;
    header.big_endian = order == '>';
  }

  std::string_view text_;
  std::string_view name_;
  std::size_t at_ = 0;
};

/// Header length and where the dictionary starts, by version.
std::pair<std::size_t, std::size_t> header_extent(std::string_view text, std::string_view name) {
  if (!text.starts_with(kMagic)) fail(ErrorCode::corrupt_data, "'{}' is not a .npy file", name);
  const std::size_t version_at = kMagic.size();
  if (text.size() < version_at + 4) fail(ErrorCode::corrupt_data, "'{}' ends inside its header", name);
  const auto byte = [&](std::size_t i) {
    return static_cast<std::size_t>(static_cast<unsigned char>(text[i]));
  };
  const auto major = byte(version_at);
  if (major < 1 || major > 3) {
    fail(ErrorCode::unsupported, "'{}' has .npy version {}.{}; versions 1 to 3 are read", name, major,
         byte(version_at + 1));
  }
  const std::size_t width = major == 1 ? 2 : 4;
  const std::size_t start = version_at + 2 + width;
  if (text.size() < start) fail(ErrorCode::corrupt_data, "'{}' ends inside its header", name);
  std::size_t length = 0;
  for (std::size_t i = width; i > 0; --i) length = length << 8 | byte(version_at + 1 + i);
  if (length > kMaxHeader || length > text.size() - start) {
    fail(ErrorCode::corrupt_data, "'{}': its header says {} bytes, {} are there and {} allowed", name, length,
         text.size() - start, kMaxHeader);
  }
  return {start, length};
}

}  // namespace

std::size_t npy_item_size(NpyType type) {
  return std::find_if(kTypes.begin(), kTypes.end(), [&](const TypeName& t) { return t.type == type; })->size;
}

NpyHeader parse_npy_header(std::span<const std::byte> file, std::string_view name) {
  const std::string_view text(reinterpret_cast<const char*>(file.data()), file.size());
  const auto [start, length] = header_extent(text, name);
  NpyHeader header;
  DictParser(text.substr(start, length), name).parse(header);
  header.data_offset = start + length;
  if (header.shape.empty() || header.shape.size() > 2) {
    fail(ErrorCode::unsupported, "'{}' has {} dimensions; 1 or 2 are read", name, header.shape.size());
  }
  // Lengths are below 2^31, so two of them and an element size stay below 2^65: compare by division.
  const auto have = file.size() - header.data_offset;
  const auto rows = static_cast<std::size_t>(header.shape[0]);
  const auto row_items = header.shape.size() == 2 ? static_cast<std::size_t>(header.shape[1]) : 1;
  const auto row_bytes = row_items * npy_item_size(header.type);
  const bool fits =
      row_bytes == 0 || rows == 0 ? have == 0 : have % row_bytes == 0 && have / row_bytes == rows;
  if (!fits) {
    fail(ErrorCode::corrupt_data,
         "'{}': its header says {} x {} elements of {} bytes, the file holds {} bytes", name, rows, row_items,
         npy_item_size(header.type), have);
  }
  return header;
}

std::string make_npy_header(std::string_view descr, const std::vector<std::int64_t>& shape) {
  std::string lengths;
  for (const auto length : shape) lengths += fmt::format("{},{}", length, shape.size() == 1 ? "" : " ");
  if (shape.size() > 1) lengths.resize(lengths.size() - 2);
  auto dict = fmt::format("{{'descr': '{}', 'fortran_order': False, 'shape': ({}), }}", descr, lengths);
  const std::size_t before = kMagic.size() + 4;
  const auto total = (before + dict.size() + 1 + 63) / 64 * 64;
  dict.resize(total - before - 1, ' ');
  dict += '\n';
  std::string out(kMagic);
  out += {'\x01', '\x00', static_cast<char>(dict.size() & 0xFF), static_cast<char>(dict.size() >> 8)};
  return out + dict;
}

}  // namespace medley::data
