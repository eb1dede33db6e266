#include "medley/features/audio/chromagram.h"

#include "medley/core/error.h"
#include "medley/features/audio/tuning.h"

#include "tests/features/audio/sounds.h"

#include <thread>

namespace medley::features::test {
namespace {

TEST(Chromagram, is_librosas_in_every_frame_tuned_and_at_440) {
  const StftParams params;
  const Chromagram chroma(params);
  for (const auto& name : kSoundNames) {
    const Stft stft(sound_samples(name), params);
    const auto tuning = static_cast<int>(std::lround(100 * reference_case(name)["tuning"].get<double>()));
    expect_as_librosa(name, chroma.frames(stft, tuning).view(), kChromaColumn);
    expect_as_librosa(name, chroma.frames(stft, 0).view(), kChroma440Column);
  }
}

TEST(Chromagram, puts_a_note_into_its_class_whatever_the_octave) {
  for (const double hertz : {220.0, 440.0, 1760.0}) {
    std::vector<float> samples(kRate);
    for (std::size_t i = 0; i < samples.size(); ++i) samples[i] = static_cast<float>(0.5 * tone(hertz, i));
    const auto found = Chromagram({}).frames(Stft(samples, {}), 0);
    EXPECT_EQ(found(20, 9), 1.0f) << hertz << ": an A";
    EXPECT_LT(found(20, 3), 0.1f) << hertz << ": no D#";
  }
}

TEST(Chromagram, leaves_a_silent_frame_at_zero) {
  const auto found = Chromagram({}).frames(Stft(std::vector<float>(100), {}), 0);
  for (const float value : found.row(0)) EXPECT_EQ(value, 0.0f);
}

TEST(Chromagram, makes_a_bank_once_whoever_asks) {
  const Chromagram chroma({});
  const Stft stft(sound_samples("chord"), {});
  std::vector<math::Matrix> found(4);
  {
    std::vector<std::jthread> threads;
    for (auto& one : found) threads.emplace_back([&] { one = chroma.frames(stft, 28); });
  }
  for (const auto& one : found) EXPECT_TRUE(std::equal(one.data(), one.data() + 44 * 12, found[0].data()));
}

TEST(Chromagram, refuses_a_tuning_beyond_half_a_semitone) {
  EXPECT_THROW((void)Chromagram({}).frames(Stft(), 51), Error);
}

}  // namespace
}  // namespace medley::features::test
