#include "tests/features/audio/sounds.h"

namespace medley::features::test {
namespace {

/// A short tone every `seconds`.
std::vector<float> beats(double seconds) {
  std::vector<float> out(10 * kRate);
  const auto distance = static_cast<std::size_t>(seconds * kRate);
  for (std::size_t i = 0; i < out.size(); ++i)
    out[i] = static_cast<float>(0.5 * std::exp2(-static_cast<double>(i % distance) / 1000) * tone(500, i));
  return out;
}

TEST(AudioRhythm, finds_the_tempo_of_beats) {
  const auto extractor = make("audio/rhythm");
  ASSERT_EQ(extractor->dim(), 5);
  EXPECT_NEAR(value_of(*extractor, describe("audio/rhythm", beats(0.5)), "tempo"), 2.0, 0.07);
  EXPECT_NEAR(value_of(*extractor, describe("audio/rhythm", beats(0.75)), "tempo"), 80.0 / 60, 0.05);
}

TEST(AudioRhythm, of_an_even_tone_has_no_onsets) {
  const auto extractor = make("audio/rhythm");
  const auto even = describe("audio/rhythm", sound_samples("tone"));
  const auto struck = describe("audio/rhythm", beats(0.5));
  EXPECT_LT(value_of(*extractor, even, "onset strength deviation"),
            0.3f * value_of(*extractor, struck, "onset strength deviation"));
}

TEST(AudioRhythm, tells_bad_sounds_apart) {
  expect_that_bad_sounds_are_told_apart("audio/rhythm");
}

TEST(AudioRhythm, refuses_a_frame_that_is_no_power_of_two) {
  EXPECT_THROW(make("audio/rhythm", {{"n_fft", "3000"}}), Error);
}

}  // namespace
}  // namespace medley::features::test
