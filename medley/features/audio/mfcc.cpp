#include "medley/features/audio/cepstrum.h"
#include "medley/features/audio/frame_params.h"
#include "medley/features/audio/summary.h"
#include "medley/features/per_item.h"
#include "medley/features/registry.h"

#include <fmt/format.h>

namespace medley::features {
namespace {

/// The timbre of a sound: its cepstral coefficients, summed up over the frames (summary.h).
class Mfcc {
 public:
  struct Params {
    int coefficients = 20;
    int mels = 128;
    FrameParams frame;

    void fields(FieldVisitor& v) {
      v.field("coefficients", coefficients, {1, 128}, "cepstral coefficients, from 0 on");
      v.field("mels", mels, {8, 512}, "mel bands that they are made of");
      frame.fields(v);
    }
  };
  static constexpr Reads kReads = Reads::audio;
  static constexpr int kVersion = 1;

  explicit Mfcc(const Params& params)
      : stft_(params.frame.checked()),
        coefficients_(params.coefficients),
        cepstrum_(stft_, params.mels, coefficients_) {}

  int dim() const { return kSummaries * coefficients_; }
  std::vector<std::string> columns() const {
    std::vector<std::string> names;
    for (int i = 0; i < coefficients_; ++i) names.push_back(fmt::format("mfcc {}", i));
    return summary_columns(names);
  }

  bool row(const Item& item, std::span<float> out, std::string& note) const {
    const auto* stft = spectra_of(item, stft_, note);
    if (stft == nullptr) return false;
    summarize(cepstrum_.frames(*stft).view(), out);
    return true;
  }

 private:
  StftParams stft_;
  int coefficients_;
  Cepstrum cepstrum_;
};

}  // namespace

void register_audio_mfcc(Registry& registry) {
  registry.add<PerItem<Mfcc>>("audio/mfcc",
                              "timbre: cepstral coefficients as librosa's, over the frames of a sound");
}

}  // namespace medley::features
