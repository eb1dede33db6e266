#include "medley/models/queries.h"

#include <algorithm>
#include <limits>

namespace medley::models {
namespace {

// Queries that a thread takes at a time: few, since histories differ a lot in length.
constexpr std::int64_t kQueryGrain = 4;

}  // namespace

void check_history(std::span<const ItemId> history, math::Index items) {
  ItemId last = -1;
  for (const ItemId item : history) {
    require(item > last && item < items,
            "a history must rise within the model's {} items, got item {} after item {}", items, item, last);
    last = item;
  }
}

void check_queries(std::span<const Query> queries, math::Index items, math::MatrixView<float> out) {
  require(out.rows() == static_cast<math::Index>(queries.size()) && out.cols() == items,
          "scores of {} queries and {} items do not fit a matrix of [{} x {}]", queries.size(), items,
          out.rows(), out.cols());
  for (const auto& query : queries) check_history(query.history, items);
}

const data::Interactions& interactions_of(const TrainingData& data) {
  require(data.interactions != nullptr, "a model needs interactions to be fitted on");
  return *data.interactions;
}

void check_square(const char* model, math::Index items, int max_items, const char* advice) {
  if (items <= max_items) return;
  const double gigabytes = static_cast<double>(items) * static_cast<double>(items) * sizeof(float) / 1e9;
  fail(ErrorCode::limit, "{} keeps items x items numbers: {} items need {:.1f} GB, above max_items {}; {}",
       model, items, gigabytes, max_items, advice);
}

math::Index items_in(const ArchiveReader& in) {
  const auto items = in.get_value<std::int64_t>("items");
  if (items < 0 || items > std::numeric_limits<ItemId>::max())
    fail(ErrorCode::corrupt_data, "'{}': a model of {} items is not possible", in.path().string(), items);
  return items;
}

Explanation explain_rows(const Query& query, const math::CsrView& matrix, ItemId item, const char* term) {
  check_history(query.history, matrix.rows);
  check_history({&item, 1}, matrix.rows);
  Explanation out;
  for (const ItemId i : query.history) {
    const auto indices = matrix.row_indices(i);
    const auto at = static_cast<std::size_t>(std::ranges::lower_bound(indices, item) - indices.begin());
    const bool weighs = at < indices.size() && indices[at] == item;
    out.by_history.emplace_back(i, weighs ? matrix.row_values(i)[at] : 0.0f);
    out.score += out.by_history.back().second;
  }
  out.by_modality = {{"interactions", out.score}};
  out.by_term = {{term, out.score}};
  return out;
}

math::Csr by_target(std::vector<std::vector<math::Scored>>& columns) {
  math::Csr out;
  out.rows = out.cols = static_cast<math::Index>(columns.size());
  for (auto& column : columns) {
    std::ranges::sort(column, {}, &math::Scored::item);
    for (const auto& [item, weight] : column) {
      out.indices.push_back(item);
      out.values.push_back(weight);
    }
    out.indptr.push_back(static_cast<std::int64_t>(out.indices.size()));
  }
  return out;
}

StoredCsr load_square(const ArchiveReader& in, std::string_view name) {
  auto loaded = StoredCsr::load(in, name);
  if (loaded.view().rows != loaded.view().cols)
    fail(ErrorCode::corrupt_data, "'{}': {} of [{} x {}], expected a square", in.path().string(), name,
         loaded.view().rows, loaded.view().cols);
  return loaded;
}

void sum_rows(std::span<const Query> queries, const math::CsrView& matrix, math::MatrixView<float> out,
              ThreadPool& pool) {
  parallel_for(pool, out.rows(), kQueryGrain, [&](std::int64_t begin, std::int64_t end) {
    for (auto q = begin; q < end; ++q) {
      const auto to = out.row(q);
      std::ranges::fill(to, 0.0f);
      for (const ItemId item : queries[static_cast<std::size_t>(q)].history) {
        const auto indices = matrix.row_indices(item);
        const auto values = matrix.row_values(item);
        for (std::size_t k = 0; k < indices.size(); ++k)
          to[static_cast<std::size_t>(indices[k])] += values[k];
      }
    }
  });
}

void sum_rows(std::span<const Query> queries, math::MatrixView<const float> matrix,
              math::MatrixView<float> out, ThreadPool& pool) {
  parallel_for(pool, out.rows(), kQueryGrain, [&](std::int64_t begin, std::int64_t end) {
    for (auto q = begin; q < end; ++q) {
      const auto to = out.row(q);
      std::ranges::fill(to, 0.0f);
      for (const ItemId item : queries[static_cast<std::size_t>(q)].history) {
        const auto from = matrix.row(item);
        for (std::size_t j = 0; j < to.size(); ++j) to[j] += from[j];
      }
    }
  });
}

}  // namespace medley::models
