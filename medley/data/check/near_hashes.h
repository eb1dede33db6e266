#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <vector>

namespace medley::data {

/// Bits in which the perceptual hashes of two pictures may differ for them to count as near-duplicates. Of
/// 465 products and 6,329 film posters, half-sized, brighter and heavily compressed copies differ by at most
/// 4 bits in nine of ten cases (10 at most). Of the 20 million pairs of different pictures two differ by 6 or
/// less: one film's poster in two languages, and two juices in one carton.
inline constexpr int kNearBits = 6;

struct NearHash {
  std::size_t at = 0;    ///< position of a hash
  std::size_t like = 0;  ///< of the nearest one before it, the first of equals
  int distance = 0;
};

/// For each hash that has an earlier one within `kNearBits` bits, that one; in order. Absent hashes are near
/// nothing. Every hash is cut into `kNearBits` + 1 bands: two that are near share a band, so that only hashes
/// with an equal band are compared. Equal hashes stand for one. Of those that share a band a hash is compared
/// with the first 2,048 at most, so that time is linear in the number of hashes whatever they are; below
/// 2,048 distinct hashes nothing is missed.
std::vector<NearHash> near_hashes(std::span<const std::optional<std::uint64_t>> hashes);

}  // namespace medley::data
