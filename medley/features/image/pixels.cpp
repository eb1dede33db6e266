#include "medley/features/per_item.h"
#include "medley/features/registry.h"
#include "medley/media/image/resize.h"

namespace medley::features {
namespace {

/// The picture itself, for networks that are trained on pixels: stretched to one size, row by row, R G B of
/// each pixel as bytes.
class Pixels {
 public:
  struct Params {
    int width = 224;
    int height = 224;

    void fields(FieldVisitor& v) {
      v.field("width", width, {1, 1024}, "pixels across");
      v.field("height", height, {1, 1024}, "pixels down");
    }
  };
  using Value = std::uint8_t;
  static constexpr Reads kReads = Reads::image;
  static constexpr int kVersion = 1;

  explicit Pixels(const Params& params) : params_(params) {}

  int dim() const { return 3 * params_.width * params_.height; }
  std::vector<std::string> columns() const { return {}; }

  bool row(const Item& item, std::span<std::uint8_t> out, std::string& note) const {
    if (item.image == nullptr) return false;
    if (item.image->width < 1 || item.image->height < 1) {
      note = "a picture without pixels";
      return false;
    }
    const auto image = media::resize(*item.image, params_.width, params_.height);
    std::copy(image.rgb.begin(), image.rgb.end(), out.begin());
    return true;
  }

 private:
  Params params_;
};

}  // namespace

void register_image_pixels(Registry& registry) {
  registry.add<PerItem<Pixels>>("image/pixels",
                                "pictures of one size as bytes, for networks trained on pixels");
}

}  // namespace medley::features
