#include "medley/engine/column_rows.h"

#include <algorithm>
#include <unordered_map>
#include <vector>

namespace medley::engine {
namespace {

constexpr std::size_t kBlock = 256;

/// Items that the cache does not know, each content once.
std::vector<std::size_t> unknown(const Material& material, const std::vector<std::string>& hashes,
                                 const RowCache& cache) {
  std::vector<std::size_t> out;
  std::unordered_map<std::string_view, bool> met;
  for (std::size_t i = 0; i < hashes.size(); ++i) {
    if (material.has_any(i) && cache.find(hashes[i]) == nullptr && met.emplace(hashes[i], true).second)
      out.push_back(i);
  }
  return out;
}

/// Rows of the block's items to the cache. False: they are sparse.
bool add_rows(std::span<const std::size_t> block, const features::Vectors& vectors,
              const std::vector<std::string>& hashes, RowCache& cache) {
  const auto* rows = std::get_if<math::Matrix>(&vectors.rows);
  if (rows == nullptr) return false;
  for (std::size_t k = 0; k < block.size(); ++k) {
    CachedRow row;
    if (vectors.present[k] != 0) {
      const auto values = rows->row(static_cast<math::Index>(k));
      row.values.assign(values.begin(), values.end());
    } else {
      const bool told = k < vectors.notes.size() && !vectors.notes[k].empty();
      row.reason = told ? vectors.notes[k] : "no vector";
    }
    cache.add(hashes[block[k]], std::move(row));
  }
  cache.flush();
  return true;
}

/// What the cache says of every item.
features::Vectors gathered(const Material& material, const std::vector<std::string>& hashes, int dim,
                           const RowCache& cache) {
  const auto n = hashes.size();
  features::Vectors out{{}, std::vector<std::uint8_t>(n), std::vector<std::string>(n)};
  math::Matrix rows(static_cast<math::Index>(n), dim);
  for (std::size_t i = 0; i < n; ++i) {
    if (!material.has_any(i)) continue;
    const auto& row = *cache.find(hashes[i]);
    out.notes[i] = row.reason;
    if (!row.reason.empty() || row.values.size() != static_cast<std::size_t>(dim)) continue;
    std::copy(row.values.begin(), row.values.end(), rows.row(static_cast<math::Index>(i)).begin());
    out.present[i] = 1;
  }
  out.rows = std::move(rows);
  return out;
}

}  // namespace

ColumnRows column_rows(const Material& material, const features::Extractor& extractor, RowCache& cache,
                       const Services& services) {
  const auto items = material.items();
  std::vector<std::string> hashes;
  for (std::size_t i = 0; i < items.size(); ++i) hashes.push_back(material.hash(i));
  const auto missing = unknown(material, hashes, cache);
  for (std::size_t begin = 0; begin < missing.size(); begin += kBlock) {
    services.cancel.check();
    const auto block = std::span(missing).subspan(begin, std::min(kBlock, missing.size() - begin));
    std::vector<features::Item> part;
    for (const auto item : block) part.push_back(items[item]);
    const auto vectors = extractor.transform(part, services);
    if (!add_rows(block, vectors, hashes, cache)) {
      auto all = extractor.transform(items, services);
      const auto present = std::count(all.present.begin(), all.present.end(), 1);
      return {std::move(all), present, 0};
    }
    services.progress.at(static_cast<std::int64_t>(begin + block.size()));
  }
  ColumnRows out{gathered(material, hashes, extractor.dim(), cache),
                 static_cast<std::int64_t>(missing.size()), 0};
  for (std::size_t i = 0; i < items.size(); ++i) out.reused += material.has_any(i) ? 1 : 0;
  out.reused -= out.computed;
  return out;
}

}  // namespace medley::engine
