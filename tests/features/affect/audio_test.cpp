#include "tests/features/audio/sounds.h"

namespace medley::features::test {
namespace {

struct Feeling {
  float valence, arousal;
};

Feeling feeling_of(const std::vector<float>& samples) {
  const auto vectors = describe("affect/audio", samples);
  EXPECT_EQ(vectors.present[0], 1) << vectors.notes[0];
  return {row(vectors, 0)[0], row(vectors, 0)[1]};
}

/// Eight seconds of triads on the steps I, IV, V and I of a key, struck at `bpm`, fading, with three
/// overtones.
std::vector<float> music(bool major, double bpm, double loudness) {
  constexpr std::array kRoots{0, 5, 7, 0};
  std::vector<float> out(8 * kRate);
  const auto beat = static_cast<std::size_t>(60.0 / bpm * kRate);
  for (std::size_t i = 0; i < out.size(); ++i) {
    const auto struck = i / beat;
    const double fade = std::exp2(-static_cast<double>(i % beat) / (0.15 * kRate));
    for (const int step : {0, major ? 4 : 3, 7}) {
      const double hertz = 261.63 * std::exp2((kRoots[struck % 4] + step) / 12.0);
      for (const double overtone : {1.0, 2.0, 3.0})
        out[i] += static_cast<float>(loudness * fade / overtone * tone(hertz * overtone, i % beat));
    }
  }
  return out;
}

TEST(AudioAffect, of_fast_major_music_is_cheerful_and_of_slow_minor_music_sad) {
  const auto cheerful = feeling_of(music(true, 160, 0.15)), sad = feeling_of(music(false, 60, 0.03));
  EXPECT_GT(cheerful.valence, 0.2f);
  EXPECT_GT(cheerful.arousal, 0.2f);
  EXPECT_LT(sad.valence, -0.2f);
  EXPECT_LT(sad.arousal, -0.2f);
}

TEST(AudioAffect, mode_alone_moves_valence_and_tempo_alone_both) {
  const auto major = feeling_of(music(true, 160, 0.1)), minor = feeling_of(music(false, 160, 0.1));
  EXPECT_GT(major.valence, minor.valence + 0.2f);
  EXPECT_NEAR(major.arousal, minor.arousal, 0.05f);
  const auto slow = feeling_of(music(true, 60, 0.1));
  EXPECT_GT(major.valence, slow.valence + 0.1f);
  EXPECT_GT(major.arousal, slow.arousal + 0.2f);
}

TEST(AudioAffect, of_a_louder_sound_is_more_aroused) {
  EXPECT_GT(feeling_of(music(true, 100, 0.2)).arousal, feeling_of(music(true, 100, 0.02)).arousal + 0.2f);
}

TEST(AudioAffect, stays_within_bounds) {
  for (const auto& name : kSoundNames) {
    const auto [valence, arousal] = feeling_of(sound_samples(name));
    EXPECT_LE(std::abs(valence), 1.0f) << name;
    EXPECT_LE(std::abs(arousal), 1.0f) << name;
  }
}

TEST(AudioAffect, tells_bad_sounds_apart) {
  expect_that_bad_sounds_are_told_apart("affect/audio");
}

TEST(AudioAffect, has_no_parameters) {
  EXPECT_THROW(make("affect/audio", {{"rate", "22050"}}), Error);
}

}  // namespace
}  // namespace medley::features::test
