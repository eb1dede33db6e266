#include "medley/features/image/dominant.h"
#include "medley/features/image/hsv_histogram.h"
#include "medley/features/image/side.h"
#include "medley/features/per_item.h"
#include "medley/features/registry.h"
#include "medley/media/image/resize.h"

#include <fmt/core.h>

namespace medley::features {
namespace {

constexpr int kBins = kHueBins * kSaturationBins * kValueBins;
constexpr int kMoments = 9;
constexpr int kColors = 5;

/// The colours of a picture at 128 x 128, RGB as in the file (sRGB, not linear):
///  - the HSV histogram, 8 hues x 4 saturations x 4 values, summing to 1; bin (h 4 + s) 4 + v;
///  - of R, G and B in [0, 1]: mean, standard deviation and cube root of the third central moment (Stricker
///    and Orengo, SPIE 1995; RGB because hue, an angle, has no mean);
///  - five dominant colours, the largest share first: share * (R, G, B), share. Weighted by the share, so
///  that
///    a speck counts as little as a colour that is not there;
///  - with `grid` n, the mean R, G, B in each of n x n cells, row by row, over n.
/// The parts share one cosine and need no scales: on the pictures of samples/shop the mean squared distance
/// to the mean row is .16 (histogram), .18 (moments), .16 (dominant colours) and .14 (grid 4); see
/// tools/fixtures/color.py --spread.
class Color {
 public:
  struct Params {
    double histogram = 1.0;
    double moments = 1.0;
    double dominant = 1.0;
    int grid = 0;

    void fields(FieldVisitor& v) {
      v.field("histogram", histogram, {0.0, 100.0}, "weight of the HSV histogram (128 columns)");
      v.field("moments", moments, {0.0, 100.0}, "weight of mean, deviation and skew of R, G, B (9 columns)");
      v.field("dominant", dominant, {0.0, 100.0}, "weight of the five dominant colours (20 columns)");
      v.field("grid", grid, {0, 16}, "also the mean colour in each of grid x grid cells; 0: no layout");
    }
  };

  static constexpr Reads kReads = Reads::image;
  static constexpr int kVersion = 2;
  static constexpr int kMinSide = kReducedSide;

  explicit Color(const Params& params) : params_(params) {}

  int dim() const { return kBins + kMoments + 4 * kColors + 3 * params_.grid * params_.grid; }

  std::vector<std::string> columns() const;

  bool row(const Item& item, std::span<float> out, std::string& note) const {
    if (item.image == nullptr) return false;
    if (item.image->width < 1 || item.image->height < 1) {
      note = "a picture without pixels";
      return false;
    }
    const auto image = media::resize(*item.image, kSide, kSide);
    add_histogram(image, out.subspan(0, kBins));
    add_moments(image, out.subspan(kBins, kMoments));
    add_dominant(image, out.subspan(kBins + kMoments, std::size_t{4} * kColors));
    add_grid(image, out.subspan(std::size_t{kBins} + kMoments + std::size_t{4} * kColors));
    return true;
  }

 private:
  void add_histogram(const media::Image& image, std::span<float> out) const;
  void add_moments(const media::Image& image, std::span<float> out) const;
  void add_dominant(const media::Image& image, std::span<float> out) const;
  void add_grid(const media::Image& image, std::span<float> out) const;

  Params params_;
};

void Color::add_histogram(const media::Image& image, std::span<float> out) const {
  const auto counts = hsv_histogram(image);
  const auto pixels = image.rgb.size() / 3;
  const double pixel = params_.histogram / static_cast<double>(pixels);
  for (std::size_t b = 0; b < counts.size(); ++b) out[b] = static_cast<float>(counts[b] * pixel);
}

void Color::add_moments(const media::Image& image, std::span<float> out) const {
  const auto count = image.rgb.size() / 3;
  const auto pixels = static_cast<double>(count);
  const double weight = params_.moments;
  for (std::size_t c = 0; c < 3; ++c) {
    double mean = 0, second = 0, third = 0;
    for (std::size_t i = c; i < image.rgb.size(); i += 3) mean += image.rgb[i] / 255.0;
    mean /= pixels;
    for (std::size_t i = c; i < image.rgb.size(); i += 3) {
      const double d = image.rgb[i] / 255.0 - mean;
      second += d * d;
      third += d * d * d;
    }
    out[c] = static_cast<float>(weight * mean);
    out[3 + c] = static_cast<float>(weight * std::sqrt(second / pixels));
    out[6 + c] = static_cast<float>(weight * std::cbrt(third / pixels));
  }
}

void Color::add_dominant(const media::Image& image, std::span<float> out) const {
  std::size_t at = 0;
  for (const auto& color : dominant_colors(image, kColors)) {
    for (const double channel : color.rgb)
      out[at++] = static_cast<float>(params_.dominant * color.share * channel);
    out[at++] = static_cast<float>(params_.dominant * color.share);
  }
}

void Color::add_grid(const media::Image& image, std::span<float> out) const {
  if (params_.grid == 0) return;
  const auto cells = media::resize(image, params_.grid, params_.grid);
  const double weight = 1.0 / (255.0 * params_.grid);
  for (std::size_t i = 0; i < cells.rgb.size(); ++i) out[i] = static_cast<float>(weight * cells.rgb[i]);
}

std::vector<std::string> Color::columns() const {
  std::vector<std::string> names;
  for (int h = 0; h < kHueBins; ++h)
    for (int s = 0; s < kSaturationBins; ++s)
      for (int v = 0; v < kValueBins; ++v)
        names.push_back(fmt::format("hue {} saturation {} value {}", h, s, v));
  for (const auto* moment : {"mean", "deviation", "skew"})
    for (const auto* channel : {"red", "green", "blue"})
      names.push_back(fmt::format("{} {}", moment, channel));
  for (int k = 1; k <= kColors; ++k)
    for (const auto* part : {"red", "green", "blue", "share"})
      names.push_back(fmt::format("colour {} {}", k, part));
  for (int y = 0; y < params_.grid; ++y)
    for (int x = 0; x < params_.grid; ++x)
      for (const auto* channel : {"red", "green", "blue"})
        names.push_back(fmt::format("cell {},{} {}", y, x, channel));
  return names;
}

}  // namespace

void register_image_color(Registry& registry) {
  registry.add<PerItem<Color>>(
      "image/color", "colours of a picture: HSV histogram, moments, dominant colours, optional layout");
}

}  // namespace medley::features
