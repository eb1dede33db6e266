#pragma once

#include "medley/core/error.h"
#include "medley/data/store/database.h"

#include <cstddef>
#include <cstdint>

namespace medley::data {

/// Runs a query and calls `row()` with each of its rows in `columns`. Inside the store only, as what follows.
// Row by row: SOCI 4.0.3 cuts 64-bit integers to 32 bits when it fetches into vectors.
template <class Row, class... Columns>
void for_each_row(soci::session& sql, const char* query, Row row, Columns&... columns) {
  soci::statement statement(sql);
  (statement.exchange(soci::into(columns)), ...);
  statement.alloc();
  statement.prepare(query);
  statement.define_and_bind();
  for (bool more = statement.execute(true); more; more = statement.fetch()) row();
}

/// Throws `corrupt_data`: the file names a row that is not there.
[[noreturn]] inline void names_none(const Database& database, long long row, std::size_t size,
                                    const char* what) {
  fail(ErrorCode::corrupt_data, "the store '{}' names {} {} of {}", database.path().string(), what, row,
       size);
}

/// A row number of the file as a dense one, from 0. Throws as `names_none`.
inline std::int32_t dense(const Database& database, long long row, std::size_t size, const char* what) {
  if (row < 1 || static_cast<std::size_t>(row) > size) names_none(database, row, size, what);
  return static_cast<std::int32_t>(row - 1);
}

}  // namespace medley::data
