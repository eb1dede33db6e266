#include "medley/features/audio/tuning.h"

#include "tests/features/audio/sounds.h"

namespace medley::features::test {
namespace {

TEST(Tuning, is_librosas_to_one_step) {
  for (const auto& name : kSoundNames) {
    const double expected = reference_case(name)["tuning"];
    EXPECT_NEAR(estimate_tuning(Stft(sound_samples(name), {})), 100 * expected, 1.01) << name;
  }
}

TEST(Tuning, of_a_tone_is_its_distance_from_the_next_semitone) {
  for (const int cents : {-40, -10, 0, 20, 45}) {
    std::vector<float> samples(kRate);
    for (std::size_t i = 0; i < samples.size(); ++i)
      samples[i] = static_cast<float>(0.5 * tone(880 * std::exp2(cents / 1200.0), i));
    // The parabola through three bins of power is off by a few hundredths.
    EXPECT_NEAR(estimate_tuning(Stft(samples, {22050, 8192, 512})), cents, 3) << cents;
  }
}

TEST(Tuning, without_a_peak_is_zero) {
  EXPECT_EQ(estimate_tuning(Stft()), 0);
  EXPECT_EQ(estimate_tuning(Stft(std::vector<float>(3000), {})), 0);
}

}  // namespace
}  // namespace medley::features::test
