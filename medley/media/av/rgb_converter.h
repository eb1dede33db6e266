#pragma once

#include "medley/media/image/image.h"

#include <cstdint>
#include <memory>
#include <vector>

struct AVFrame;
struct SwsContext;

namespace medley::media {

/// Converts FFmpeg's frames to RGB by libswscale: YCbCr by the matrix of BT.709 where the frame names it,
/// else of BT.601; palettes and packed RGB of five bits a colour and more exactly; alpha is dropped. Not
/// thread-safe.
class RgbConverter {
 public:
  /// Pictures are made smaller by their area until the longer side has `longer_side` pixels, where it has
  /// more; 0 leaves their size.
  explicit RgbConverter(int longer_side) : longer_side_(longer_side) {}

  /// False: this frame cannot be converted, and `out` is as good as empty.
  bool convert(const AVFrame& frame, Image& out);

 private:
  struct Freed {
    void operator()(SwsContext* it) const;
  };

  void use_matrix_of(const AVFrame& frame);

  int longer_side_;
  std::unique_ptr<SwsContext, Freed> sws_;
  std::vector<std::uint8_t> padded_;
};

}  // namespace medley::media
