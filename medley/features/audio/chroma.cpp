#include "medley/features/audio/chromagram.h"
#include "medley/features/audio/frame_params.h"
#include "medley/features/audio/summary.h"
#include "medley/features/audio/tuning.h"
#include "medley/features/per_item.h"
#include "medley/features/registry.h"

namespace medley::features {
namespace {

/// The harmony of a sound: how strong each pitch class is, summed up over the frames (summary.h).
class Chroma {
 public:
  struct Params {
    std::string tuning = "estimated";
    FrameParams frame;

    void fields(FieldVisitor& v) {
      v.field("tuning", tuning, {"estimated", "440"},
              "where the pitch classes lie: found from the sound's own peaks, or A = 440 Hz for all");
      frame.fields(v);
    }
  };
  static constexpr Reads kReads = Reads::audio;
  static constexpr int kVersion = 1;

  explicit Chroma(const Params& params)
      : stft_(params.frame.checked()), estimated_(params.tuning == "estimated"), chromagram_(stft_) {}

  int dim() const { return kSummaries * Chromagram::kClasses; }
  std::vector<std::string> columns() const {
    return summary_columns({"C", "C#", "D", "D#", "E", "F", "F#", "G", "G#", "A", "A#", "B"});
  }

  bool row(const Item& item, std::span<float> out, std::string& note) const {
    const auto* stft = spectra_of(item, stft_, note);
    if (stft == nullptr) return false;
    summarize(chromagram_.frames(*stft, estimated_ ? estimate_tuning(*stft) : 0).view(), out);
    return true;
  }

 private:
  StftParams stft_;
  bool estimated_;
  Chromagram chromagram_;
};

}  // namespace

void register_audio_chroma(Registry& registry) {
  registry.add<PerItem<Chroma>>("audio/chroma",
                                "harmony: the twelve pitch classes as librosa's, over the frames of a sound");
}

}  // namespace medley::features
