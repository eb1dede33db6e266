#include "tests/features/audio/sounds.h"

namespace medley::features::test {
namespace {

TEST(AudioMfcc, row_is_the_summary_of_librosas_frames) {
  const auto extractor = make("audio/mfcc");
  ASSERT_EQ(extractor->dim(), 80);
  const auto found = describe("audio/mfcc", sound_samples("rooster"));
  const auto frames = reference_frames("rooster");
  for (int coefficient = 0; coefficient < 20; ++coefficient) {
    double sum = 0, changes = 0;
    for (math::Index frame = 0; frame < frames.rows(); ++frame)
      sum += frames(frame, kMfccColumn + coefficient);
    for (math::Index frame = 1; frame < frames.rows(); ++frame)
      changes +=
          std::abs(frames(frame, kMfccColumn + coefficient) - frames(frame - 1, kMfccColumn + coefficient));
    const auto name = "mfcc " + std::to_string(coefficient);
    EXPECT_NEAR(value_of(*extractor, found, name + " mean"), sum / 44, 0.02) << name;
    EXPECT_NEAR(value_of(*extractor, found, name + " change mean"), changes / 43, 0.02) << name;
  }
}

TEST(AudioMfcc, does_not_hang_on_the_loudness_but_in_its_first_coefficient) {
  auto samples = sound_samples("dog_bark");
  const auto loud = row(describe("audio/mfcc", samples), 0);
  for (auto& sample : samples) sample *= 0.5f;
  const auto soft = row(describe("audio/mfcc", samples), 0);
  EXPECT_NEAR(loud[0] - soft[0], std::sqrt(128.0) * 20 * std::log10(2.0), 0.05);
  for (std::size_t i = 1; i < soft.size(); ++i) EXPECT_NEAR(loud[i], soft[i], 0.01) << i;
}

TEST(AudioMfcc, tells_bad_sounds_apart) {
  expect_that_bad_sounds_are_told_apart("audio/mfcc");
}

TEST(AudioMfcc, refuses_parameters_that_do_not_fit) {
  EXPECT_THROW(make("audio/mfcc", {{"n_fft", "1000"}}), Error);
  EXPECT_THROW(make("audio/mfcc", {{"mels", "13"}, {"coefficients", "20"}}), Error);
  EXPECT_EQ(make("audio/mfcc", {{"mels", "40"}, {"coefficients", "13"}})->dim(), 52);
}

}  // namespace
}  // namespace medley::features::test
