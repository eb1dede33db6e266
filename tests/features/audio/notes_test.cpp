#include "medley/core/error.h"
#include "medley/encode/network.h"

#include "tests/features/audio/made_sound.h"
#include "tests/features/items.h"
#include "tests/features/networks.h"
#include "tests/features/pretrained.h"
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <numbers>

namespace medley::features::test {
namespace {

using ::testing::HasSubstr;

Vectors of(const ParamMap& params, const Sound& sound) {
  Items items;
  items.add({}, {}, {}, nullptr, &sound);
  return transform(*make("audio/notes", params), items.all());
}

class AudioNotes : public NetworkTest {};

TEST_F(AudioNotes, has_a_column_for_each_key_of_a_piano) {
  const auto columns = make("audio/notes", {{"network", data("notes.onnx")}})->columns();
  ASSERT_EQ(columns.size(), 88U);
  EXPECT_EQ(columns.front(), "A0");
  EXPECT_EQ(columns[39], "C4");
  EXPECT_EQ(columns[48], "A4");
  EXPECT_EQ(columns.back(), "C8");
}

TEST_F(AudioNotes, a_network_of_another_shape_is_refused) {
  const ParamMap params{{"network", data("image_fixed.onnx")}, {"output", "pooled"}};
  try {
    of(params, Sound::of(made_samples(1000), 22050));
    ADD_FAILURE() << "no error";
  } catch (const Error& error) {
    EXPECT_THAT(error.what(), HasSubstr("the activity of 88 notes in 172 frames is 15136"));
  }
}

class BasicPitch : public Pretrained {};

TEST_F(BasicPitch, gives_what_onnxruntime_and_its_own_windows_give) {
  const auto answers = made_sound_answers();
  for (const auto& answer : answers["notes"]) {
    const auto samples = made_samples(answer[0].get<std::size_t>());
    const auto& wanted = answer[1];
    const auto got =
        row(of({{"network", path("basic-pitch.onnx")}, {"l2", "false"}}, Sound::of(samples, 22050)), 0);
    ASSERT_EQ(got.size(), wanted.size());
    for (std::size_t d = 0; d < got.size(); ++d)
      EXPECT_NEAR(got[d], wanted[d].get<float>(), 1e-3) << samples.size() << " samples, note " << d;
  }
}

TEST_F(BasicPitch, hears_the_note_that_sounds) {
  std::vector<float> samples;
  for (int i = 0; i < 3 * 22050; ++i) {
    const double t = i / 22050.0;
    double value = 0.0;
    for (int harmonic = 1; harmonic <= 4; ++harmonic)
      value += 0.3 / harmonic * std::sin(2 * std::numbers::pi * 440.0 * harmonic * t);
    samples.push_back(static_cast<float>(value * std::exp(-t)));
  }
  const auto got = row(of({{"network", path("basic-pitch.onnx")}}, Sound::of(samples, 22050)), 0);
  EXPECT_EQ(std::max_element(got.begin(), got.end()) - got.begin(), 48);  // A4
}

}  // namespace
}  // namespace medley::features::test
