#include "medley/data/check/near_hashes.h"

#include <algorithm>
#include <bit>
#include <unordered_map>

namespace medley::data {
namespace {

constexpr int kBands = kNearBits + 1;
constexpr std::size_t kMaxCompared = 2048;

/// Band `band` of a hash, marked with its number, so that one map holds all bands.
std::uint64_t band_key(std::uint64_t hash, int band) {
  const int begin = 64 * band / kBands;
  const int width = 64 * (band + 1) / kBands - begin;
  const auto bits = hash >> begin & ((std::uint64_t{1} << width) - 1);
  return bits << 8 | static_cast<std::uint64_t>(band);
}

struct Known {
  std::uint64_t hash;
  std::size_t at;
};

}  // namespace

std::vector<NearHash> near_hashes(std::span<const std::optional<std::uint64_t>> hashes) {
  std::vector<NearHash> out;
  std::unordered_map<std::uint64_t, std::size_t> equal;  // hash -> its first position
  std::unordered_map<std::uint64_t, std::vector<Known>> bands;
  for (std::size_t at = 0; at < hashes.size(); ++at) {
    if (!hashes[at]) continue;
    const auto hash = *hashes[at];
    const auto [first, is_new] = equal.try_emplace(hash, at);
    if (!is_new) {
      out.push_back({at, first->second, 0});
      continue;
    }
    NearHash nearest{at, at, kNearBits + 1};
    for (int band = 0; band < kBands; ++band) {
      auto& sharing = bands[band_key(hash, band)];
      for (const auto& known : sharing) {
        const int distance = std::popcount(hash ^ known.hash);
        if (distance < nearest.distance || (distance == nearest.distance && known.at < nearest.like))
          nearest = {at, known.at, distance};
      }
      if (sharing.size() < kMaxCompared) sharing.push_back({hash, at});
    }
    if (nearest.distance <= kNearBits) out.push_back(nearest);
  }
  return out;
}

}  // namespace medley::data
