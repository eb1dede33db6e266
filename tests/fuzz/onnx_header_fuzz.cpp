// The header of an ONNX file: either an error of ours, or a version, whatever the bytes.
#include "medley/core/error.h"
#include "medley/encode/openvino/onnx_header.h"

#include <cstddef>
#include <cstdint>
#include <span>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  try {
    medley::encode::onnx_operator_set(std::as_bytes(std::span(data, size)));
  } catch (const medley::Error&) {
  }
  return 0;
}
