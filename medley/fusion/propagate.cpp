#include "medley/fusion/propagate.h"

#include "medley/math/dense.h"
#include "medley/math/top_k.h"

#include <algorithm>
#include <numeric>
#include <utility>

namespace medley::fusion {
namespace {

/// out [ids x items] = the sum of the cosines in all blocks but one.
math::Matrix similarities(const Blocks& blocks, std::size_t missing, std::span<const std::int32_t> ids,
                          const Services& services) {
  const auto items = static_cast<math::Index>(blocks.front().centering.scale.size());
  math::Matrix out(static_cast<math::Index>(ids.size()), items);
  for (std::size_t m = 0; m < blocks.size(); ++m) {
    if (m == missing) continue;
    const auto rows = blocks[m].rows();
    math::Matrix profiles(out.rows(), rows.cols());
    for (std::size_t q = 0; q < ids.size(); ++q)
      if (has_row(blocks[m], static_cast<std::size_t>(ids[q])))
        std::ranges::copy(math::row_of(rows, ids[q]), profiles.row(static_cast<math::Index>(q)).begin());
    math::add_inner_products(std::as_const(profiles).view(), rows, 1.0f, out.view(), services.pool);
  }
  return out;
}

}  // namespace

std::vector<std::vector<std::int32_t>> nearest_by_others(const Blocks& blocks, std::size_t missing, int count,
                                                         const Services& services) {
  const auto items = blocks.front().centering.scale.size();
  std::vector<std::int32_t> lacking;
  for (std::size_t i = 0; i < items; ++i)
    if (!has_row(blocks[missing], i)) lacking.push_back(static_cast<std::int32_t>(i));
  std::vector<std::int32_t> all(items);
  std::iota(all.begin(), all.end(), 0);
  const auto by_number = [](std::int32_t item) { return static_cast<std::uint64_t>(item); };

  std::vector<std::vector<std::int32_t>> out(items);
  constexpr std::size_t kAtOnce = 256;  // whose similarities to all others are held
  for (std::size_t first = 0; first < lacking.size(); first += kAtOnce) {
    services.cancel.check();
    const auto ids = std::span(lacking).subspan(first, std::min(kAtOnce, lacking.size() - first));
    auto scores = similarities(blocks, missing, ids, services);
    for (std::size_t q = 0; q < ids.size(); ++q) {
      const auto row = scores.row(static_cast<math::Index>(q));
      row[static_cast<std::size_t>(ids[q])] = 0;
      for (const auto& near : math::top_k(row, all, count, by_number))
        if (near.score > 0) out[static_cast<std::size_t>(ids[q])].push_back(near.item);
    }
  }
  return out;
}

void propagate(math::Matrix& rows, const std::vector<std::vector<std::int32_t>>& neighbors,
               std::vector<bool> there, int hops) {
  const auto given = there;
  for (int hop = 0; hop < hops; ++hop) {
    auto next = rows;
    auto filled = there;
    for (std::size_t i = 0; i < neighbors.size(); ++i) {
      if (given[i]) continue;
      const auto known = std::ranges::count_if(
          neighbors[i], [&](std::int32_t j) { return there[static_cast<std::size_t>(j)]; });
      if (known == 0) continue;
      const auto to = next.row(static_cast<math::Index>(i));
      std::ranges::fill(to, 0.0f);
      for (const auto j : neighbors[i])
        if (there[static_cast<std::size_t>(j)])
          math::add_scaled(1.0f / static_cast<float>(known), rows.row(j), to);
      filled[i] = true;
    }
    rows = std::move(next);
    there = std::move(filled);
  }
}

}  // namespace medley::fusion
