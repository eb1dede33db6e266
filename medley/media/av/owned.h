#pragma once

#include <memory>

extern "C" {
#include <libavcodec/avcodec.h>
#include <libavformat/avformat.h>
#include <libavutil/log.h>
}

namespace medley::media {

/// Frees what FFmpeg allocated.
struct AvFreed {
  void operator()(AVFormatContext* it) const { avformat_close_input(&it); }
  void operator()(AVCodecContext* it) const { avcodec_free_context(&it); }
  void operator()(AVFrame* it) const { av_frame_free(&it); }
  void operator()(AVPacket* it) const { av_packet_free(&it); }
  void operator()(AVIOContext* it) const {
    av_freep(static_cast<void*>(&it->buffer));
    avio_context_free(&it);
  }
};

template <class Type>
using AvOwned = std::unique_ptr<Type, AvFreed>;

/// Switches FFmpeg's messages off for the whole process, once. Thread-safe.
inline void quiet_ffmpeg() {
  static const bool done = [] {
    av_log_set_level(AV_LOG_QUIET);
    return true;
  }();
  static_cast<void>(done);
}

}  // namespace medley::media
