#pragma once

#include "medley/core/error.h"
#include "medley/encode/network.h"

#include "tests/test_data.h"
#include <gtest/gtest.h>

#include <string>

namespace medley::features::test {

/// Tests with the tiny networks of tests/encode/data; they skip in a build without the runtime.
class NetworkTest : public ::testing::Test {
 protected:
  void SetUp() override {
    if (!encode::available()) GTEST_SKIP() << "built without OpenVINO";
  }

  /// The path of a file there.
  static std::string data(const std::string& name) { return test_data("encode/data/" + name).string(); }

  /// The message of the error that `use` throws.
  template <class Use>
  static std::string error_of(Use use) {
    try {
      use();
    } catch (const Error& error) {
      return error.what();
    }
    return "no error";
  }
};

}  // namespace medley::features::test
