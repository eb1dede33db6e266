#include "medley/math/top_k.h"

#include "medley/core/error.h"

#include <algorithm>
#include <cmath>
#include <limits>

namespace medley::math {
namespace {

constexpr float kNever = -std::numeric_limits<float>::infinity();

bool better(const Scored& a, const Scored& b) {
  return a.score > b.score;
}

// Candidates whose score is at least that of the k-th best, in no order: all that may be listed, ties at the
// boundary included. The buffer is cut back whenever it holds twice what is needed, so that the scan stays
// linear.
std::vector<Scored> contenders(std::span<const float> scores, std::span<const std::int32_t> candidates,
                               std::size_t k) {
  std::vector<Scored> kept;
  float bar = kNever;
  std::size_t limit = 2 * k + 64;
  const auto cut = [&] {
    std::ranges::nth_element(kept, kept.begin() + static_cast<std::ptrdiff_t>(k - 1), better);
    bar = kept[k - 1].score;
    std::erase_if(kept, [&](const Scored& one) { return one.score < bar; });
    limit = std::max(limit, 2 * kept.size());
  };
  for (const auto item : candidates) {
    const float score = scores[static_cast<std::size_t>(item)];
    if (score < bar || score == kNever) continue;
    if (!std::isfinite(score)) fail(ErrorCode::internal, "the score of item {} is {}", item, score);
    kept.push_back({item, score});
    if (kept.size() >= limit) cut();
  }
  if (kept.size() > k) cut();
  return kept;
}

struct Keyed {
  std::uint64_t key;
  Scored scored;
};

// Orders one run of equal scores; the lower number goes first where even the keys are equal.
void order_run(std::span<Scored> run, const std::function<std::uint64_t(std::int32_t)>& tie) {
  std::vector<Keyed> keyed;
  keyed.reserve(run.size());
  for (const auto& scored : run) keyed.push_back({tie(scored.item), scored});
  std::ranges::sort(keyed, [](const Keyed& a, const Keyed& b) {
    return a.key != b.key ? a.key < b.key : a.scored.item < b.scored.item;
  });
  std::ranges::transform(keyed, run.begin(), &Keyed::scored);
}

}  // namespace

std::vector<Scored> top_k(std::span<const float> scores, std::span<const std::int32_t> candidates, int k,
                          const std::function<std::uint64_t(std::int32_t)>& tie) {
  if (k <= 0) return {};
  const auto wanted = std::min(static_cast<std::size_t>(k), candidates.size());
  if (wanted == 0) return {};
  auto out = contenders(scores, candidates, wanted);
  std::ranges::sort(out, better);
  for (auto begin = out.begin(); begin != out.end();) {
    const auto end =
        std::find_if(begin, out.end(), [&](const Scored& one) { return one.score != begin->score; });
    if (end - begin > 1) order_run({begin, end}, tie);
    begin = end;
  }
  if (out.size() > wanted) out.resize(wanted);
  return out;
}

}  // namespace medley::math
