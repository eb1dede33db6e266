#include "medley/features/audio/sound.h"

#include <gtest/gtest.h>

#include <limits>

namespace medley::features {
namespace {

TEST(Sound, is_decoded_once_a_rate_and_transformed_once_a_set_of_parameters) {
  std::vector<int> asked;
  const Sound sound([&](int rate) {
    asked.push_back(rate);
    return Sound::Decoded{std::vector<float>(static_cast<std::size_t>(rate), 0.5f), {}};
  });
  EXPECT_TRUE(asked.empty()) << "nobody has asked yet";
  const auto first = sound.samples(100);
  EXPECT_EQ(first.size(), 100u);
  const Stft& stft = sound.stft({100, 16, 8});
  EXPECT_EQ(&sound.stft({100, 16, 8}), &stft);
  EXPECT_NE(&sound.stft({100, 32, 8}), &stft);
  EXPECT_EQ(sound.samples(200).size(), 200u);
  EXPECT_EQ(sound.samples(100).data(), first.data());
  EXPECT_EQ(asked, (std::vector<int>{100, 200}));
  EXPECT_EQ(sound.reason(), "");
}

TEST(Sound, that_cannot_be_decoded_has_no_samples_and_says_why) {
  int calls = 0;
  const Sound sound([&](int) {
    ++calls;
    return Sound::Decoded{{}, "no sound track"};
  });
  EXPECT_TRUE(sound.samples(22050).empty());
  EXPECT_EQ(sound.reason(), "no sound track");
  EXPECT_TRUE(sound.stft({}).empty());
  EXPECT_EQ(sound.reason(), "no sound track");
  EXPECT_EQ(calls, 1);
}

TEST(Sound, without_anything_to_describe_says_what_is_wrong) {
  const auto reason = [](std::vector<float> samples) {
    const auto sound = Sound::of(std::move(samples), 8000);
    EXPECT_TRUE(sound.samples(8000).empty());
    return sound.reason();
  };
  EXPECT_EQ(reason({}), "the sound has no samples");
  EXPECT_EQ(reason({0.5f, std::numeric_limits<float>::quiet_NaN()}), "sample 1 is nan, and full scale is 1");
  EXPECT_EQ(reason({-std::numeric_limits<float>::infinity()}), "sample 0 is -inf, and full scale is 1");
  EXPECT_EQ(reason({2e9f}), "sample 0 is 2000000000, and full scale is 1");
  EXPECT_EQ(reason({0.0f, 0.00009f, -0.00009f}), "silent: under -80 dBFS throughout");
}

TEST(Sound, is_not_silent_where_one_sample_reaches_the_limit) {
  const auto sound = Sound::of({0.0f, -1e-4f}, 8000);
  EXPECT_EQ(sound.samples(8000).size(), 2u);
  EXPECT_EQ(sound.reason(), "");
}

TEST(Sound, of_which_the_spectra_would_take_too_much_memory_has_none) {
  const auto sound = Sound::of(std::vector<float>(100'000, 0.5f), 8000);
  const StftParams dense{8000, 16384, 1};
  EXPECT_TRUE(sound.stft(dense).empty());
  EXPECT_EQ(sound.reason(),
            "its spectra would take 3125 MB, more than 512; a larger hop or a shorter sound takes less");
  EXPECT_FALSE(sound.stft({8000, 16384, 512}).empty());
  EXPECT_EQ(sound.reason(), "");
  EXPECT_TRUE(sound.stft(dense).empty());
  EXPECT_NE(sound.reason(), "") << "asked again, it says so again";
}

TEST(Sound, of_samples_is_not_resampled) {
  const auto sound = Sound::of({1.0f}, 8000);
  EXPECT_TRUE(sound.samples(16000).empty());
  EXPECT_EQ(sound.reason(), "samples at 8000 Hz, asked for at 16000 Hz");
  EXPECT_EQ(sound.samples(8000).size(), 1u);
  EXPECT_EQ(sound.reason(), "") << "the reason is of the latest call";
}

}  // namespace
}  // namespace medley::features
