#pragma once

#include "tests/features/networks.h"
#include <gtest/gtest.h>

#include <cstdlib>
#include <filesystem>
#include <string>

namespace medley::features::test {

/// Tests with the networks that tools/models makes; they skip where it has not been run.
class Pretrained : public NetworkTest {
 protected:
  void SetUp() override {
    NetworkTest::SetUp();
    if (!IsSkipped() && !std::filesystem::exists(folder_ / "minilm.onnx"))
      GTEST_SKIP() << "tools/models/make has not been run";
  }

  std::string path(const char* name) const { return (folder_ / name).string(); }

 private:
  static std::filesystem::path models() {
    const char* cache = std::getenv("XDG_CACHE_HOME");
    const char* home = std::getenv("HOME");
    if (cache != nullptr && *cache != '\0') return std::filesystem::path(cache) / "medley/models-1";
    return std::filesystem::path(home == nullptr ? "" : home) / ".cache/medley/models-1";
  }

  const std::filesystem::path folder_ = models();
};

}  // namespace medley::features::test
