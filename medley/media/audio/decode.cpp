#include "medley/media/audio/decode.h"

#include "medley/media/av/track_reader.h"

#include <fmt/format.h>

#include <algorithm>
#include <cstdint>
#include <memory>

extern "C" {
#include <libavutil/frame.h>
#include <libswresample/swresample.h>
}

namespace medley::media {
namespace {

constexpr int kMinRate = 1000, kMaxRate = 384'000;
constexpr int kMaxChannels = 64;
// A cover that is larger is left undecoded; nothing is made of it anyway.
constexpr std::int64_t kMaxCoverPixels = 1 << 20;

/// Brings frames of one format to mono at one rate.
class Resampler {
 public:
  explicit Resampler(int rate_hz) : rate_hz_(rate_hz) {}

  /// Appends what the frame gives; a change of the format begins anew. False: the format cannot be taken.
  bool add(const AVFrame& frame, std::vector<float>& out) {
    if (!swr_ || frame.format != format_ || frame.sample_rate != from_hz_ ||
        channels_ != frame.ch_layout.nb_channels) {
      finish(out);
      if (!open(frame)) return false;
    }
    return convert(const_cast<const std::uint8_t**>(frame.extended_data), frame.nb_samples, out);
  }

  /// Appends what the filter still holds.
  void finish(std::vector<float>& out) {
    if (swr_) convert(nullptr, 0, out);
    swr_.reset();
  }

 private:
  struct Freed {
    void operator()(SwrContext* it) const { swr_free(&it); }
  };

  bool open(const AVFrame& frame) {
    format_ = frame.format;
    from_hz_ = frame.sample_rate;
    channels_ = frame.ch_layout.nb_channels;
    if (from_hz_ < kMinRate || from_hz_ > 2 * kMaxRate || channels_ < 1 || channels_ > kMaxChannels)
      return false;
    AVChannelLayout from{}, mono{};
    av_channel_layout_default(&from, channels_);
    if (from.order == AV_CHANNEL_ORDER_UNSPEC) av_channel_layout_copy(&from, &frame.ch_layout);
    av_channel_layout_default(&mono, 1);
    SwrContext* swr = nullptr;
    const int made = swr_alloc_set_opts2(&swr, &mono, AV_SAMPLE_FMT_FLT, rate_hz_, &from,
                                         static_cast<AVSampleFormat>(format_), from_hz_, 0, nullptr);
    swr_.reset(swr);
    av_channel_layout_uninit(&from);
    av_channel_layout_uninit(&mono);
    const std::vector<double> mean(static_cast<std::size_t>(channels_), 1.0 / channels_);
    return made >= 0 && swr_set_matrix(swr, mean.data(), channels_) >= 0 && swr_init(swr) >= 0;
  }

  bool convert(const std::uint8_t** in, int count, std::vector<float>& out) {
    const int room = swr_get_out_samples(swr_.get(), count);
    if (room < 0) return false;
    const auto before = out.size();
    out.resize(before + static_cast<std::size_t>(room));
    auto* to = reinterpret_cast<std::uint8_t*>(out.data() + before);
    const int got = swr_convert(swr_.get(), &to, room, in, count);
    out.resize(before + static_cast<std::size_t>(std::max(got, 0)));
    return got >= 0;
  }

  int rate_hz_;
  int format_ = -1;
  int from_hz_ = 0;
  int channels_ = 0;
  std::unique_ptr<SwrContext, Freed> swr_;
};

}  // namespace

DecodedAudio decode_audio(std::span<const std::byte> bytes, int rate_hz, const AudioLimits& limits) {
  if (rate_hz < kMinRate || rate_hz > kMaxRate)
    return {{},
            fmt::format("a sound at {} Hz is not to be had: the rate must be in [{}, {}]", rate_hz, kMinRate,
                        kMaxRate)};
  TrackReader reader(bytes, Track::audio, kMaxCoverPixels);
  if (!reader.fault().empty()) return {{}, reader.fault()};
  const auto most = static_cast<std::size_t>(limits.max_seconds * rate_hz);
  DecodedAudio out;
  out.samples.reserve(std::min(most, static_cast<std::size_t>(reader.claimed_seconds() * rate_hz)));
  Resampler resampler(rate_hz);
  while (const auto* frame = reader.next()) {
    if (!resampler.add(*frame, out.samples)) {
      return {{},
              fmt::format("{} channels at {} Hz cannot be resampled", frame->ch_layout.nb_channels,
                          frame->sample_rate)};
    }
    if (out.samples.size() >= most) {
      out.reason = broken_packets(reader);
      out.samples.resize(out.reason.empty() ? most : 0);
      return out;
    }
  }
  resampler.finish(out.samples);
  out.reason = broken_track(reader, static_cast<double>(out.samples.size()) / rate_hz);
  if (out.reason.empty() && out.samples.empty()) out.reason = "a sound without samples";
  if (!out.reason.empty()) out.samples.clear();
  return out;
}

}  // namespace medley::media
