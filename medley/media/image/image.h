#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace medley::media {

/// An upright picture: 8-bit RGB, interleaved, row-major, no padding; `rgb` holds 3 * width * height bytes.
/// Values are taken as sRGB; embedded colour profiles are not applied.
struct Image {
  int width = 0;
  int height = 0;
  std::vector<std::uint8_t> rgb;

  static Image sized(int width, int height) {
    return {width, height,
            std::vector<std::uint8_t>(std::size_t{3} * static_cast<std::size_t>(width) *
                                      static_cast<std::size_t>(height))};
  }
};

/// A picture, or why there is none.
struct Decoded {
  std::optional<Image> image;
  std::string reason;

  // Not explicit: a function returns the one or the other as it is.
  // NOLINTBEGIN(google-explicit-constructor)
  Decoded(Image decoded) : image(std::move(decoded)) {}
  Decoded(std::string why) : reason(std::move(why)) {}
  // NOLINTEND(google-explicit-constructor)
};

}  // namespace medley::media
