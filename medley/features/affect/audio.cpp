#include "medley/features/audio/chromagram.h"
#include "medley/features/audio/frame_params.h"
#include "medley/features/audio/mel.h"
#include "medley/features/audio/onsets.h"
#include "medley/features/audio/tuning.h"
#include "medley/features/per_item.h"
#include "medley/features/registry.h"
#include "medley/math/simd/vectors.h"

#include <algorithm>
#include <array>
#include <cmath>

namespace medley::features {
namespace {

using Profile = std::array<double, Chromagram::kClasses>;

// How well each pitch class fits a key, from the tonic up: Krumhansl and Kessler, Psychol. Review 89 (1982).
constexpr Profile kMajor{6.35, 2.23, 3.48, 2.33, 4.38, 4.09, 2.52, 5.19, 2.39, 3.66, 2.29, 2.88};
constexpr Profile kMinor{6.33, 2.68, 3.52, 5.38, 2.60, 3.53, 2.54, 4.75, 3.98, 2.69, 3.34, 3.17};

// Major mode, fast tempo, a high level and a bright timbre go with happiness, their opposites with sadness:
// Juslin and Laukka, J. New Music Research 33 (2004). The cues add up, each nearly linear, and count in this
// order: Eerola, Friberg and Bresin, Front. Psychol. 4:487 (2013). Their weights differ by emotion, so that
// the order alone is taken: rank sums.
constexpr double kModeOnValence = 0.4, kTempoOnValence = 0.3, kLevelOnValence = 0.2, kTimbreOnValence = 0.1;
// Tempo moves arousal and mode does not: Husain, Thompson and Schellenberg, Music Perception 20 (2002). The
// others in the order of above, rank sums again.
constexpr double kTempoOnArousal = 3.0 / 6, kLevelOnArousal = 2.0 / 6, kTimbreOnArousal = 1.0 / 6;

// What each cue is measured against. Tempo: the geometric mean of adagio (70) and allegro (142), an octave to
// either end.
constexpr double kMiddleTempo = 100.0, kTempoOctaves = 1.0;
// Level: RMS of -25 dBFS in the middle, as of music with 25 dB of headroom; 20 dB to either end.
constexpr double kMiddleLevel = -25.0, kLevelRange = 20.0;
// Brightness: a spectral centroid of 1.5 kHz in the middle, that of a full ensemble; two octaves to either
// end.
constexpr double kMiddleCentroid = 1500.0, kCentroidOctaves = 2.0;
// Mode: a lead of .2 in the correlation of the best major key over the best minor one is all of it; parallel
// keys, whose profiles share most, are .2 to .3 apart.
constexpr double kModeRange = 0.2;

double correlation(const Profile& chroma, const Profile& key, int tonic) {
  double a_mean = 0, b_mean = 0, ab = 0, aa = 0, bb = 0;
  for (std::size_t i = 0; i < Chromagram::kClasses; ++i)
    a_mean += chroma[i] / Chromagram::kClasses, b_mean += key[i] / Chromagram::kClasses;
  for (std::size_t i = 0; i < Chromagram::kClasses; ++i) {
    const double a = chroma[(i + static_cast<std::size_t>(tonic)) % Chromagram::kClasses] - a_mean,
                 b = key[i] - b_mean;
    ab += a * b, aa += a * a, bb += b * b;
  }
  return aa > 0 ? ab / std::sqrt(aa * bb) : 0.0;
}

/// -1 surely minor, 1 surely major.
double mode_of(math::MatrixView<const float> chroma) {
  Profile mean{};
  for (math::Index frame = 0; frame < chroma.rows(); ++frame)
    for (std::size_t i = 0; i < Chromagram::kClasses; ++i)
      mean[i] += static_cast<double>(chroma.row(frame)[i]);
  double major = -1, minor = -1;
  for (int tonic = 0; tonic < Chromagram::kClasses; ++tonic) {
    major = std::max(major, correlation(mean, kMajor, tonic));
    minor = std::max(minor, correlation(mean, kMinor, tonic));
  }
  return std::clamp((major - minor) / kModeRange, -1.0, 1.0);
}

double octaves_from(double value, double middle, double octaves) {
  return value > 0 ? std::clamp(std::log2(value / middle) / octaves, -1.0, 1.0) : -1.0;
}

double level_of(std::span<const float> samples) {
  double squares = 0;
  for (const float sample : samples) squares += static_cast<double>(sample) * static_cast<double>(sample);
  const double decibels = 10 * std::log10(squares / static_cast<double>(samples.size()));
  return std::clamp((decibels - kMiddleLevel) / kLevelRange, -1.0, 1.0);
}

/// The centre of the magnitudes of the whole sound, in hertz: loud frames count for more.
double centroid_of(const Stft& stft) {
  std::vector<float> sum(static_cast<std::size_t>(stft.bins()));
  for (math::Index frame = 0; frame < stft.frames(); ++frame)
    math::simd::axpy(1.0f, stft.power().row(frame), sum);
  double weight = 0, moment = 0;
  for (std::size_t bin = 0; bin < sum.size(); ++bin) {
    const double magnitude = std::sqrt(static_cast<double>(sum[bin]));
    weight += magnitude;
    moment += magnitude * static_cast<double>(bin);
  }
  return weight > 0 ? moment / weight * stft.params().rate / stft.params().n_fft : 0.0;
}

/// Valence and arousal of a sound by tempo, level, mode and brightness: what is sung is not heard.
class AudioAffect {
 public:
  struct Params {
    void fields(FieldVisitor&) {}
  };
  static constexpr Reads kReads = Reads::audio;
  static constexpr int kVersion = 1;

  explicit AudioAffect(const Params&) : mels_(mel_filter(stft_, 128)), chromagram_(stft_) {}

  int dim() const { return 2; }
  std::vector<std::string> columns() const { return {"valence", "arousal"}; }

  bool row(const Item& item, std::span<float> out, std::string& note) const {
    const auto* spectra = spectra_of(item, stft_, note);
    if (spectra == nullptr) return false;
    const Stft& stft = *spectra;
    const auto onsets = onset_strengths(mel_decibels(stft, mels_).view(), stft_);
    const double tempo = octaves_from(tempo_bpm(onsets, stft_), kMiddleTempo, kTempoOctaves);
    const double level = level_of(item.sound->samples(stft_.rate));
    const double brightness = octaves_from(centroid_of(stft), kMiddleCentroid, kCentroidOctaves);
    const double mode = mode_of(chromagram_.frames(stft, estimate_tuning(stft)).view());
    out[0] = static_cast<float>(kModeOnValence * mode + kTempoOnValence * tempo + kLevelOnValence * level +
                                kTimbreOnValence * brightness);
    out[1] =
        static_cast<float>(kTempoOnArousal * tempo + kLevelOnArousal * level + kTimbreOnArousal * brightness);
    return true;
  }

 private:
  StftParams stft_;
  math::simd::BandFilter mels_;
  Chromagram chromagram_;
};

}  // namespace

void register_affect_audio(Registry& registry) {
  registry.add<PerItem<AudioAffect>>("affect/audio",
                                     "valence and arousal of a sound by tempo, level, mode and brightness");
}

}  // namespace medley::features
