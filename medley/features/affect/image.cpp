#include "medley/features/image/side.h"
#include "medley/features/per_item.h"
#include "medley/features/registry.h"
#include "medley/media/image/resize.h"

#include <algorithm>

namespace medley::features {
namespace {

// Luminance of R, G and B: ITU-R BT.709.
constexpr double kRedLuminance = 0.2126, kGreenLuminance = 0.7152, kBlueLuminance = 0.0722;

// Valdez and Mehrabian, "Effects of color on emotions", J. Exp. Psychol. General 123 (1994), equations 1 and
// 2: pleasure and arousal regressed on brightness and saturation.
constexpr double kBrightnessOnValence = 0.69, kSaturationOnValence = 0.22;
constexpr double kBrightnessOnArousal = -0.31, kSaturationOnArousal = 0.60;

// That red and orange arouse more than blue and green: Wilms and Oberfeld, "Color and emotion", Psychol.
// Research 82 (2018). They give no coefficient on this scale; brightness and saturation leave .09 of [-1, 1],
// and hue counted for little beside them in both studies. For valence the studies disagree on hue, so it has
// none.
constexpr double kWarmthOnArousal = 1.0 - 0.31 - 0.60;

/// Means over a picture, each in [-1, 1].
struct Look {
  double brightness = 0.0;  ///< luminance of the values as stored; black -1, white 1
  double saturation = 0.0;  ///< max - min of R, G, B (Hanbury's IHSL, where dark noise is no colour); grey -1
  double warmth = 0.0;  ///< R - B: its pole is orange, as in Ou et al., Color Res. Appl. 29 (2004); grey 0
};

Look look_of(const media::Image& image) {
  double luminance = 0, chroma = 0, warmth = 0;
  for (std::size_t i = 0; i + 2 < image.rgb.size(); i += 3) {
    const int red = image.rgb[i], green = image.rgb[i + 1], blue = image.rgb[i + 2];
    luminance += kRedLuminance * red + kGreenLuminance * green + kBlueLuminance * blue;
    chroma += std::max({red, green, blue}) - std::min({red, green, blue});
    warmth += red - blue;
  }
  const auto pixels = image.rgb.size() / 3;
  const double full = 255.0 * static_cast<double>(pixels);
  return {2 * luminance / full - 1, 2 * chroma / full - 1, warmth / full};
}

/// Valence and arousal of a picture by its colours alone: what it shows is not seen.
class ImageAffect {
 public:
  struct Params {
    void fields(FieldVisitor&) {}
  };
  static constexpr Reads kReads = Reads::image;
  static constexpr int kVersion = 2;
  static constexpr int kMinSide = kReducedSide;

  explicit ImageAffect(const Params&) {}

  int dim() const { return 2; }
  std::vector<std::string> columns() const { return {"valence", "arousal"}; }

  bool row(const Item& item, std::span<float> out, std::string& note) const {
    if (item.image == nullptr) return false;
    if (item.image->width < 1 || item.image->height < 1) {
      note = "a picture without pixels";
      return false;
    }
    const auto look = look_of(media::resize(*item.image, kSide, kSide));
    out[0] =
        static_cast<float>(kBrightnessOnValence * look.brightness + kSaturationOnValence * look.saturation);
    out[1] = static_cast<float>(kBrightnessOnArousal * look.brightness +
                                kSaturationOnArousal * look.saturation + kWarmthOnArousal * look.warmth);
    return true;
  }
};

}  // namespace

void register_affect_image(Registry& registry) {
  registry.add<PerItem<ImageAffect>>("affect/image",
                                     "valence and arousal of a picture's brightness, saturation and warmth");
}

}  // namespace medley::features
