#pragma once

#include "medley/data/store/import.h"

#include <functional>
#include <string>
#include <string_view>

namespace medley::data {

inline EventRow event_row(std::string_view user, std::string_view item, std::int64_t time = kNoTime,
                          float value = 1.0f, std::string_view kind = "event") {
  EventRow out;
  out.user = user;
  out.item = item;
  out.kind = kind;
  out.value = value;
  out.time = time;
  return out;
}

/// One import of what `fill` writes.
inline ImportResult import_rows(Store& store, const std::function<void(RowSink&)>& fill,
                                Quarantine* quarantine = nullptr) {
  Quarantine own;
  Import import(store, "test", quarantine ? *quarantine : own);
  fill(import);
  return import.commit();
}

/// Everything that a dataset holds, as text: two stores are equal if these are.
inline std::string as_text(const Dataset& data) {
  std::string text;
  const auto& log = data.log;
  for (std::size_t i = 0; i < log.events.size(); ++i) {
    const auto& e = log.events[i];
    text += data.users.id(e.user) + "|" + data.items.id(e.item) + "|" +
            log.kinds[static_cast<std::size_t>(e.kind)] + "|" + std::to_string(e.time) + "|" +
            std::to_string(e.value) + "|" +
            (log.labels.empty() ? "" : std::to_string(static_cast<int>(log.labels[i]))) + "\n";
  }
  for (ItemId item = 0; item < data.item_count(); ++item) {
    const auto k = static_cast<std::size_t>(item);
    text += data.items.id(item) + ":" + std::to_string(data.catalog.has_row[k]);
    for (const auto& column : data.catalog.texts) text += "|" + column.name + "=" + column.values[k];
    for (const auto& column : data.catalog.categories) {
      text += "|" + column.name + "=";
      for (const auto& value : column.values[k]) text += value + ";";
    }
    for (const auto& column : data.catalog.numbers) {
      text += "|" + column.name + "=" + std::to_string(column.values[k]);
    }
    if (!data.catalog.files[medley::data::MediaKind::image].empty())
      text += "|" + data.catalog.files[medley::data::MediaKind::image][k];
    text += "\n";
  }
  return text;
}

}  // namespace medley::data
