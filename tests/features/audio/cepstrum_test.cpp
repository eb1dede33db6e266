#include "medley/features/audio/cepstrum.h"

#include "medley/core/error.h"

#include "tests/features/audio/sounds.h"

namespace medley::features::test {
namespace {

TEST(Cepstrum, is_librosas_mfcc_in_every_frame) {
  const StftParams params;
  const Cepstrum cepstrum(params, 128, 20);
  for (const auto& name : kSoundNames)
    expect_as_librosa(name, cepstrum.frames(Stft(sound_samples(name), params)).view(), kMfccColumn);
}

TEST(Cepstrum, of_a_flat_spectrum_has_its_level_in_the_first_term) {
  // A click has the same power in all bins; its mel bands differ by little. sqrt(128) times their decibels.
  std::vector<float> click(1);
  click[0] = 1.0f;
  const StftParams params;
  const auto found = Cepstrum(params, 128, 3).frames(Stft(click, params));
  ASSERT_EQ(found.rows(), 1);
  EXPECT_NEAR(found(0, 0), std::sqrt(128.0) * 10 * std::log10(2048 / 22050.0 * 1.0), 3.0);
}

TEST(Cepstrum, has_at_most_as_many_coefficients_as_mel_bands) {
  EXPECT_NO_THROW(Cepstrum({}, 13, 13));
  EXPECT_THROW(Cepstrum({}, 13, 14), Error);
}

}  // namespace
}  // namespace medley::features::test
