#include "medley/media/av/track_reader.h"

#include "medley/media/av/cut_file.h"
#include "medley/media/av/owned.h"

#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <cstring>
#include <string>
#include <vector>

namespace medley::media {
namespace {

// What AVIO asks for at once.
constexpr int kIoBytes = 1 << 15;
// Demuxers that open nothing but the bytes they are given: no hls, concat, dash, image sequences, devices.
constexpr const char* kFormats =
    "wav,w64,aiff,au,caf,flac,mp3,aac,ogg,matroska,webm,mov,mp4,m4a,3gp,3g2,mj2,avi,asf,mpeg,mpegts,flv,ac3,"
    "amr,ape,wv,tta";

constexpr auto kMaxWork = std::chrono::seconds(120);

/// Where reading is in the bytes of a file.
struct Source {
  std::span<const std::byte> bytes;
  std::size_t at = 0;
  std::chrono::steady_clock::time_point until = std::chrono::steady_clock::now() + kMaxWork;

  bool late() const { return std::chrono::steady_clock::now() > until; }
};

int read_bytes(void* opaque, std::uint8_t* out, int size) {
  auto& source = *static_cast<Source*>(opaque);
  const auto count = std::min(static_cast<std::size_t>(size), source.bytes.size() - source.at);
  if (count == 0 || source.late()) return AVERROR_EOF;
  std::memcpy(out, source.bytes.data() + source.at, count);
  source.at += count;
  return static_cast<int>(count);
}

std::int64_t seek_bytes(void* opaque, std::int64_t offset, int whence) {
  auto& source = *static_cast<Source*>(opaque);
  const auto size = static_cast<std::int64_t>(source.bytes.size());
  if (whence == AVSEEK_SIZE) return size;
  const auto base = whence == SEEK_CUR ? static_cast<std::int64_t>(source.at) : whence == SEEK_END ? size : 0;
  const auto to = base + offset;
  if (to < 0 || to > size) return AVERROR(EINVAL);
  source.at = static_cast<std::size_t>(to);
  return to;
}

std::string error_text(int code) {
  char text[AV_ERROR_MAX_STRING_SIZE] = {};
  av_strerror(code, text, sizeof text);
  return text;
}

}  // namespace

struct TrackReader::State {
  Source source;
  AvOwned<AVIOContext> io;
  AvOwned<AVFormatContext> format;
  AvOwned<AVCodecContext> codec;
  AvOwned<AVFrame> frame{av_frame_alloc()};
  AvOwned<AVPacket> packet{av_packet_alloc()};
  int stream = -1;
  bool flushed = false;
  std::int64_t packets = 0;
  std::int64_t bad_packets = 0;
  std::int64_t frames = 0;
  std::int64_t damaged_frames = 0;
  std::string fault;

