#include "medley/features/audio/frame_params.h"
#include "medley/features/audio/mel.h"
#include "medley/features/audio/onsets.h"
#include "medley/features/audio/summary.h"
#include "medley/features/per_item.h"
#include "medley/features/registry.h"

namespace medley::features {
namespace {

constexpr int kMels = 128;

/// The movement of a sound: onset strength summed up over the frames (summary.h), and the tempo in beats a
/// second, of the size of the others: in beats a minute it would be all that a cosine sees.
class Rhythm {
 public:
  using Params = FrameParams;
  static constexpr Reads kReads = Reads::audio;
  static constexpr int kVersion = 2;

  explicit Rhythm(const Params& params) : stft_(params.checked()), mels_(mel_filter(stft_, kMels)) {}

  int dim() const { return kSummaries + 1; }
  std::vector<std::string> columns() const {
    auto names = summary_columns({"onset strength"});
    names.emplace_back("tempo");
    return names;
  }

  bool row(const Item& item, std::span<float> out, std::string& note) const {
    const auto* stft = spectra_of(item, stft_, note);
    if (stft == nullptr) return false;
    const auto onsets = onset_strengths(mel_decibels(*stft, mels_).view(), stft_);
    summarize({onsets.data(), static_cast<math::Index>(onsets.size()), 1}, out.first(kSummaries));
    out.back() = static_cast<float>(tempo_bpm(onsets, stft_) / 60);
    return true;
  }

 private:
  StftParams stft_;
  math::simd::BandFilter mels_;
};

}  // namespace

void register_audio_rhythm(Registry& registry) {
  registry.add<PerItem<Rhythm>>("audio/rhythm",
                                "movement: onset strength over the frames of a sound, and its tempo");
}

}  // namespace medley::features
