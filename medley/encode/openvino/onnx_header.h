#pragma once

#include <cstddef>
#include <cstdint>
#include <span>

namespace medley::encode {

/// The version of ONNX's own operators that a file asks for, 0 where it names none. Reads the outermost
/// messages only, so that the size of the file does not matter. Throws `corrupt_data` where they do not end
/// with the file. (The format is a protobuf ModelProto: github.com/onnx/onnx/blob/main/onnx/onnx.proto.)
std::int64_t onnx_operator_set(std::span<const std::byte> file);

}  // namespace medley::encode
