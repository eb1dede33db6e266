#include "medley/features/image/grey.h"
#include "medley/features/image/side.h"
#include "medley/features/per_item.h"
#include "medley/features/registry.h"
#include "medley/media/image/resize.h"

#include <fmt/core.h>

#include <array>

namespace medley::features {
namespace {

constexpr std::size_t kNeighbors = 8;
// 0 to 8 brighter neighbours in one arc, and all other patterns together.
constexpr std::size_t kCodes = kNeighbors + 2;

/// Where the neighbours lie, from the right on against the clock; the diagonal as scikit-image rounds it.
struct Offset {
  double down, right;
};
constexpr double kDiagonal = 0.70711;
constexpr std::array<Offset, kNeighbors> kCircle{{{0, 1},
                                                  {-kDiagonal, kDiagonal},
                                                  {-1, 0},
                                                  {-kDiagonal, -kDiagonal},
                                                  {0, -1},
                                                  {kDiagonal, -kDiagonal},
                                                  {1, 0},
                                                  {kDiagonal, kDiagonal}}};

double level_at(const std::vector<std::uint8_t>& levels, std::ptrdiff_t y, std::ptrdiff_t x) {
  if (y < 0 || y >= kSide || x < 0 || x >= kSide) return 0;
  return levels[static_cast<std::size_t>(y * kSide + x)];
}

/// Bilinear; outside the picture is black. Sums in scikit-image's order: on a plain area the code hangs on
/// whether a rounded mean of equal levels falls below that level.
double interpolated(const std::vector<std::uint8_t>& levels, double y, double x) {
  const auto top = static_cast<std::ptrdiff_t>(std::floor(y)),
             left = static_cast<std::ptrdiff_t>(std::floor(x));
  const auto bottom = static_cast<std::ptrdiff_t>(std::ceil(y)),
             right = static_cast<std::ptrdiff_t>(std::ceil(x));
  const double dy = y - static_cast<double>(top), dx = x - static_cast<double>(left);
  const double upper = (1 - dx) * level_at(levels, top, left) + dx * level_at(levels, top, right);
  const double lower = (1 - dx) * level_at(levels, bottom, left) + dx * level_at(levels, bottom, right);
  return (1 - dy) * upper + dy * lower;
}

/// The number of neighbours that are at least as bright where they change at most twice, else 9. Changes are
/// counted from the first neighbour to the last and not back to the first, as scikit-image does.
std::size_t code_of(const std::vector<std::uint8_t>& levels, std::ptrdiff_t y, std::ptrdiff_t x) {
  const double centre = level_at(levels, y, x);
  std::size_t brighter = 0, changes = 0;
  bool last = false;
  for (std::size_t p = 0; p < kNeighbors; ++p) {
    const auto& [down, right] = kCircle[p];
    const bool now =
        interpolated(levels, static_cast<double>(y) + down, static_cast<double>(x) + right) - centre >= 0;
    changes += p > 0 && now != last ? 1 : 0;
    brighter += now ? 1 : 0;
    last = now;
  }
  return changes <= 2 ? brighter : kNeighbors + 1;
}

/// Local binary patterns (Ojala, Pietikainen and Maenpaa, PAMI 2002) of a picture at 128 x 128 in 256 levels
/// of grey: each pixel's code as scikit-image's `local_binary_pattern(..., P=8, R=1, method="uniform")`, and
/// the share of each of the ten codes in each of `grid` x `grid` cells, row by row.
class Lbp {
 public:
  struct Params {
    int grid = 4;

    void fields(FieldVisitor& v) {
      v.field("grid", grid, {1, 16}, "cells on a side, each with its own ten shares");
    }
  };

  static constexpr Reads kReads = Reads::image;
  static constexpr int kVersion = 2;
  static constexpr int kMinSide = kReducedSide;

  explicit Lbp(const Params& params) : grid_(static_cast<std::size_t>(params.grid)) {}

  int dim() const { return static_cast<int>(grid_ * grid_ * kCodes); }

  std::vector<std::string> columns() const {
    std::vector<std::string> names;
    for (std::size_t y = 0; y < grid_; ++y)
      for (std::size_t x = 0; x < grid_; ++x)
        for (std::size_t code = 0; code < kCodes; ++code)
          names.push_back(fmt::format("cell {},{} pattern {}", y, x, code));
    return names;
  }

  bool row(const Item& item, std::span<float> out, std::string& note) const {
    if (item.image == nullptr) return false;
    if (item.image->width < 1 || item.image->height < 1) {
      note = "a picture without pixels";
      return false;
    }
    const auto levels = grey_levels(media::resize(*item.image, kSide, kSide));
    std::vector<int> counts(out.size());
    std::vector<int> pixels(grid_ * grid_);
    for (std::ptrdiff_t y = 0; y < kSide; ++y) {
      for (std::ptrdiff_t x = 0; x < kSide; ++x) {
        const auto cell = part_of(y) * grid_ + part_of(x);
        ++counts[cell * kCodes + code_of(levels, y, x)];
        ++pixels[cell];
      }
    }
    for (std::size_t i = 0; i < out.size(); ++i)
      out[i] = static_cast<float>(static_cast<double>(counts[i]) / pixels[i / kCodes]);
    return true;
  }

 private:
  std::size_t part_of(std::ptrdiff_t at) const {
    return static_cast<std::size_t>(at) * grid_ / static_cast<std::size_t>(kSide);
  }

  std::size_t grid_;
};

}  // namespace

void register_image_lbp(Registry& registry) {
  registry.add<PerItem<Lbp>>("image/lbp",
                             "textures of a picture: which patterns of light and dark pixels meet");
}

}  // namespace medley::features
