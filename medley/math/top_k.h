#pragma once

#include <cstdint>
#include <functional>
#include <span>
#include <vector>

namespace medley::math {

struct Scored {
  std::int32_t item = -1;
  float score = 0.0f;

  bool operator==(const Scored&) const = default;
};

/// The `k` best of `scores` among `candidates` (row numbers into `scores`), best first. Equal scores are
/// ordered by rising `tie(item)`, which is called only for items whose score is equal to that of another one
/// that may be listed. Equal ties go by item number. -infinity is never listed, so the list may be
/// shorter than `k`; the result does not depend on the order of `candidates`, which are distinct. Throws
/// `internal` for a score that is NaN or +infinity.
std::vector<Scored> top_k(std::span<const float> scores, std::span<const std::int32_t> candidates, int k,
                          const std::function<std::uint64_t(std::int32_t)>& tie);

}  // namespace medley::math
