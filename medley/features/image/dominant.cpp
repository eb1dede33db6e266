#include "medley/features/image/dominant.h"

#include <algorithm>
#include <cstdint>

namespace medley::features {
namespace {

constexpr int kMaxSteps = 20;

using Rgb = std::array<double, 3>;

struct Cell {
  Rgb rgb{};
  double weight = 0;
};

double squared_distance(const Rgb& a, const Rgb& b) {
  double sum = 0;
  for (std::size_t c = 0; c < 3; ++c) sum += (a[c] - b[c]) * (a[c] - b[c]);
  return sum;
}

/// Occupied cells of the grid in the order of their codes, weights summing to 1.
std::vector<Cell> occupied_cells(const media::Image& image) {
  struct Sums {
    std::uint32_t rgb[3] = {};
    std::uint32_t pixels = 0;
  };
  std::vector<Sums> grid(4096);  // 16 a channel
  for (std::size_t i = 0; i + 2 < image.rgb.size(); i += 3) {
    const auto* pixel = &image.rgb[i];
    auto& cell = grid[static_cast<std::size_t>(pixel[0] >> 4 << 8 | pixel[1] >> 4 << 4 | pixel[2] >> 4)];
    for (int c = 0; c < 3; ++c) cell.rgb[c] += pixel[c];
    ++cell.pixels;
  }
  const auto pixels = image.rgb.size() / 3;
  const auto total = static_cast<double>(pixels);
  std::vector<Cell> cells;
  for (const auto& sums : grid) {
    if (sums.pixels == 0) continue;
    const double scale = 1.0 / (255.0 * sums.pixels);
    cells.push_back({{sums.rgb[0] * scale, sums.rgb[1] * scale, sums.rgb[2] * scale}, sums.pixels / total});
  }
  return cells;
}

std::vector<Rgb> first_centres(const std::vector<Cell>& cells, std::size_t count) {
  const auto fullest = std::max_element(cells.begin(), cells.end(),
                                        [](const Cell& a, const Cell& b) { return a.weight < b.weight; });
  std::vector<Rgb> centres{fullest->rgb};
  std::vector<double> distance(cells.size(), 8.0);  // above the diagonal of the cube, 3
  while (centres.size() < std::min(count, cells.size())) {
    std::size_t next = 0;
    double gain = -1;
    for (std::size_t i = 0; i < cells.size(); ++i) {
      distance[i] = std::min(distance[i], squared_distance(cells[i].rgb, centres.back()));
      if (distance[i] * cells[i].weight > gain) {
        gain = distance[i] * cells[i].weight;
        next = i;
      }
    }
    centres.push_back(cells[next].rgb);
  }
  return centres;
}

std::size_t nearest(const std::vector<Rgb>& centres, const Rgb& rgb) {
  std::size_t best = 0;
  for (std::size_t k = 1; k < centres.size(); ++k)
    if (squared_distance(centres[k], rgb) < squared_distance(centres[best], rgb)) best = k;
  return best;
}

}  // namespace

std::vector<DominantColor> dominant_colors(const media::Image& image, int count) {
  const auto cells = occupied_cells(image);
  if (cells.empty() || count < 1) return {};
  auto centres = first_centres(cells, static_cast<std::size_t>(count));
  std::vector<double> shares(centres.size());
  std::vector<std::size_t> owner(cells.size(), centres.size());
  for (int step = 0; step < kMaxSteps; ++step) {
    bool moved = false;
    std::vector<Rgb> sums(centres.size(), Rgb{});
    std::fill(shares.begin(), shares.end(), 0.0);
    for (std::size_t i = 0; i < cells.size(); ++i) {
      const auto k = nearest(centres, cells[i].rgb);
      moved |= k != owner[i];
      owner[i] = k;
      shares[k] += cells[i].weight;
      for (std::size_t c = 0; c < 3; ++c) sums[k][c] += cells[i].weight * cells[i].rgb[c];
    }
    if (!moved) break;
    for (std::size_t k = 0; k < centres.size(); ++k)
      for (std::size_t c = 0; c < 3; ++c)
        if (shares[k] > 0) centres[k][c] = sums[k][c] / shares[k];
  }
  std::vector<DominantColor> out;
  for (std::size_t k = 0; k < centres.size(); ++k)
    if (shares[k] > 0) out.push_back({centres[k], shares[k]});
  std::sort(out.begin(), out.end(), [](const DominantColor& a, const DominantColor& b) {
    return a.share != b.share ? a.share > b.share : a.rgb > b.rgb;
  });
  return out;
}

}  // namespace medley::features
