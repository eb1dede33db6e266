#include "medley/features/audio/frame_params.h"
#include "medley/features/audio/spectral_shape.h"
#include "medley/features/audio/summary.h"
#include "medley/features/audio/waveform.h"
#include "medley/features/per_item.h"
#include "medley/features/registry.h"

#include <algorithm>
#include <functional>
#include <vector>

namespace medley::features {
namespace {

/// The colour and loudness of a sound: shape of the spectrum, zero crossings and RMS, summed up over the
/// frames (summary.h). Frequencies are in kilohertz and contrast in bels (10 dB), so that no column rules a
/// cosine by its unit.
class Spectral {
 public:
  using Params = FrameParams;
  static constexpr Reads kReads = Reads::audio;
  static constexpr int kVersion = 2;

  explicit Spectral(const Params& params)
      : stft_(params.checked()), shape_(stft_), units_(SpectralShape::units()) {
    // The valleys of the contrast: many recordings are empty above the limit of their format.
    stft_.exact = true;
  }

  int dim() const { return kSummaries * kValues; }
  std::vector<std::string> columns() const {
    auto names = SpectralShape::names();
    names.insert(names.end(), {"zero crossings", "rms"});
    return summary_columns(names);
  }

  bool row(const Item& item, std::span<float> out, std::string& note) const {
    const auto* stft = spectra_of(item, stft_, note);
    if (stft == nullptr) return false;
    const auto shape = shape_.frames(*stft);
    const auto samples = item.sound->samples(stft_.rate);
    const auto crossings = zero_crossing_rates(samples, stft_.n_fft, stft_.hop);
    const auto loudness = root_mean_squares(samples, stft_.n_fft, stft_.hop);
    math::Matrix all(shape.rows(), kValues);
    for (math::Index frame = 0; frame < shape.rows(); ++frame) {
      std::ranges::transform(shape.row(frame), units_, all.row(frame).begin(), std::multiplies());
      all(frame, kValues - 2) = crossings[static_cast<std::size_t>(frame)];
      all(frame, kValues - 1) = loudness[static_cast<std::size_t>(frame)];
    }
    summarize(all.view(), out);
    return true;
  }

 private:
  static constexpr int kValues = SpectralShape::kValues + 2;

  StftParams stft_;
  SpectralShape shape_;
  std::vector<float> units_;
};

}  // namespace

void register_audio_spectral(Registry& registry) {
  registry.add<PerItem<Spectral>>(
      "audio/spectral",
      "colour and loudness: centroid, bandwidth, contrast, flatness, roll-off, zero crossings, RMS");
}

}  // namespace medley::features
