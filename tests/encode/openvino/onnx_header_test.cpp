#include "medley/encode/openvino/onnx_header.h"

#include "medley/core/error.h"
#include "medley/core/file.h"

#include "tests/encode/answers.h"
#include <gtest/gtest.h>

#include <string>

namespace medley::encode::test {
namespace {

std::int64_t of(const std::string& bytes) {
  return onnx_operator_set(std::as_bytes(std::span(bytes)));
}

TEST(OnnxHeader, tells_the_version_of_its_own_operators) {
  EXPECT_EQ(onnx_operator_set(MappedFile(data("text.onnx")).bytes()), 17);
  EXPECT_EQ(onnx_operator_set(MappedFile(data("future.onnx")).bytes()), 9999);
  // Two sets are asked for, and the other's version, 1, comes last.
  EXPECT_EQ(onnx_operator_set(MappedFile(data("unknown_operator.onnx")).bytes()), 17);
  EXPECT_EQ(of(""), 0);
}

TEST(OnnxHeader, a_number_of_several_bytes_and_values_of_every_kind_are_walked_over) {
  // Field 1 a varint, 2 of 8 bytes, 3 of 4 bytes, 4 a text; then set 8 {version 300}.
  const std::string bytes(
      "\x08\xff\x01\x11"
      "12345678"
      "\x1d"
      "1234"
      "\x22\x02hi"
      "\x42\x03\x10\xac\x02",
      26);
  EXPECT_EQ(of(bytes), 300);
}

TEST(OnnxHeader, what_does_not_end_with_the_file_is_refused) {
  EXPECT_THROW(of("\x0a"), Error);  // a length is missing
  EXPECT_THROW(of("\x0a\x05"
                  "abc"),
               Error);              // three of five bytes
  EXPECT_THROW(of("\x0b"), Error);  // a kind that protobuf gave up
  EXPECT_THROW(of("\x08"
                  "\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff"),
               Error);  // a number without an end
  EXPECT_THROW(of("\x42\x03\x10\xac"), Error);
}

}  // namespace
}  // namespace medley::encode::test
