#pragma once

#include "medley/core/error.h"
#include "medley/data/readers/source.h"

#include "tests/data/temp_folder.h"

#include <map>
#include <string>
#include <vector>

namespace medley::data {

/// Keeps what a reader finds, as owned values.
class Recorder final : public RowSink {
 public:
  struct Event {
    std::string user;
    std::string item;
    float value = 0;
    std::int64_t time = 0;
    std::string kind;
    std::optional<Part> label;

    bool operator==(const Event&) const = default;
  };
  /// Rows of one id joined, as `RowSink` says.
  struct Item {
    std::map<std::string, std::string> texts;
    std::map<std::string, std::vector<std::string>> categories;
    std::map<std::string, double> numbers;
    std::string image;
    std::string audio;
    std::optional<Availability> availability;
  };

  void event(const EventRow& row) override {
    events.push_back({std::string(row.user), std::string(row.item), row.value, row.time,
                      std::string(row.kind), row.label});
  }
  void item(const ItemRow& row) override {
    auto& item = items[std::string(row.id)];
    for (const auto& [field, text] : row.texts) item.texts[std::string(field)] = text;
    for (const auto& [field, values] : row.categories) item.categories[std::string(field)] = values;
    for (const auto& [field, number] : row.numbers) item.numbers[std::string(field)] = number;
    if (const auto& path = row.files[medley::data::MediaKind::image]; !path.empty()) item.image = path;
    if (const auto& path = row.files[medley::data::MediaKind::audio]; !path.empty()) item.audio = path;
    if (row.availability) item.availability = row.availability;
  }
  void bad(const BadRow& row) override { bads.push_back(row); }

  std::vector<Event> events;
  std::map<std::string, Item> items;
  std::vector<BadRow> bads;
};

inline Recorder read(const std::filesystem::path& path, const ImportOptions& import,
                     const CatalogOptions& catalog = {}) {
  Recorder recorder;
  QuietServices services(1);
  const Services given = services;
  read_source(path, import, catalog, recorder, given);
  return recorder;
}

inline ImportOptions format(const std::string& name) {
  ImportOptions options;
  options.format = name;
  return options;
}

/// The message of the error that `body` throws.
template <class Body>
std::string error_of(Body body) {
  try {
    body();
  } catch (const Error& error) {
    return error.what();
  }
  return "no error";
}

}  // namespace medley::data
