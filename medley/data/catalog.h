#pragma once

#include "medley/data/id_map.h"

#include <cstdint>
#include <string>
#include <vector>

namespace medley::data {

/// The category column of what users, not the catalogue, call an item (MovieLens' tags.csv). It is written
/// after an item's release and tells how popular it is, so a feature reads it only where it names it.
inline constexpr const char* kTagsField = "tags";

/// What is known of each item; every column has one entry an item of the dataset's item map.
/// Absent: an empty text, an empty list, NaN, an empty path.
struct Catalog {
  struct Texts {
    std::string name;
    std::vector<std::string> values;  ///< well-formed UTF-8, as read (markup not cleaned)
  };
  struct Categories {
    std::string name;
    std::vector<std::vector<std::string>> values;
  };
  struct Numbers {
    std::string name;
    std::vector<double> values;
  };

  std::vector<Texts> texts;
  std::vector<Categories> categories;
  std::vector<Numbers> numbers;
  std::vector<std::string>
      images;  ///< path of the picture file, "" where there is none; or no entries at all
  std::vector<std::uint8_t> has_row;  ///< 1 where the catalogue has a row for the item

  /// The column, or null.
  const Texts* text(const std::string& name) const;
  const Categories* category(const std::string& name) const;
  const Numbers* number(const std::string& name) const;

  /// Gives every column `items` entries; new ones are absent.
  void resize(std::int32_t items);
};

}  // namespace medley::data
