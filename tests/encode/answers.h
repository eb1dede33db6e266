#pragma once

#include "tests/test_data.h"
#include <nlohmann/json.hpp>

#include <filesystem>
#include <fstream>
#include <string>

// What the reference runtimes said of the networks and tokenizers in tests/encode/data
// (tools/fixtures/encode.py).

namespace medley::encode::test {

inline std::filesystem::path data(const std::string& name) {
  return test_data("encode/data/" + name);
}

inline const nlohmann::json& answers() {
  static const auto parsed = nlohmann::json::parse(std::ifstream(data("answers.json")));
  return parsed;
}

/// The numbers of a nested list in order.
template <class T>
std::vector<T> flat(const nlohmann::json& values) {
  if (!values.is_array()) return {values.get<T>()};
  std::vector<T> out;
  for (const auto& part : values) {
    const auto numbers = flat<T>(part);
    out.insert(out.end(), numbers.begin(), numbers.end());
  }
  return out;
}

}  // namespace medley::encode::test
