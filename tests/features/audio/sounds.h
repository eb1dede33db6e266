#pragma once

#include "medley/data/npy.h"
#include "medley/features/audio/sound.h"

#include "tests/features/items.h"
#include "tests/test_data.h"
#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include <algorithm>
#include <array>
#include <cmath>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <numbers>
#include <string>
#include <vector>

namespace medley::features::test {

/// The sounds of tests/features/data/audio, with librosa's frames (tools/fixtures/audio.py).
inline const std::filesystem::path kSounds = test_data("features/data/audio");
inline constexpr int kRate = 22050;
inline const std::vector<std::string> kSoundNames{"tone",   "chirp",    "chord", "noise",
                                                  "melody", "dog_bark", "rain",  "rooster"};

/// Columns of the reference.
inline constexpr int kMfccColumn = 0, kChromaColumn = 20, kChroma440Column = 32, kShapeColumn = 44,
                     kZeroCrossingColumn = 55, kRmsColumn = 56, kOnsetColumn = 57, kPowerSumColumn = 58;

inline double tone(double hertz, std::size_t i) {
  return std::sin(2 * std::numbers::pi * hertz * static_cast<double>(i) / kRate);
}

/// The sounds that the script makes, by the same formulas.
inline double made_sample(const std::string& name, std::size_t i) {
  const double t = static_cast<double>(i) / kRate;
  if (name == "tone") return 0.5 * tone(440, i);
  if (name == "chirp") return 0.5 * std::sin(2 * std::numbers::pi * (100 * t + 3950 * t * t));
  if (name == "chord") {
    const double detuned = std::exp2(0.3 / 12);
    return 0.2 * (tone(261.63 * detuned, i) + tone(329.63 * detuned, i) + tone(392.0 * detuned, i));
  }
  if (name == "melody") {
    constexpr std::array kNotes{220.0, 261.63, 329.63, 261.63};
    return 0.5 * std::exp2(-static_cast<double>(i % 8820) / 2205) * tone(kNotes[i / 8820 % 4], i % 8820);
  }
  return 0.0;  // "noise": nothing under it
}

inline std::vector<float> sound_samples(const std::string& name) {
  if (std::filesystem::exists(kSounds / (name + ".s16"))) {
    std::ifstream file(kSounds / (name + ".s16"), std::ios::binary);
    const std::string bytes{std::istreambuf_iterator<char>(file), {}};
    std::vector<float> out(bytes.size() / 2);
    for (std::size_t i = 0; i < out.size(); ++i) {
      const auto low = static_cast<unsigned char>(bytes[2 * i]),
                 high = static_cast<unsigned char>(bytes[2 * i + 1]);
      out[i] = static_cast<float>(static_cast<std::int16_t>(low | high << 8)) / 32768.0f;
    }
    return out;
  }
  std::vector<float> out(name == "melody" ? 5 * kRate : kRate);
  const double level = name == "noise" ? 0.5 : 0.001;
  std::uint32_t state = 12345;
  for (std::size_t i = 0; i < out.size(); ++i) {
    state = 1664525U * state + 1013904223U;
    out[i] =
        static_cast<float>(made_sample(name, i) + level * (static_cast<double>(state >> 8) / (1 << 23) - 1));
  }
  return out;
}

/// The row of one sound.
inline Vectors describe(const std::string& extractor, const Sound& sound, const ParamMap& params = {}) {
  Items items;
  items.add({}, {}, {}, nullptr, &sound);
  return transform(*make(extractor, params), items.all());
}
inline Vectors describe(const std::string& extractor, std::vector<float> samples,
                        const ParamMap& params = {}) {
  return describe(extractor, Sound::of(std::move(samples), kRate), params);
}

/// What every descriptor of sound does with short, silent and broken sounds.
inline void expect_that_bad_sounds_are_told_apart(const std::string& extractor) {
  for (const std::size_t samples : {1, 500}) {
    const auto found = describe(extractor, std::vector<float>(samples, 0.5f));
    EXPECT_EQ(found.present[0], 1) << samples << " samples: " << found.notes[0];
  }
  const auto note = [&](const Sound& sound) {
    const auto found = describe(extractor, sound);
    EXPECT_EQ(found.present[0], 0) << found.notes[0];
    return found.notes[0];
  };
  EXPECT_EQ(note(Sound::of({}, kRate)), "the sound has no samples");
  EXPECT_EQ(note(Sound::of(std::vector<float>(kRate), kRate)), "silent: under -80 dBFS throughout");
  EXPECT_EQ(note(Sound::of({0.5f, std::numeric_limits<float>::quiet_NaN()}, kRate)),
            "sample 1 is nan, and full scale is 1");
  EXPECT_EQ(note(Sound([](int) { return Sound::Decoded{{}, "no sound track"}; })), "no sound track");
}

/// Column `name` of the first row.
inline float value_of(const Extractor& extractor, const Vectors& vectors, const std::string& name) {
  const auto columns = extractor.columns();
  const auto found = std::ranges::find(columns, name);
  EXPECT_NE(found, columns.end()) << name;
  return row(vectors, 0)[static_cast<std::size_t>(found - columns.begin())];
}

inline math::Matrix reference_frames(const std::string& name) {
  return data::load_npy(kSounds / (name + ".npy"));
}

inline nlohmann::json reference_case(const std::string& name) {
  std::ifstream file(kSounds / "cases.json");
  return nlohmann::json::parse(file)[name];
}

/// Values of `found` [frames x n] that are not those of columns `first` to `first` + n of the reference:
/// |a - b| > 1e-3 |b| + 1e-4 of the column's range. Each is told in the log of the test.
inline int misses(const std::string& name, math::MatrixView<const float> found, int first, std::string& log) {
  const auto expected = reference_frames(name);
  if (found.rows() != expected.rows()) {
    ADD_FAILURE() << name << " has " << found.rows() << " frames, and " << expected.rows() << " by librosa";
    return 0;
  }
  int out = 0;
  for (math::Index col = 0; col < found.cols(); ++col) {
    float low = expected(0, first + col), high = low;
    for (math::Index frame = 0; frame < found.rows(); ++frame) {
      low = std::min(low, expected(frame, first + col));
      high = std::max(high, expected(frame, first + col));
    }
    for (math::Index frame = 0; frame < found.rows(); ++frame) {
      const double want = expected(frame, first + col), got = found(frame, col);
      if (std::abs(got - want) <= 1e-3 * std::abs(want) + 1e-4 * static_cast<double>(high - low)) continue;
      ++out;
      log += name + ", frame " + std::to_string(frame) + ", column " + std::to_string(col) + ": " +
             std::to_string(got) + ", by librosa " + std::to_string(want) + "\n";
    }
  }
  return out;
}

inline void expect_as_librosa(const std::string& name, math::MatrixView<const float> found, int first) {
  std::string log;
  EXPECT_EQ(misses(name, found, first, log), 0) << log;
}

}  // namespace medley::features::test
