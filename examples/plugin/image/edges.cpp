#include "medley/features/per_item.h"
#include "medley/features/registry.h"

#include <cmath>

namespace medley::features {
namespace {

/// Which way a picture's edges run: the share of the brightness steps to the right, downwards and along both
/// diagonals. The four columns sum to 1; a picture of one colour has no edges and therefore no row.
class Edges {
 public:
  struct Params {
    int step = 1;

    void fields(FieldVisitor& v) {
      v.field("step", step, {1, 64}, "pixels between the two that are compared; more sees coarser edges");
    }
  };

  static constexpr Reads kReads = Reads::image;
  static constexpr int kVersion = 1;

  explicit Edges(const Params& params) : step_(params.step) {}

  int dim() const { return 4; }
  std::vector<std::string> columns() const { return {"right", "down", "falling", "rising"}; }

  bool row(const Item& item, std::span<float> out, std::string& note) const {
    if (item.image == nullptr) return false;
    const auto& image = *item.image;
    double steps[4] = {}, total = 0.0;
    for (int y = step_; y < image.height; ++y) {
      for (int x = step_; x < image.width; ++x) {
        const double here = brightness(image, x, y), left = brightness(image, x - step_, y);
        const double above = brightness(image, x, y - step_),
                     corner = brightness(image, x - step_, y - step_);
        steps[0] += std::abs(here - left);
        steps[1] += std::abs(here - above);
        steps[2] += std::abs(here - corner);
        steps[3] += std::abs(above - left);
      }
    }
    for (const double step : steps) total += step;
    if (total == 0.0) note = "a picture without edges";
    for (std::size_t i = 0; i < 4 && total > 0.0; ++i) out[i] = static_cast<float>(steps[i] / total);
    return total > 0.0;
  }

 private:
  /// Rec. 601 luma of a pixel.
  static double brightness(const media::Image& image, int x, int y) {
    const auto* pixel = &image.rgb[3 * (static_cast<std::size_t>(y) * static_cast<std::size_t>(image.width) +
                                        static_cast<std::size_t>(x))];
    return 0.299 * pixel[0] + 0.587 * pixel[1] + 0.114 * pixel[2];
  }

  int step_;
};

}  // namespace

void register_image_edges(Registry& registry) {
  registry.add<PerItem<Edges>>("image/edges", "directions of a picture's edges; none without a picture");
}

}  // namespace medley::features
