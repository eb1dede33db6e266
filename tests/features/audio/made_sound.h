#pragma once

#include "medley/features/audio/sound.h"

#include "tests/test_data.h"
#include <nlohmann/json.hpp>

#include <cmath>
#include <fstream>
#include <string>
#include <vector>

namespace medley::features::test {

/// The sound that tools/fixtures/encode.py gives the reference runtime.
inline std::vector<float> made_samples(std::size_t length) {
  std::vector<float> out;
  for (std::size_t n = 0; n < length; ++n) {
    const auto i = static_cast<double>(n);
    out.push_back(static_cast<float>(0.4 * std::sin(0.05 * i) +
                                     (n % 9000 < 5000 ? 0.3 * std::sin(0.00002 * i * i) : 0.0)));
  }
  return out;
}

inline nlohmann::json made_sound_answers() {
  return nlohmann::json::parse(std::ifstream(test_data("features/data/audio_encoder.json")));
}

}  // namespace medley::features::test
