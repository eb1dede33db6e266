#include "tests/features/audio/sounds.h"

namespace medley::features::test {
namespace {

TEST(AudioSpectral, of_a_tone_is_a_narrow_spectrum_at_its_place) {
  const auto extractor = make("audio/spectral");
  ASSERT_EQ(extractor->dim(), 52);
  std::vector<float> samples(kRate);
  for (std::size_t i = 0; i < samples.size(); ++i) samples[i] = static_cast<float>(0.5 * tone(1000, i));
  const auto found = describe("audio/spectral", samples);
  EXPECT_NEAR(value_of(*extractor, found, "centroid mean"), 1.0, 0.06);
  EXPECT_NEAR(value_of(*extractor, found, "zero crossings mean"), 2000.0 / kRate, 0.004);
  EXPECT_NEAR(value_of(*extractor, found, "rms mean"), 0.5 / std::sqrt(2.0), 0.01);
  EXPECT_LT(value_of(*extractor, found, "flatness mean"), 0.01f);
}

TEST(AudioSpectral, tells_noise_from_a_tone) {
  const auto extractor = make("audio/spectral");
  const auto tone = describe("audio/spectral", sound_samples("tone"));
  const auto noise = describe("audio/spectral", sound_samples("noise"));
  EXPECT_GT(value_of(*extractor, noise, "flatness mean"), 10 * value_of(*extractor, tone, "flatness mean"));
  EXPECT_GT(value_of(*extractor, tone, "contrast 3 mean"), value_of(*extractor, noise, "contrast 3 mean"));
}

TEST(AudioSpectral, tells_bad_sounds_apart) {
  expect_that_bad_sounds_are_told_apart("audio/spectral");
}

TEST(AudioSpectral, refuses_a_rate_that_its_bands_do_not_fit_into) {
  EXPECT_THROW(make("audio/spectral", {{"rate", "8000"}}), Error);
}

}  // namespace
}  // namespace medley::features::test
