#include "medley/data/store/row_numbers.h"

namespace medley::data {
namespace {

constexpr std::size_t kMaxCached = 200'000;

}  // namespace

RowNumbers::RowNumbers(soci::session& sql, const std::string& table, const std::string& column)
    : insert_(
          (sql.prepare << "INSERT INTO " + table + " (" + column + ") VALUES (:id) ON CONFLICT DO NOTHING",
           soci::use(id_))),
      select_((sql.prepare << "SELECT row FROM " + table + " WHERE " + column + " = :id", soci::use(id_),
               soci::into(row_))) {}

long long RowNumbers::of(std::string_view id) {
  id_ = id;
  const auto found = cache_.find(id_);
  if (found != cache_.end()) return found->second;
  insert_.execute(true);
  select_.execute(true);
  if (cache_.size() >= kMaxCached) cache_.clear();
  cache_.emplace(id_, row_);
  return row_;
}

}  // namespace medley::data
