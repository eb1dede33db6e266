#include "medley/features/image/grey.h"
#include "medley/features/image/side.h"
#include "medley/features/per_item.h"
#include "medley/features/registry.h"
#include "medley/media/image/resize.h"

#include <fmt/core.h>

#include <numbers>

namespace medley::features {
namespace {

// As scikit-image's: keeps a block without edges at 0.
constexpr double kTiny = 1e-5;
constexpr double kClip = 0.2;

/// Histograms of oriented gradients (Dalal and Triggs, CVPR 2005) of a picture at 128 x 128 in grey, equal to
/// scikit-image's `hog(..., block_norm="L2-Hys")`: central differences, 0 at the border; each pixel votes
/// with its gradient's length for the one of `orientations` bins over 180 degrees that its direction falls
/// into; blocks of `block` x `block` cells, overlapping, are brought to unit length, cut at .2 and brought to
/// unit length again. Columns: blocks row by row, in each its cells row by row, in each the orientations.
class Hog {
 public:
  struct Params {
    int orientations = 9;
    int cell = 8;
    int block = 2;

    void fields(FieldVisitor& v) {
      v.field("orientations", orientations, {1, 36}, "directions over 180 degrees that are told apart");
      v.field("cell", cell, {4, 64}, "side of a cell in pixels of the 128 x 128; larger gives fewer columns");
      v.field("block", block, {1, 8}, "cells on a side of the blocks whose contrast is made equal");
    }
  };

  static constexpr Reads kReads = Reads::image;
  static constexpr int kVersion = 2;
  static constexpr int kMinSide = kReducedSide;

  explicit Hog(const Params& params)
      : orientations_(static_cast<std::size_t>(params.orientations)),
        cell_(static_cast<std::size_t>(params.cell)),
        block_(static_cast<std::size_t>(params.block)),
        cells_(kSide / cell_) {
    require(block_ <= cells_, "a block of {} cells of {} pixels is wider than {} pixels", block_, cell_,
            kSide);
  }

  int dim() const {
    const auto blocks = cells_ - block_ + 1;
    return static_cast<int>(blocks * blocks * block_ * block_ * orientations_);
  }

  std::vector<std::string> columns() const;

  bool row(const Item& item, std::span<float> out, std::string& note) const {
    if (item.image == nullptr) return false;
    if (item.image->width < 1 || item.image->height < 1) {
      note = "a picture without pixels";
      return false;
    }
    const auto votes = histograms(grey(media::resize(*item.image, kSide, kSide)));
    std::vector<double> values;
    for (std::size_t y = 0; y + block_ <= cells_; ++y) {
      for (std::size_t x = 0; x + block_ <= cells_; ++x) {
        values.clear();
        each_cell_of_block(y, x, [&](std::size_t first) {
          values.insert(values.end(), votes.begin() + static_cast<std::ptrdiff_t>(first),
                        votes.begin() + static_cast<std::ptrdiff_t>(first + orientations_));
        });
        normalize(values);
        for (std::size_t i = 0; i < values.size(); ++i) out[i] = static_cast<float>(values[i]);
        out = out.subspan(values.size());
      }
    }
    return true;
  }

 private:
  /// Calls `visit` with where the votes of each cell of the block at (y, x) begin.
  template <class Visit>
  void each_cell_of_block(std::size_t y, std::size_t x, Visit visit) const {
    for (std::size_t dy = 0; dy < block_; ++dy)
      for (std::size_t dx = 0; dx < block_; ++dx) visit(((y + dy) * cells_ + x + dx) * orientations_);
  }

  /// [cells x cells x orientations], the mean vote a pixel.
  std::vector<double> histograms(const std::vector<double>& grey) const {
    std::vector<double> votes(cells_ * cells_ * orientations_);
    const auto pixels = static_cast<double>(cell_ * cell_);
    const auto end = cells_ * cell_;
    for (std::size_t y = 0; y < end; ++y) {
      for (std::size_t x = 0; x < end; ++x) {
        const auto* at = &grey[y * kSide + x];
        const double down = y == 0 || y == kSide - 1 ? 0 : at[kSide] - at[-kSide];
        const double right = x == 0 || x == kSide - 1 ? 0 : at[1] - at[-1];
        const auto cell = (y / cell_) * cells_ + x / cell_;
        votes[cell * orientations_ + bin_of(down, right)] += std::hypot(down, right) / pixels;
      }
    }
    return votes;
  }

  /// Edges have no sign: opposite directions share a bin.
  std::size_t bin_of(double down, double right) const {
    double degrees = std::atan2(down, right) * (180 / std::numbers::pi);
    if (degrees < 0) degrees += 180;
    if (degrees >= 180) degrees = 0;
    const auto bin = static_cast<std::size_t>(degrees * static_cast<double>(orientations_) / 180);
    return std::min(bin, orientations_ - 1);
  }

  static void normalize(std::vector<double>& values) {
    const auto to_unit_length = [&] {
      double squares = kTiny * kTiny;
      for (const double value : values) squares += value * value;
      for (auto& value : values) value /= std::sqrt(squares);
    };
    to_unit_length();
    for (auto& value : values) value = std::min(value, kClip);
    to_unit_length();
  }

  std::size_t orientations_;
  std::size_t cell_;
  std::size_t block_;
  std::size_t cells_;  ///< on a side
};

std::vector<std::string> Hog::columns() const {
  std::vector<std::string> names;
  for (std::size_t y = 0; y + block_ <= cells_; ++y) {
    for (std::size_t x = 0; x + block_ <= cells_; ++x) {
      each_cell_of_block(y, x, [&](std::size_t first) {
        const auto cell = first / orientations_;
        for (std::size_t o = 0; o < orientations_; ++o)
          names.push_back(fmt::format("block {},{} cell {},{} {} degrees", y, x, cell / cells_, cell % cells_,
                                      (2 * o + 1) * 90 / orientations_));
      });
    }
  }
  return names;
}

}  // namespace

void register_image_hog(Registry& registry) {
  registry.add<PerItem<Hog>>("image/hog", "shapes of a picture: which way its edges run, cell by cell");
}

}  // namespace medley::features
