#pragma once

#include "medley/math/csr.h"
#include "medley/math/top_k.h"
#include "medley/models/recommender.h"
#include "medley/models/stored.h"

namespace medley::models {

/// Queries whose intermediate results a model holds at a time, where these are wide.
inline constexpr math::Index kQueryBlock = 256;

/// Throws `invalid_argument` unless `history` rises strictly within [0, items).
void check_history(std::span<const ItemId> history, math::Index items);

/// What every `score` asks of its caller: `out` is [queries x items] and the histories hold.
void check_queries(std::span<const Query> queries, math::Index items, math::MatrixView<float> out);

/// Throws `invalid_argument` unless `data` has interactions; returns them.
const data::Interactions& interactions_of(const TrainingData& data);

/// Throws `limit` (asks for the way past it in `advice`) unless `items` squared fits what `max_items` allows.
void check_square(const char* model, math::Index items, int max_items, const char* advice);

/// The number of items that a model saved as "items". Throws `corrupt_data` when it is not possible.
math::Index items_in(const ArchiveReader& in);

/// out.row(q) = sum of the rows of `matrix` [items x items] named by the history of query q, in the order of
/// the history. The queries must have been checked.
void sum_rows(std::span<const Query> queries, const math::CsrView& matrix, math::MatrixView<float> out,
              ThreadPool& pool);
void sum_rows(std::span<const Query> queries, math::MatrixView<const float> matrix,
              math::MatrixView<float> out, ThreadPool& pool);

/// The score of `item` by `sum_rows`, one share a history item. Checks both.
Explanation explain_rows(const Query& query, const math::CsrView& matrix, ItemId item, const char* term);

/// [n x n] with row j = `columns[j]`, the weights of target j, which it sorts by item.
math::Csr by_target(std::vector<std::vector<math::Scored>>& columns);

/// As `StoredCsr::load`; throws `corrupt_data` also unless the matrix is square.
StoredCsr load_square(const ArchiveReader& in, std::string_view name);

}  // namespace medley::models
