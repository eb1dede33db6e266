#include "medley/encode/openvino/onnx_header.h"

#include "medley/core/error.h"

#include <string_view>

namespace medley::encode {
namespace {

// Fields of ModelProto and of its OperatorSetIdProto, and the kinds of value that protobuf has.
constexpr std::uint64_t kOpsetImport = 8;
constexpr std::uint64_t kDomain = 1;
constexpr std::uint64_t kVersion = 2;
enum class Wire : std::uint8_t { varint = 0, fixed64 = 1, bytes = 2, fixed32 = 5 };

struct Field {
  std::uint64_t number = 0;
  std::uint64_t value = 0;           ///< of a varint
  std::span<const std::byte> bytes;  ///< of the others
};

/// Walks the fields of one message.
class Fields {
 public:
  explicit Fields(std::span<const std::byte> message) : rest_(message) {}

  bool done() const { return rest_.empty(); }

  Field next() {
    const auto tag = varint();
    Field out{tag >> 3U, 0, {}};
    switch (static_cast<Wire>(tag & 7U)) {
      case Wire::varint: out.value = varint(); return out;
      case Wire::fixed64: out.bytes = take(8); return out;
      case Wire::fixed32: out.bytes = take(4); return out;
      case Wire::bytes: out.bytes = take(varint()); return out;
    }
    fail(ErrorCode::corrupt_data, "it is no ONNX file");
  }

 private:
  std::uint64_t varint() {
    constexpr unsigned kMaxShift = 63;
    std::uint64_t out = 0;
    for (unsigned shift = 0; shift <= kMaxShift; shift += 7) {
      const auto byte = std::to_integer<std::uint64_t>(take(1)[0]);
      out |= (byte & 0x7fU) << shift;
      if ((byte & 0x80U) == 0) return out;
    }
    fail(ErrorCode::corrupt_data, "it is no ONNX file");
  }

  std::span<const std::byte> take(std::uint64_t count) {
    if (count > rest_.size()) fail(ErrorCode::corrupt_data, "it ends too early, or is no ONNX file");
    const auto out = rest_.first(static_cast<std::size_t>(count));
    rest_ = rest_.subspan(static_cast<std::size_t>(count));
    return out;
  }

  std::span<const std::byte> rest_;
};

}  // namespace

std::int64_t onnx_operator_set(std::span<const std::byte> file) {
  std::int64_t out = 0;
  for (Fields model(file); !model.done();) {
    const auto entry = model.next();
    if (entry.number != kOpsetImport) continue;
    std::string_view domain;
    std::uint64_t version = 0;
    for (Fields set(entry.bytes); !set.done();) {
      const auto field = set.next();
      if (field.number == kDomain)
        domain = {reinterpret_cast<const char*>(field.bytes.data()), field.bytes.size()};
      if (field.number == kVersion) version = field.value;
    }
    if (domain.empty() || domain == "ai.onnx") out = static_cast<std::int64_t>(version);
  }
  return out;
}

}  // namespace medley::encode
