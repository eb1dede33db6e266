#pragma once

#include "medley/data/dataset.h"

#include <optional>
#include <string>
#include <vector>

namespace medley::data {

/// How a catalogue's fields stand in a CSV file, and what `[catalog]` of a medley.toml says of them so that
/// they read back as they are.
struct CatalogColumns {
  struct Field {
    std::string column;     ///< heading
    std::size_t index = 0;  ///< in the catalogue's fields of its type
    std::string separator;  ///< of categories: in none of their values
    bool shared = false;    ///< of categories: the column of a text, which the separator parts into them
  };
  std::string id;
  std::vector<Field> texts;
  std::vector<Field> categories;
  std::vector<Field> numbers;
  PerMedia<std::string> files;  ///< headings of paths; "" where there are none, as for the three below
  std::string available;
  std::string available_from;
  std::string available_until;
  PerMedia<std::string> patterns;    ///< with {id}, if all paths of the kind follow one, else ""
  std::vector<std::string> renamed;  ///< fields whose name another column has
};

/// Chooses headings, each once, and separators.
CatalogColumns catalog_columns(const Dataset& dataset);

/// `[import]` and `[catalog]` of a medley.toml for `events.csv` and, where there are columns, `catalog.csv`.
std::string workspace_toml(const std::optional<CatalogColumns>& columns);

}  // namespace medley::data
