#include "medley/encode/network.h"

#include "medley/core/error.h"
#include "medley/encode/tokenizer.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <functional>

// These run against the build without the runtime (see medley/encode/CMakeLists.txt), whatever the project's
// has.

namespace medley::encode {
namespace {

void expect_refusal(const std::function<void()>& use) {
  try {
    use();
    ADD_FAILURE() << "no refusal";
  } catch (const Error& error) {
    EXPECT_EQ(error.code(), ErrorCode::unsupported);
    EXPECT_THAT(error.what(), ::testing::HasSubstr("'posters.onnx' needs OpenVINO"));
    EXPECT_THAT(error.what(), ::testing::HasSubstr("MEDLEY_ENCODE=OFF"));
  }
}

TEST(WithoutTheRuntime, a_network_or_tokenizer_is_refused_by_name_and_the_way_out_is_told) {
  EXPECT_FALSE(available());
  expect_refusal([] { const Network network("posters.onnx"); });
  expect_refusal([] { const Tokenizer tokenizer("posters.onnx", 128, 1); });
}

}  // namespace
}  // namespace medley::encode
