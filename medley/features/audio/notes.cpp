#include "medley/core/error.h"
#include "medley/features/audio/sound.h"
#include "medley/features/audio/windows.h"
#include "medley/features/per_item.h"
#include "medley/features/registry.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <vector>

namespace medley::features {
namespace {

// Of Basic Pitch's network: its rate, the samples that it hears at once, the samples from one of its frames
// to the next, its notes, and the frames at both ends of a window that it is not sure of.
constexpr int kRate = 22050;
constexpr std::size_t kWindow = 43844;
constexpr std::size_t kFrame = 256;
constexpr std::size_t kFrames = 172;
constexpr std::size_t kNotes = 88;
constexpr std::size_t kUnsure = 15;

/// Which notes sound how much: the activity of each of a piano's 88 notes by Basic Pitch (Bittner et al.,
/// ICASSP 2022), its mean over time. Windows overlap, so that every moment is heard away from a window's
/// ends.
class Notes {
 public:
  struct Params {
    std::string network;
    std::string output = "StatefulPartitionedCall:1";
    bool l2 = true;
    int threads = 0;

    void fields(FieldVisitor& v) {
      v.file("network", network, "Basic Pitch's nmp.onnx");
      v.field("output", output, {}, "its activity of notes, 172 x 88 a window");
      v.field("l2", l2, "each row to length 1");
      v.field("threads", threads, {0, 1024}, "of the network; 0 = as many as the program has");
    }
  };

  static constexpr Reads kReads = Reads::audio;
  static constexpr int kVersion = 1;
  static constexpr int kGrain = 1;

  explicit Notes(const Params& params) : encoder_(encoder_of(params)) {}

  int dim() const { return kNotes; }

  /// "A0" to "C8".
  std::vector<std::string> columns() const {
    constexpr std::array<const char*, 12> kNames{"A",  "A#", "B", "C",  "C#", "D",
                                                 "D#", "E",  "F", "F#", "G",  "G#"};
    std::vector<std::string> out;
    for (std::size_t note = 0; note < kNotes; ++note)
      out.push_back(fmt::format("{}{}", kNames[note % kNames.size()], (note + 9) / kNames.size()));
    return out;
  }

  bool row(const Item& item, std::span<float> out, std::string& note, const Services& services) const {
    if (item.sound == nullptr) return false;
    require(encoder_.dim() == static_cast<int>(kFrames * kNotes),
            "'{}' gives {} numbers a window, and the activity of {} notes in {} frames is {}",
            encoder_.params().network, encoder_.dim(), kNotes, kFrames, kFrames * kNotes);
    const auto samples = item.sound->samples(kRate);
    if (samples.empty()) {
      note = item.sound->reason();
      return false;
    }
    // Of the frames that the sound itself has, at a whole number a second, as Basic Pitch counts them.
    constexpr std::size_t kFramesASecond = kRate / kFrame;
    const auto frames = std::max<std::size_t>(samples.size() * kFramesASecond / kRate, 1);
    constexpr std::size_t kKept = kFrames - 2 * kUnsure;
    std::vector<double> sum(kNotes);
    const Windows windows{kWindow, kWindow - 2 * kUnsure * kFrame, kUnsure * kFrame, kUnsure * kFrame};
    for_each_window(encoder_, samples, windows, services,
                    [&](std::size_t window, std::span<const float> row) {
                      for (std::size_t f = 0; f < kKept && window * kKept + f < frames; ++f) {
                        const auto of_frame = row.subspan((kUnsure + f) * kNotes, kNotes);
                        for (std::size_t d = 0; d < kNotes; ++d) sum[d] += static_cast<double>(of_frame[d]);
                      }
                    });
    std::vector<float> mean;
    for (const double value : sum) mean.push_back(static_cast<float>(value / static_cast<double>(frames)));
    return encoder_.take(mean, out, note);
  }

 private:
  static EncoderParams encoder_of(const Params& params) {
    EncoderParams out;
    out.network = params.network;
    out.output = params.output;
    out.l2 = params.l2;
    out.threads = params.threads;
    out.pooling = "none";
    out.batch = 8;
    return out;
  }

  Encoder encoder_;
};

}  // namespace

void register_audio_notes(Registry& registry) {
  registry.add<PerItem<Notes>>("audio/notes", "which of 88 notes sound how much, by Basic Pitch's network");
}

}  // namespace medley::features
