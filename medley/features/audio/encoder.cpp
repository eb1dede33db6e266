#include "medley/core/error.h"
#include "medley/features/audio/sound.h"
#include "medley/features/audio/windows.h"
#include "medley/features/per_item.h"
#include "medley/features/registry.h"

#include <algorithm>
#include <cmath>
#include <vector>

namespace medley::features {
namespace {

/// A sound by a pretrained network that hears samples: the mean of what it says of each window.
class AudioEncoder {
 public:
  struct Params {
    EncoderParams encoder;
    int sample_rate = 16000;
    double window = 0.0;
    double hop = 0.0;

    void fields(FieldVisitor& v) {
      encoder.fields(v);
      v.field("sample_rate", sample_rate, {1000, 192000}, "of the samples that the network hears, in hertz");
      v.field("window", window, {0.0, 600.0}, "seconds that it hears at once; 0: what it is made for");
      v.field("hop", hop, {0.0, 600.0}, "seconds from one window to the next; 0: a window");
    }
  };

  static constexpr Reads kReads = Reads::audio;
  static constexpr int kVersion = 1;
  static constexpr int kGrain = 1;

  explicit AudioEncoder(const Params& params)
      : encoder_(params.encoder), sample_rate_(params.sample_rate), window_(params.window), hop_(params.hop) {
    require(window_ == 0.0 || window_ * sample_rate_ >= 1.0, "a window of {} s at {} Hz has no sample",
            window_, sample_rate_);
    require(hop_ == 0.0 || hop_ * sample_rate_ >= 1.0, "a hop of {} s at {} Hz has no sample", hop_,
            sample_rate_);
  }

  int dim() const { return encoder_.dim(); }
  std::vector<std::string> columns() const { return {}; }

  bool row(const Item& item, std::span<float> out, std::string& note, const Services& services) const {
    if (item.sound == nullptr) return false;
    const auto windows = cut();
    const auto samples = item.sound->samples(sample_rate_);
    if (samples.empty()) {
      note = item.sound->reason();
      return false;
    }
    std::vector<double> sum(out.size());
    for_each_window(encoder_, samples, windows, services, [&](std::size_t, std::span<const float> row) {
      for (std::size_t d = 0; d < sum.size(); ++d) sum[d] += static_cast<double>(row[d]);
    });
    std::vector<float> mean;
    const auto count = static_cast<double>(windows.count(samples.size()));
    for (const double value : sum) mean.push_back(static_cast<float>(value / count));
    return encoder_.take(mean, out, note);
  }

 private:
  Windows cut() const {
    const auto& shape = encoder_.network().inputs().front().shape;
    const auto longest =
        shape.size() < 2 ? std::int64_t{-1} : *std::max_element(shape.begin() + 1, shape.end());
    Windows out;
    out.size = static_cast<std::size_t>(std::llround(window_ * sample_rate_));
    if (window_ == 0.0) {
      require(longest > 1, "'{}' takes a sound of any length: window says how many seconds",
              encoder_.params().network);
      out.size = static_cast<std::size_t>(longest);
    }
    out.hop = hop_ == 0.0 ? out.size : static_cast<std::size_t>(std::llround(hop_ * sample_rate_));
    return out;
  }

  Encoder encoder_;
  int sample_rate_;
  double window_;
  double hop_;
};

}  // namespace

void register_audio_encoder(Registry& registry) {
  registry.add<PerItem<AudioEncoder>>(
      "audio/encoder", "sounds by a pretrained network that hears samples; the mean over windows");
}

}  // namespace medley::features
