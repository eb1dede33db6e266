#include "medley/features/audio/onsets.h"

#include "medley/features/audio/mel.h"

#include "tests/features/audio/sounds.h"

namespace medley::features::test {
namespace {

std::vector<float> onsets_of(const std::string& name) {
  const StftParams params;
  return onset_strengths(mel_decibels(Stft(sound_samples(name), params), mel_filter(params, 128)).view(),
                         params);
}

TEST(OnsetStrengths, are_librosas_in_every_frame) {
  for (const auto& name : kSoundNames) {
    const auto found = onsets_of(name);
    expect_as_librosa(name, {found.data(), static_cast<math::Index>(found.size()), 1}, kOnsetColumn);
  }
}

TEST(OnsetStrengths, are_the_mean_rise_half_a_frame_later) {
  // Three bands; the second frame rises by 6 and 3 and falls by 1: 3. A frame is two hops, so its middle is
  // one later.
  math::Matrix mels(4, 3);
  mels(1, 0) = 6, mels(1, 1) = -1, mels(1, 2) = 3;
  mels(2, 0) = 6, mels(2, 1) = -1, mels(2, 2) = 6;
  EXPECT_EQ(onset_strengths(mels.view(), {8000, 1024, 512}), (std::vector<float>{0, 0, 3, 1}));
  EXPECT_TRUE(onset_strengths(math::Matrix().view(), {}).empty());
}

TEST(Tempo, is_librosas_to_one_step) {
  for (const auto& name : kSoundNames) {
    const double expected = reference_case(name)["tempo"], per_lag = 60.0 * 22050 / 512;
    EXPECT_NEAR(per_lag / tempo_bpm(onsets_of(name), {}), per_lag / expected, 1.01) << name;
  }
}

TEST(Tempo, of_onsets_at_even_distances_is_theirs) {
  for (const std::size_t distance : {15, 21, 32}) {  // 172, 123 and 81 beats a minute
    std::vector<float> onsets(700);
    for (std::size_t i = 0; i < onsets.size(); i += distance) onsets[i] = 1.0f;
    EXPECT_NEAR(tempo_bpm(onsets, {}), 60.0 * 22050 / 512 / static_cast<double>(distance), 1e-9) << distance;
  }
}

TEST(Tempo, without_onsets_is_near_120_and_never_infinite) {
  EXPECT_EQ(tempo_bpm({}, {}), 120.0);
  EXPECT_NEAR(tempo_bpm(std::vector<float>(1), {}), 120.0, 5.0);
  EXPECT_NEAR(tempo_bpm(std::vector<float>(300), {}), 120.0, 5.0);
  EXPECT_EQ(tempo_bpm(std::vector<float>(9), {8000, 2048, 64000}), 120.0) << "a window of one frame";
}

}  // namespace
}  // namespace medley::features::test
