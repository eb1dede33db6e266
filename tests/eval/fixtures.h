#pragma once

#include "tests/test_data.h"
#include <gtest/gtest.h>

#include <fstream>
#include <sstream>
#include <string>
#include <vector>

namespace medley::eval::test {

/// The lines of tests/eval/data/`name`, each cut at its " | ".
inline std::vector<std::vector<std::string>> fixture(const std::string& name) {
  std::ifstream in(test_data("eval/data/" + name));
  EXPECT_TRUE(in) << "no fixture " << name;
  std::vector<std::vector<std::string>> lines;
  for (std::string line; std::getline(in, line);) {
    auto& parts = lines.emplace_back();
    for (std::size_t begin = 0;;) {
      const auto bar = line.find('|', begin);
      parts.push_back(line.substr(begin, bar - begin));
      if (bar == std::string::npos) break;
      begin = bar + 1;
    }
  }
  return lines;
}

template <class T>
std::vector<T> numbers(const std::string& text) {
  std::istringstream in(text);
  std::vector<T> out;
  for (T value; in >> value;) out.push_back(value);
  return out;
}

}  // namespace medley::eval::test
