#include "medley/engine/variation.h"

#include "medley/core/error.h"
#include "medley/core/hash.h"
#include "medley/core/rng.h"
#include "medley/data/random_items.h"
#include "medley/engine/experiment_split.h"

#include <algorithm>
#include <cmath>
#include <numeric>

namespace medley::engine {
namespace {

using data::FeatureTable;
using math::Index;

/// The rows of `table` in another order: row i of the result is row `from[i]`, or zero where that is -1.
void reorder(FeatureTable& table, const std::vector<Index>& from) {
  if (!table.is_sparse()) {
    math::Matrix rows(table.items(), table.dim());
    for (Index i = 0; i < rows.rows(); ++i) {
      if (const auto row = from[static_cast<std::size_t>(i)]; row >= 0)
        std::ranges::copy(std::as_const(table.dense()).row(row), rows.row(i).begin());
    }
    table.rows = std::move(rows);
    return;
  }
  const auto view = table.sparse().view();
  math::Csr rows;
  rows.rows = view.rows;
  rows.cols = view.cols;
  for (const auto row : from) {
    if (row >= 0) {
      const auto indices = view.row_indices(row);
      const auto values = view.row_values(row);
      rows.indices.insert(rows.indices.end(), indices.begin(), indices.end());
      rows.values.insert(rows.values.end(), values.begin(), values.end());
    }
    rows.indptr.push_back(static_cast<std::int64_t>(rows.indices.size()));
  }
  table.rows = std::move(rows);
}

/// Takes the rows of the items with a mark off.
void drop(FeatureTable& table, const std::vector<std::uint8_t>& dropped) {
  std::vector<Index> from(table.present.size());
  for (std::size_t i = 0; i < from.size(); ++i) {
    if (dropped[i] != 0) table.present[i] = 0;
    from[i] = table.present[i] != 0 ? static_cast<Index>(i) : -1;
  }
  reorder(table, from);
}

void shuffle(FeatureTable& table, Rng& rng) {
  std::vector<Index> present;
  for (std::size_t i = 0; i < table.present.size(); ++i) {
    if (table.present[i] != 0) present.push_back(static_cast<Index>(i));
  }
  auto drawn = present;
  rng.shuffle(drawn);
  std::vector<Index> from(table.present.size(), -1);
  for (std::size_t k = 0; k < present.size(); ++k) from[static_cast<std::size_t>(present[k])] = drawn[k];
  reorder(table, from);
}

/// `count` distinct columns, rising.
std::vector<std::int32_t> draw_columns(std::size_t count, Index cols, Rng& rng) {
  std::vector<std::int32_t> out;
  while (out.size() < count) {
    while (out.size() < count)
      out.push_back(static_cast<std::int32_t>(rng.below(static_cast<std::uint64_t>(cols))));
    std::ranges::sort(out);
    out.erase(std::unique(out.begin(), out.end()), out.end());
  }
  return out;
}

void fill_with_noise(math::Csr& rows, Rng& rng) {
  for (std::size_t i = 0; i + 1 < rows.indptr.size(); ++i) {
    const auto begin = rows.indptr[i];
    const auto columns = draw_columns(static_cast<std::size_t>(rows.indptr[i + 1] - begin), rows.cols, rng);
    std::ranges::copy(columns, rows.indices.begin() + begin);
  }
  for (auto& value : rows.values) value = static_cast<float>(rng.normal());
}

void fill_with_noise(FeatureTable& table, Rng& rng) {
  table.columns.clear();
  if (table.is_sparse()) return fill_with_noise(std::get<math::Csr>(table.rows), rng);
  auto& rows = std::get<math::Matrix>(table.rows);
  for (Index i = 0; i < rows.rows(); ++i) {
    if (table.present[static_cast<std::size_t>(i)] == 0) continue;
    for (auto& value : rows.row(i)) value = static_cast<float>(rng.normal());
  }
}

void keep_presence(FeatureTable& table) {
  math::Matrix rows(table.items(), 1);
  for (Index i = 0; i < rows.rows(); ++i) rows(i, 0) = table.present[static_cast<std::size_t>(i)];
  table.rows = std::move(rows);
  table.columns = {"has " + table.name};
  std::ranges::fill(table.present, std::uint8_t{1});
}

bool is_changed(const FeatureTable& table, const Variation& variation) {
  return std::ranges::find(variation.features, table.name) != variation.features.end();
}

/// A mark for `share` of the items that have one of the features that change.
std::vector<std::uint8_t> draw_dropped(const Tables& tables, const Variation& variation, Rng& rng) {
  std::vector<std::uint8_t> present(tables.empty() ? 0 : tables.front()->present.size());
  for (const auto& table : tables) {
    if (!is_changed(*table, variation)) continue;
    for (std::size_t i = 0; i < present.size(); ++i) present[i] |= table->present[i];
  }
  std::vector<std::size_t> items;
  for (std::size_t i = 0; i < present.size(); ++i) {
    if (present[i] != 0) items.push_back(i);
  }
  rng.shuffle(items);
  items.resize(static_cast<std::size_t>(std::llround(variation.share * static_cast<double>(items.size()))));
  std::vector<std::uint8_t> dropped(present.size());
  for (const auto item : items) dropped[item] = 1;
  return dropped;
}

}  // namespace

Tables varied_tables(const Tables& tables, const Variation& variation, std::uint64_t seed) {
  using Change = Variation::Change;
  require(variation.share >= 0.0 && variation.share <= 1.0, "a share must be in [0, 1], got {}",
          variation.share);
  std::vector<std::uint8_t> dropped;
  if (variation.change == Change::dropped) {
    Rng rng(seed);
    dropped = draw_dropped(tables, variation, rng);
  }
  Tables out;
  for (const auto& table : tables) {
    if (variation.change == Change::replaced || !is_changed(*table, variation)) {
      out.push_back(table);
      continue;
    }
    auto varied = std::make_shared<FeatureTable>(*table);
    Rng rng(xxh64(table->name, seed));
    switch (variation.change) {
      case Change::removed: drop(*varied, std::vector<std::uint8_t>(table->present.size(), 1)); break;
      case Change::noise: fill_with_noise(*varied, rng); break;
      case Change::shuffled: shuffle(*varied, rng); break;
      case Change::presence: keep_presence(*varied); break;
      case Change::dropped: drop(*varied, dropped); break;
      case Change::replaced: break;
    }
    out.push_back(std::move(varied));
  }
  return out;
}

VariedTrain replaced_train(const RunSplit& split, double share, std::uint64_t seed) {
  const data::Interactions* const taken[] = {&split.test, &split.choice, &split.test_masked};
  auto train = data::with_random_items(split.train, share, seed, taken);
  auto masked = data::united(split.test_masked, train);
  return {std::move(train), std::move(masked)};
}

}  // namespace medley::engine
