#include "medley/media/video/frames.h"

#include "medley/media/av/rgb_converter.h"
#include "medley/media/av/track_reader.h"
#include "medley/media/image/exif.h"

#include <array>
#include <cmath>

extern "C" {
#include <libavformat/avformat.h>
#include <libavutil/display.h>
#include <libavutil/frame.h>
}

namespace medley::media {
namespace {

/// The EXIF orientation that undoes what the track's display matrix says, to the nearest quarter turn.
int orientation_of(const AVStream& stream) {
  const auto* matrix = av_stream_get_side_data(&stream, AV_PKT_DATA_DISPLAYMATRIX, nullptr);
  if (matrix == nullptr) return 1;
  const double degrees = av_display_rotation_get(reinterpret_cast<const std::int32_t*>(matrix));
  if (!std::isfinite(degrees)) return 1;
  // The angle is counter-clockwise; orientation 6 is shown after a quarter turn clockwise.
  const auto turns = ((std::lround(-degrees / 90.0) % 4) + 4) % 4;
  constexpr std::array kByTurns{1, 6, 3, 8};
  return kByTurns[static_cast<std::size_t>(turns)];
}

/// Seconds of each frame since the first one: its time stamp where that goes on, else a frame's length after
/// the last.
class Clock {
 public:
  explicit Clock(const AVStream& stream) : unit_(av_q2d(stream.time_base)), frame_(1.0 / 25.0) {
    const double rate = av_q2d(stream.avg_frame_rate);
    if (rate > 0.1 && rate < 1000.0) frame_ = 1.0 / rate;
  }

  double at(const AVFrame& frame) {
    const bool stamped = frame.best_effort_timestamp != AV_NOPTS_VALUE;
    const double stamp = stamped ? static_cast<double>(frame.best_effort_timestamp) * unit_ : 0.0;
    if (!begun_) {
      begun_ = true;
      first_ = stamp;
      return last_ = 0.0;
    }
    const double after = last_ + frame_;
    const double seconds = stamped ? stamp - first_ : after;
    // A gap of more than a minute is a fault of the stamps.
    return last_ = seconds > last_ && seconds < last_ + 60.0 ? seconds : after;
  }

  double frame_seconds() const { return frame_; }

 private:
  double unit_;
  double frame_;
  double first_ = 0.0;
  double last_ = 0.0;
  bool begun_ = false;
};

}  // namespace

std::string walk_video(std::span<const std::byte> bytes, const VideoLimits& limits, const VideoWalk& walk) {
  TrackReader reader(bytes, Track::video, limits.max_pixels);
  if (!reader.fault().empty()) return reader.fault();
  const int orientation = orientation_of(reader.stream());
  Clock clock(reader.stream());
  RgbConverter converter(walk.longer_side);
  Image image;
  double read = 0.0;
  std::int64_t number = 0;
  for (; const auto* frame = reader.next(); ++number) {
    const double seconds = clock.at(*frame);
    if (seconds >= limits.max_seconds) return broken_packets(reader);
    read = seconds + clock.frame_seconds();
    if (walk.wants && !walk.wants(number)) continue;
    if (frame->width < 1 || frame->height < 1 ||
        std::int64_t{frame->width} * frame->height > limits.max_pixels)
      return "a frame of it has a size that cannot be taken";
    if (!converter.convert(*frame, image)) return "its frames cannot be converted to RGB";
    image = upright(std::move(image), orientation);
    if (!walk.take({number, seconds, &image})) return {};
  }
  auto broken = broken_track(reader, read);
  if (broken.empty() && number == 0) broken = "a clip without frames";
  return broken;
}

}  // namespace medley::media
