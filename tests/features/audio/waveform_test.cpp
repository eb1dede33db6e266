#include "medley/features/audio/waveform.h"

#include "tests/features/audio/sounds.h"

namespace medley::features::test {
namespace {

math::MatrixView<const float> column(const std::vector<float>& values) {
  return {values.data(), static_cast<math::Index>(values.size()), 1};
}

TEST(RootMeanSquares, are_librosas_in_every_frame) {
  for (const auto& name : kSoundNames)
    expect_as_librosa(name, column(root_mean_squares(sound_samples(name), 2048, 512)), kRmsColumn);
}

TEST(ZeroCrossingRates, are_librosas_in_every_frame) {
  for (const auto& name : kSoundNames)
    expect_as_librosa(name, column(zero_crossing_rates(sound_samples(name), 2048, 512)), kZeroCrossingColumn);
}

TEST(RootMeanSquares, continue_the_sound_by_zeros) {
  // Frames of 4 around samples 0, 2, 4 of 3, 3, 3, 3: two, four and two samples of the sound.
  const auto found = root_mean_squares(std::vector<float>(4, 3.0f), 4, 2);
  ASSERT_EQ(found.size(), 3u);
  EXPECT_FLOAT_EQ(found[0], 3 * std::sqrt(0.5f));
  EXPECT_FLOAT_EQ(found[1], 3.0f);
  EXPECT_FLOAT_EQ(found[2], 3 * std::sqrt(0.5f));
}

TEST(ZeroCrossingRates, count_changes_of_sign_within_a_frame) {
  // +, -, -, +: crossings before samples 1 and 3. Frames around 0, 2, 4 have samples 0-1, 0-3, 2-3.
  const std::vector<float> samples{1.0f, -1.0f, -2.0f, 0.0f};
  const auto found = zero_crossing_rates(samples, 4, 2);
  ASSERT_EQ(found.size(), 3u);
  EXPECT_FLOAT_EQ(found[0], 0.25f);
  EXPECT_FLOAT_EQ(found[1], 0.5f);
  EXPECT_FLOAT_EQ(found[2], 0.25f);
}

TEST(Waveform, of_one_sample_is_one_frame_and_of_none_no_frame) {
  EXPECT_EQ(root_mean_squares(std::vector<float>{4.0f}, 4, 2), std::vector<float>{2.0f});
  EXPECT_EQ(zero_crossing_rates(std::vector<float>{-4.0f}, 4, 2), std::vector<float>{0.0f});
  EXPECT_TRUE(root_mean_squares({}, 4, 2).empty());
  EXPECT_TRUE(zero_crossing_rates({}, 4, 2).empty());
}

}  // namespace
}  // namespace medley::features::test
