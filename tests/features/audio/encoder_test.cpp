#include "medley/core/error.h"
#include "medley/encode/network.h"

#include "tests/features/audio/made_sound.h"
#include "tests/features/items.h"
#include "tests/features/networks.h"
#include "tests/test_data.h"
#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace medley::features::test {
namespace {

using ::testing::HasSubstr;

class AudioEncoder : public NetworkTest {
 protected:
  static ParamMap params(ParamMap more = {}) {
    more.try_emplace("network", data("sound.onnx"));
    more.try_emplace("sample_rate", "22050");
    more.try_emplace("l2", "false");
    return more;
  }

  static Vectors of(const ParamMap& given, const Sound& sound) {
    Items items;
    items.add({}, {}, {}, nullptr, &sound);
    return transform(*make("audio/encoder", given), items.all());
  }

  static std::string refusal(const ParamMap& given) {
    return error_of([&] { of(given, Sound::of(made_samples(1000), 22050)); });
  }
};

TEST_F(AudioEncoder, is_the_mean_over_windows_of_what_onnxruntime_gives) {
  const auto answers = made_sound_answers()["encoder"];
  ASSERT_EQ(answers.size(), 4U);
  for (const auto& answer : answers) {
    const auto vectors = of(params({{"window", "0.02"}, {"hop", "0.009977"}, {"batch", "3"}}),
                            Sound::of(made_samples(answer[0].get<std::size_t>()), 22050));
    ASSERT_EQ(vectors.present[0], 1);
    for (std::size_t d = 0; d < 3; ++d)
      EXPECT_NEAR(row(vectors, 0)[d], answer[1][d].get<float>(), 1e-5) << answer[0];
  }
}

TEST_F(AudioEncoder, silence_is_absent_with_the_reason_and_no_sound_without_one) {
  const auto silent = of(params({{"window", "0.02"}}), Sound::of(std::vector<float>(5000), 22050));
  EXPECT_EQ(silent.present[0], 0);
  EXPECT_THAT(silent.notes[0], HasSubstr("dBFS"));
  Items items;
  items.add({"no sound"});
  const auto none = transform(*make("audio/encoder", params({{"window", "0.02"}})), items.all());
  EXPECT_EQ(none.present[0], 0);
  EXPECT_EQ(none.notes[0], "");
}

TEST_F(AudioEncoder, a_network_of_any_length_needs_a_window) {
  EXPECT_THAT(refusal(params()), HasSubstr("takes a sound of any length: window says how many seconds"));
}

TEST_F(AudioEncoder, a_network_made_for_another_length_is_refused) {
  const auto notes = test_data("encode/data/notes.onnx").string();
  EXPECT_THAT(refusal(params({{"network", notes}, {"window", "1"}})),
              HasSubstr("takes 'samples' as [-1 x 43844 x 1], got [1 x 22050 x 1]"));
  EXPECT_THAT(refusal(params({{"network", test_data("encode/data/text.onnx").string()}, {"window", "1"}})),
              HasSubstr("has 3 inputs; one for sound has one"));
  // Without a window it hears what it is made for.
  EXPECT_EQ(of(params({{"network", notes}}), Sound::of(made_samples(1000), 22050)).present[0], 1);
}

TEST_F(AudioEncoder, a_network_that_gives_no_row_an_item_is_refused) {
  const auto flat = data("flat.onnx"), joint = data("joint.onnx");
  EXPECT_THAT(refusal(params({{"network", flat}, {"window", "0.02"}})),
              HasSubstr("'" + flat + "' gives 441 rows for 3 items"));
  EXPECT_THAT(refusal(params({{"network", joint}, {"window", "0.02"}})),
              HasSubstr("'" + joint + "' gives 1 rows for 3 items"));
}

TEST_F(AudioEncoder, a_window_without_a_sample_is_refused_at_once) {
  EXPECT_THROW(make("audio/encoder", params({{"window", "0.00001"}})), Error);
  EXPECT_THROW(make("audio/encoder", params({{"hop", "0.00001"}})), Error);
}

}  // namespace
}  // namespace medley::features::test
