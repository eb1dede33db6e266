#include "medley/engine/column_rows.h"

#include "medley/engine/vector_rows.h"

#include <algorithm>
#include <string>
#include <unordered_set>
#include <utility>
#include <vector>

namespace medley::engine {
namespace {

// So many that text/encoder finds texts of like length among them.
constexpr std::size_t kBlock = 2048;

/// An item whose row is not in the cache.
struct Missing {
  std::size_t item;
  std::string hash;
};

/// Items that the cache does not know, each content once.
std::vector<Missing> unknown(const Material& material, const RowCache& cache) {
  std::vector<Missing> out;
  std::unordered_set<std::string> met;
  for (std::size_t i = 0; i < material.items().size(); ++i) {
    if (!material.has_any(i)) continue;
    auto hash = material.hash(i);
    if (!cache.has(hash) && met.insert(hash).second) out.push_back({i, std::move(hash)});
  }
  return out;
}

/// What the cache says of every item.
features::Vectors gathered(const Material& material, const features::Extractor& extractor,
                           const RowCache& cache, const Services& services) {
  const auto n = material.items().size();
  features::Vectors out{empty_rows(extractor, n, services), std::vector<std::uint8_t>(n),
                        std::vector<std::string>(n)};
  for (std::size_t i = 0; i < n; ++i) {
    if (!material.has_any(i)) continue;
    const auto row = cache.find(material.hash(i)).value();
    out.notes[i] = row.reason;
    if (row.reason.empty() && !put_row(row, out.rows, static_cast<math::Index>(i)))
      out.notes[i] = kForeignRow;
    out.present[i] = out.notes[i].empty() ? 1 : 0;
  }
  return out;
}

}  // namespace

ColumnRows column_rows(const Material& material, const features::Extractor& extractor, RowCache& cache,
                       const Services& services) {
  const auto items = material.items();
  const auto missing = unknown(material, cache);
  for (std::size_t begin = 0; begin < missing.size(); begin += kBlock) {
    services.cancel.check();
    const auto block = std::span(missing).subspan(begin, std::min(kBlock, missing.size() - begin));
    std::vector<features::Item> part;
    for (const auto& one : block) part.push_back(items[one.item]);
    const auto vectors = extractor.transform(part, services);
    if (std::holds_alternative<math::Csr>(vectors.rows)) {
      auto all = extractor.transform(items, services);
      const auto present = std::ranges::count(all.present, 1);
      return {std::move(all), present, 0};
    }
    for (std::size_t k = 0; k < block.size(); ++k) cache.add(block[k].hash, cached_row(vectors, k));
    cache.flush();
    services.progress.at(static_cast<std::int64_t>(begin + block.size()));
  }
  ColumnRows out{gathered(material, extractor, cache, services), static_cast<std::int64_t>(missing.size()),
                 0};
  for (std::size_t i = 0; i < items.size(); ++i) out.reused += material.has_any(i) ? 1 : 0;
  out.reused -= out.computed;
  return out;
}

}  // namespace medley::engine