  int find_streams(std::int64_t max_pixels);
  void open_format(std::int64_t max_pixels);
  void open_codec(Track track, std::int64_t max_pixels);
  void feed();
};

/// Reads what the tracks are. FFmpeg may decode frames for that, of cover pictures too, so that the limit
/// holds there as well.
int TrackReader::State::find_streams(std::int64_t max_pixels) {
  std::vector<AVDictionary*> options(format->nb_streams);
  const auto most = std::to_string(max_pixels);
  for (auto& one : options) av_dict_set(&one, "max_pixels", most.c_str(), 0);
  const int found = avformat_find_stream_info(format.get(), options.data());
  for (auto& one : options) av_dict_free(&one);
  return found;
}

void TrackReader::State::open_format(std::int64_t max_pixels) {
  auto* buffer = static_cast<unsigned char*>(av_malloc(kIoBytes));
  io.reset(avio_alloc_context(buffer, kIoBytes, 0, &source, read_bytes, nullptr, seek_bytes));
  auto* context = avformat_alloc_context();
  context->pb = io.get();
  context->flags |= AVFMT_FLAG_CUSTOM_IO;
  AVDictionary* options = nullptr;
  av_dict_set(&options, "format_whitelist", kFormats, 0);
  av_dict_set(&options, "protocol_whitelist", "none", 0);
  // It frees the context when it fails.
  const int opened = avformat_open_input(&context, nullptr, nullptr, &options);
  av_dict_free(&options);
  if (opened < 0) {
    fault = opened == AVERROR(EINVAL) || opened == AVERROR_INVALIDDATA
                ? "not a sound or a clip in a known format"
                : fmt::format("not a sound or a clip that can be read: {}", error_text(opened));
    return;
  }
  format.reset(context);
  const int found = find_streams(max_pixels);
  if (found < 0) fault = fmt::format("cannot be read: {}", error_text(found));
}

void TrackReader::State::open_codec(Track track, std::int64_t max_pixels) {
  const bool audio = track == Track::audio;
  const AVCodec* decoder = nullptr;
  stream =
      av_find_best_stream(format.get(), audio ? AVMEDIA_TYPE_AUDIO : AVMEDIA_TYPE_VIDEO, -1, -1, &decoder, 0);
  if (stream < 0) {
    fault = stream == AVERROR_DECODER_NOT_FOUND ? "is coded in a way that this FFmpeg does not read"
            : audio                             ? "has no sound track"
                                                : "has no pictures";
    return;
  }
  for (unsigned i = 0; i < format->nb_streams; ++i) {
    if (static_cast<int>(i) != stream) format->streams[i]->discard = AVDISCARD_ALL;
  }
  codec.reset(avcodec_alloc_context3(decoder));
  int status = avcodec_parameters_to_context(codec.get(), format->streams[stream]->codecpar);
  codec->pkt_timebase = format->streams[stream]->time_base;
  codec->thread_count = 1;
  codec->max_pixels = max_pixels;
  const auto pixels = std::int64_t{codec->width} * codec->height;
  if (!audio && pixels > max_pixels) {
    fault = fmt::format("{} x {} pixels are above the limit of {}", codec->width, codec->height, max_pixels);
    return;
  }
  if (status >= 0) status = avcodec_open2(codec.get(), decoder, nullptr);
  if (status < 0)
    fault =
        fmt::format("its {} track cannot be decoded: {}", audio ? "sound" : "picture", error_text(status));
}

/// Hands the decoder the track's next packet, or the end.
void TrackReader::State::feed() {
  while (true) {
    if (av_read_frame(format.get(), packet.get()) < 0) {
      flushed = true;
      avcodec_send_packet(codec.get(), nullptr);
      return;
    }
    const bool ours = packet->stream_index == stream;
    if (ours) {
      ++packets;
      const bool marked = (packet->flags & AV_PKT_FLAG_CORRUPT) != 0;
      if (avcodec_send_packet(codec.get(), packet.get()) < 0 || marked) ++bad_packets;
    }
    av_packet_unref(packet.get());
    if (ours) return;
  }
}

TrackReader::TrackReader(std::span<const std::byte> bytes, Track track, std::int64_t max_pixels)
    : state_(std::make_unique<State>()) {
  quiet_ffmpeg();
  state_->source.bytes = bytes;
  if (bytes.empty()) {
    state_->fault = "an empty file";
    return;
  }
  state_->open_format(max_pixels);
  if (state_->fault.empty()) state_->open_codec(track, max_pixels);
  if (auto cut = cut_file(bytes); !cut.empty()) state_->fault = std::move(cut);
}

TrackReader::~TrackReader() = default;

const std::string& TrackReader::fault() const {
  return state_->fault;
}

const AVStream& TrackReader::stream() const {
  return *state_->format->streams[state_->stream];
}

const AVFrame* TrackReader::next() {
  auto& state = *state_;
  if (!state.fault.empty()) return nullptr;
  while (true) {
    if (state.source.late()) {
      state.fault = fmt::format("takes more than {} seconds to decode", kMaxWork.count());
      return nullptr;
    }
    av_frame_unref(state.frame.get());
    const int status = avcodec_receive_frame(state.codec.get(), state.frame.get());
    if (status == 0) {
      ++state.frames;
      const auto& frame = *state.frame;
      if (frame.decode_error_flags != 0 || (frame.flags & AV_FRAME_FLAG_CORRUPT) != 0) ++state.damaged_frames;
      return &frame;
    }
    if (status == AVERROR_EOF) return nullptr;
    if (status != AVERROR(EAGAIN)) ++state.bad_packets;
    if (state.flushed) return nullptr;
    state.feed();
  }
}

std::int64_t TrackReader::packets() const {
  return state_->packets;
}

std::int64_t TrackReader::bad_packets() const {
  return state_->bad_packets;
}

std::int64_t TrackReader::frames() const {
  return state_->frames;
}

std::int64_t TrackReader::damaged_frames() const {
  return state_->damaged_frames;
}

double TrackReader::claimed_seconds() const {
  if (!state_->fault.empty()) return 0.0;
  const auto& track = stream();
  if (track.duration > 0) return static_cast<double>(track.duration) * av_q2d(track.time_base);
  const auto all = state_->format->duration;
  return all > 0 ? static_cast<double>(all) / AV_TIME_BASE : 0.0;
}

std::string broken_packets(const TrackReader& reader) {
  constexpr double kBadShare = 0.05;
  const auto many = [](std::int64_t bad, std::int64_t all) {
    return static_cast<double>(bad) > kBadShare * static_cast<double>(all);
  };
  if (!reader.fault().empty()) return reader.fault();
  if (many(reader.bad_packets(), reader.packets()))
    return fmt::format("broken: {} of {} packets cannot be decoded", reader.bad_packets(), reader.packets());
  if (many(reader.damaged_frames(), reader.frames()))
    return fmt::format("broken: {} of {} frames are damaged", reader.damaged_frames(), reader.frames());
  return {};
}

std::string broken_track(const TrackReader& reader, double seconds_read) {
  constexpr double kReadShare = 0.9;
  if (auto broken = broken_packets(reader); !broken.empty()) return broken;
  const double claimed = reader.claimed_seconds();
  // A frame or two at the ends may be missing of a short one.
  if (seconds_read + 0.5 < claimed && seconds_read < kReadShare * claimed)
    return fmt::format("cut short: {:.1f} of {:.1f} seconds can be read", seconds_read, claimed);
  return {};
}

}  // namespace medley::media
