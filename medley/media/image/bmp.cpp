#include "medley/media/image/bmp.h"

#include "medley/media/av/owned.h"
#include "medley/media/av/rgb_converter.h"

#include <cstdint>
#include <cstring>
#include <limits>
#include <new>
#include <string>
#include <utility>

namespace medley::media {
namespace {

/// The file as a packet, with the zeros behind it that FFmpeg's decoders ask for. Some writers leave the size
/// of the file out of its header, which FFmpeg would refuse.
AvOwned<AVPacket> packet_of(Bytes bytes) {
  AvOwned<AVPacket> packet(av_packet_alloc());
  if (!packet || av_new_packet(packet.get(), static_cast<int>(bytes.size())) < 0) throw std::bad_alloc();
  std::memcpy(packet->data, bytes.data(), bytes.size());
  for (std::size_t i = 0; i < 4; ++i)
    packet->data[2 + i] = static_cast<std::uint8_t>(bytes.size() >> (8 * i));
  return packet;
}

AvOwned<AVCodecContext> open_decoder() {
  const auto* codec = avcodec_find_decoder(AV_CODEC_ID_BMP);
  AvOwned<AVCodecContext> decoder(codec != nullptr ? avcodec_alloc_context3(codec) : nullptr);
  if (!decoder) return nullptr;
  decoder->thread_count = 1;
  return avcodec_open2(decoder.get(), codec, nullptr) < 0 ? nullptr : std::move(decoder);
}

}  // namespace

Decoded decode_bmp(Bytes bytes, const ImageHeader& header) {
  if (bytes.size() > std::numeric_limits<int>::max() / 2) return std::string("BMP above 1 GiB");
  quiet_ffmpeg();
  const auto decoder = open_decoder();
  if (!decoder) return std::string("the BMP decoder did not start");
  // FFmpeg counts rows and columns that it adds to align them, too.
  constexpr std::int64_t kAligned = 64;
  decoder->max_pixels = (header.width + kAligned) * (header.height + kAligned);
  const AvOwned<AVFrame> frame(av_frame_alloc());
  if (!frame) throw std::bad_alloc();
  if (avcodec_send_packet(decoder.get(), packet_of(bytes).get()) < 0 ||
      avcodec_receive_frame(decoder.get(), frame.get()) < 0 || frame->width != header.width ||
      frame->height != header.height)
    return std::string("broken BMP");
  // libswscale would take a detour over YCbCr.
  if (frame->format == AV_PIX_FMT_RGB444) return std::string("BMP with 4 bits a colour is not supported");
  Image out;
  if (!RgbConverter(0).convert(*frame, out)) return std::string("broken BMP");
  return out;
}

}  // namespace medley::media
