#include "medley/engine/column_rows.h"

#include "medley/engine/material.h"
#include "medley/engine/vector_rows.h"

#include <algorithm>
#include <string>
#include <unordered_set>
#include <utility>
#include <vector>

namespace medley::engine {
namespace {

class ColumnPass {
 public:
  ColumnPass(const features::Extractor& extractor, RowCache& cache, std::size_t items,
             const Services& services)
      : extractor_(extractor), cache_(cache), services_(services) {
    out_.vectors = {empty_rows(extractor, items, services), std::vector<std::uint8_t>(items),
                    std::vector<std::string>(items)};
  }

  void take(std::span<const features::Item> block, std::size_t first) {
    services_.cancel.check();
    std::vector<std::string> hashes;
    for (const auto& item : block) hashes.push_back(has_any(item) ? material_hash(item) : "");
    make_missing(block, hashes);
    for (std::size_t k = 0; k < block.size(); ++k)
      if (!hashes[k].empty()) put(hashes[k], first + k);
    services_.progress.at(static_cast<std::int64_t>(first + block.size()));
  }

  ColumnRows finish() && {
    out_.reused -= out_.computed;
    return std::move(out_);
  }

 private:
  /// The rows that the cache does not know, each content once.
  void make_missing(std::span<const features::Item> block, const std::vector<std::string>& hashes) {
    std::vector<features::Item> missing;
    std::vector<const std::string*> names;
    std::unordered_set<std::string> met;
    for (std::size_t k = 0; k < block.size(); ++k) {
      if (hashes[k].empty() || cache_.has(hashes[k]) || !met.insert(hashes[k]).second) continue;
      missing.push_back(block[k]);
      names.push_back(&hashes[k]);
    }
    if (missing.empty()) return;
    const auto vectors = extractor_.transform(missing, services_);
    for (std::size_t k = 0; k < missing.size(); ++k) cache_.add(*names[k], cached_row(vectors, k));
    cache_.flush();
    out_.computed += static_cast<std::int64_t>(missing.size());
  }

  void put(const std::string& hash, std::size_t at) {
    auto& [rows, present, notes] = out_.vectors;
    const auto row = cache_.find(hash).value();
    notes[at] = row.reason;
    if (row.reason.empty() && !put_row(row, rows, static_cast<math::Index>(at))) notes[at] = kForeignRow;
    present[at] = notes[at].empty() ? 1 : 0;
    ++out_.reused;
  }

  const features::Extractor& extractor_;
  RowCache& cache_;
  const Services& services_;
  ColumnRows out_;
};

}  // namespace

ColumnRows column_rows(const features::ItemBlocks& items, const features::Extractor& extractor,
                       RowCache& cache, const Services& services) {
  if (std::holds_alternative<math::Csr>(extractor.transform({}, services).rows)) {
    auto all = transform_all(extractor, items, services);
    const auto present = std::ranges::count(all.present, 1);
    return {std::move(all), present, 0};
  }
  ColumnPass pass(extractor, cache, items.size(), services);
  items.for_each([&](std::span<const features::Item> block, std::size_t first) { pass.take(block, first); });
  return std::move(pass).finish();
}

}  // namespace medley::engine
