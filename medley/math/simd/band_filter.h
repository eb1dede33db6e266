#pragma once

#include <cstdint>
#include <span>
#include <vector>

namespace medley::math::simd {

/// Weighted sums over runs of neighbouring values: a filter bank such as the mel triangles, without its
/// zeros. Const and thread-safe once its bands are added.
class BandFilter {
 public:
  /// Of vectors of `length` values.
  explicit BandFilter(std::size_t length) : length_(length) {}

  /// A further band, sum_j weights[j] x[first + j]; it must lie within the vector. A band may be empty.
  void add(std::size_t first, std::span<const float> weights);

  std::size_t length() const { return length_; }
  std::size_t bands() const { return bands_.size(); }

  /// out[b] = the sum of band b of `values`, which has `length` entries; `out` has `bands`. Added up in an
  /// order that depends on the CPU, as in simd/vectors.h.
  void apply(std::span<const float> values, std::span<float> out) const;

 private:
  /// Weights are padded with zeros on either side to a multiple of kPad, as far as the vector reaches.
  struct Band {
    std::uint32_t first;   ///< in the vector
    std::uint32_t offset;  ///< in the weights
    std::uint32_t count;
  };
  static constexpr std::size_t kPad = 8;

  std::size_t length_;
  std::vector<Band> bands_;
  std::vector<float> weights_;
};

}  // namespace medley::math::simd
