#include "medley/features/audio/spectral_shape.h"

#include "medley/core/error.h"

#include "tests/features/audio/sounds.h"
#include <gmock/gmock.h>

namespace medley::features::test {
namespace {

TEST(SpectralShape, of_exact_spectra_is_librosas_in_every_frame) {
  const StftParams params{kRate, 2048, 512, true};
  const SpectralShape shape(params);
  constexpr int kRollOff = SpectralShape::kValues - 1;
  for (const auto& name : kSoundNames) {
    const auto found = shape.frames(Stft(sound_samples(name), params));
    // All but the roll-off, which jumps from bin to bin.
    expect_as_librosa(name, {found.data(), found.rows(), kRollOff, found.cols()}, kShapeColumn);
    const auto expected = reference_frames(name);
    for (math::Index frame = 0; frame < found.rows(); ++frame)
      EXPECT_NEAR(found(frame, kRollOff), expected(frame, kShapeColumn + kRollOff), 1.01 * 22050 / 2048)
          << name;
  }
}

TEST(SpectralShape, of_a_click_is_flat_and_has_its_centroid_in_the_middle) {
  const auto found = SpectralShape({}).frames(Stft(std::vector<float>{1.0f}, {}));
  EXPECT_NEAR(found(0, 0), 22050 / 4.0, 1) << "centroid";
  EXPECT_NEAR(found(0, 1), 22050 / 2.0 / std::sqrt(12.0), 5) << "the deviation of a uniform distribution";
  for (int band = 0; band < SpectralShape::kBands; ++band) EXPECT_NEAR(found(0, 2 + band), 0.0, 1e-3) << band;
  EXPECT_NEAR(found(0, 9), 1.0, 1e-3) << "flatness";
  EXPECT_NEAR(found(0, 10), 0.85 * 11025, 22050 / 2048.0) << "roll-off";
}

TEST(SpectralShape, of_a_silent_frame_is_zero_and_flat) {
  const auto found = SpectralShape({}).frames(Stft(std::vector<float>(10), {}));
  for (int value = 0; value < SpectralShape::kValues; ++value)
    EXPECT_NEAR(found(0, value), value == 9 ? 1.0 : 0.0, 1e-4) << value;
}

TEST(SpectralShape, names_each_value) {
  EXPECT_EQ(SpectralShape::names().size(), static_cast<std::size_t>(SpectralShape::kValues));
  EXPECT_EQ(SpectralShape::names()[8], "contrast 7");
}

TEST(SpectralShape, has_a_unit_for_each_value) {
  const auto units = SpectralShape::units();
  ASSERT_EQ(units.size(), SpectralShape::names().size());
  EXPECT_THAT(units, ::testing::ElementsAre(1e-3f, 1e-3f, .1f, .1f, .1f, .1f, .1f, .1f, .1f, 1.0f, 1e-3f));
}

TEST(SpectralShape, refuses_what_its_bands_do_not_fit_into) {
  EXPECT_THROW(SpectralShape({12800, 2048, 512}), Error);
  EXPECT_THROW(SpectralShape({96000, 256, 128}), Error);
  EXPECT_NO_THROW(SpectralShape({16000, 256, 128}));
}

}  // namespace
}  // namespace medley::features::test
