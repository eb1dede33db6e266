#include "tests/features/audio/sounds.h"

namespace medley::features::test {
namespace {

std::vector<float> chord(double cents) {
  std::vector<float> out(kRate);
  for (std::size_t i = 0; i < out.size(); ++i) {
    for (const double hertz : {261.63, 329.63, 392.0})
      out[i] += static_cast<float>(0.2 * tone(hertz * std::exp2(cents / 1200), i));
  }
  return out;
}

TEST(AudioChroma, of_a_c_major_chord_is_c_e_and_g) {
  const auto extractor = make("audio/chroma");
  ASSERT_EQ(extractor->dim(), 48);
  const auto found = describe("audio/chroma", chord(0));
  for (const auto* note : {"C", "E", "G"})
    EXPECT_GT(value_of(*extractor, found, std::string(note) + " mean"), 0.6f);
  for (const auto* note : {"C#", "F#", "A#"})
    EXPECT_LT(value_of(*extractor, found, std::string(note) + " mean"), 0.35f);
  EXPECT_LT(value_of(*extractor, found, "E change mean"), 0.05f);
}

TEST(AudioChroma, follows_the_tuning_of_the_sound_unless_told_not_to) {
  const auto extractor = make("audio/chroma");
  const auto low = describe("audio/chroma", chord(-40)),
             fixed = describe("audio/chroma", chord(-40), {{"tuning", "440"}});
  const auto blur = [&](const Vectors& of) {
    return value_of(*extractor, of, "B mean") / value_of(*extractor, of, "C mean");
  };
  EXPECT_LT(blur(low), 0.6f * blur(fixed)) << "at 440 Hz, a C that is too low is half a B";
}

TEST(AudioChroma, tells_bad_sounds_apart) {
  expect_that_bad_sounds_are_told_apart("audio/chroma");
}

TEST(AudioChroma, refuses_an_unknown_tuning) {
  EXPECT_THROW(make("audio/chroma", {{"tuning", "432"}}), Error);
}

}  // namespace
}  // namespace medley::features::test
