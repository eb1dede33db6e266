#include "medley/features/audio/windows.h"

#include "tests/features/networks.h"
#include <gtest/gtest.h>

namespace medley::features {
namespace {

TEST(Windows, are_as_many_as_it_takes_to_hear_every_sample) {
  const Windows windows{10, 4, 0, 0};
  EXPECT_EQ(windows.count(1), 1U);
  EXPECT_EQ(windows.count(10), 1U);
  EXPECT_EQ(windows.count(11), 2U);
  EXPECT_EQ(windows.count(14), 2U);
  EXPECT_EQ(windows.count(15), 3U);
}

TEST(Windows, count_the_silence_before_the_sound) {
  EXPECT_EQ((Windows{10, 4, 3, 0}).count(7), 1U);
  EXPECT_EQ((Windows{10, 4, 3, 0}).count(8), 2U);
}

TEST(Windows, hear_every_sample_away_from_an_end_that_is_not_enough) {
  EXPECT_EQ((Windows{10, 4, 3, 3}).count(4), 1U);
  EXPECT_EQ((Windows{10, 4, 3, 3}).count(5), 2U);
  // Basic Pitch's: the first window has 36,164 samples between its ends, each other one as many more.
  const Windows notes{43844, 36164, 3840, 3840};
  EXPECT_EQ(notes.count(36'164), 1U);
  EXPECT_EQ(notes.count(36'165), 2U);
  EXPECT_EQ(notes.count(40'000), 2U);
  EXPECT_EQ(notes.count(110'500), 4U);
}

class ForEachWindow : public test::NetworkTest {
 protected:
  /// What each window holds, by a network that keeps what is above 0; windows of 4.
  static std::vector<std::vector<float>> heard(const std::vector<float>& samples, const Windows& windows,
                                               int batch) {
    EncoderParams params;
    params.network = data("any_width.onnx");
    params.batch = batch;
    const Encoder encoder(params);
    QuietServices services(1);
    std::vector<std::vector<float>> out;
    for_each_window(encoder, samples, windows, services, [&](std::size_t window, std::span<const float> row) {
      EXPECT_EQ(window, out.size());
      out.emplace_back(row.begin(), row.end());
    });
    return out;
  }
};

TEST_F(ForEachWindow, gives_them_in_order_and_fills_the_last_with_silence) {
  const std::vector<float> samples{1, 2, 3, 4, 5, 6, 7};
  const std::vector<std::vector<float>> overlapping{{1, 2, 3, 4}, {3, 4, 5, 6}, {5, 6, 7, 0}};
  EXPECT_EQ(heard(samples, {4, 2, 0, 0}, 8), overlapping);
  EXPECT_EQ(heard(samples, {4, 2, 0, 0}, 2), overlapping);
  EXPECT_EQ(heard({9}, {4, 4, 0, 0}, 8), (std::vector<std::vector<float>>{{9, 0, 0, 0}}));
}

TEST_F(ForEachWindow, a_lead_is_silence_before_the_first_sample) {
  EXPECT_EQ(heard({1, 2, 3}, {4, 2, 3, 0}, 8), (std::vector<std::vector<float>>{{0, 0, 0, 1}, {0, 1, 2, 3}}));
  EXPECT_EQ(heard({1, 2}, {4, 4, 6, 0}, 8), (std::vector<std::vector<float>>{{0, 0, 0, 0}, {0, 0, 1, 2}}));
}

}  // namespace
}  // namespace medley::features
