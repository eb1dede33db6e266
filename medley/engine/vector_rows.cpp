#include "medley/engine/vector_rows.h"

#include "medley/core/error.h"

#include <cstring>
#include <span>
#include <type_traits>

namespace medley::engine {
namespace {

CachedRow row_at(const data::FeatureRows& from, math::Index i) {
  return std::visit(
      [i](const auto& rows) -> CachedRow {
        using Rows = std::decay_t<decltype(rows)>;
        if constexpr (std::is_same_v<Rows, math::Csr>) {
          fail(ErrorCode::internal, "an extractor of files with sparse rows");
        } else {
          const auto row = rows.row(i);
          if constexpr (std::is_same_v<Rows, math::Matrix>)
            return {{row.begin(), row.end()}, {}};
          else
            return {{}, {}, {reinterpret_cast<const char*>(row.data()), row.size_bytes()}};
        }
      },
      from);
}

}  // namespace

data::FeatureRows empty_rows(const features::Extractor& extractor, std::size_t items,
                             const Services& services) {
  auto out = extractor.transform({}, services).rows;
  std::visit(
      [&](auto& rows) {
        using Rows = std::decay_t<decltype(rows)>;
        if constexpr (std::is_same_v<Rows, math::Csr>)
          fail(ErrorCode::internal, "an extractor of files with sparse rows");
        else
          rows = Rows(static_cast<math::Index>(items), extractor.dim());
      },
      out);
  return out;
}

CachedRow cached_row(const features::Vectors& vectors, std::size_t i) {
  if (vectors.present[i] != 0) return row_at(vectors.rows, static_cast<math::Index>(i));
  const bool told = vectors.notes.size() > i && !vectors.notes[i].empty();
  return {{}, told ? vectors.notes[i] : "no vector"};
}

bool put_row(const CachedRow& from, data::FeatureRows& to, math::Index at) {
  return std::visit(
      [&](auto& rows) {
        using Rows = std::decay_t<decltype(rows)>;
        if constexpr (std::is_same_v<Rows, math::Csr>) {
          return false;
        } else {
          const auto row = rows.row(at);
          const bool dense = std::is_same_v<Rows, math::Matrix>;
          const auto bytes =
              dense ? std::as_bytes(std::span(from.values)) : std::as_bytes(std::span(from.raw));
          if (bytes.size() != row.size_bytes()) return false;
          std::memcpy(row.data(), bytes.data(), bytes.size());
          return true;
        }
      },
      to);
}

}  // namespace medley::engine
