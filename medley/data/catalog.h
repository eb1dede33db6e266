#pragma once

#include "medley/data/events.h"
#include "medley/data/id_map.h"
#include "medley/data/media_kind.h"

#include <cstdint>
#include <string>
#include <vector>

namespace medley::data {

/// The category column of what users, not the catalogue, call an item (MovieLens' tags.csv). It is written
/// after an item's release and tells how popular it is, so a feature reads it only where it names it.
inline constexpr const char* kTagsField = "tags";

/// When an item may be listed.
struct Availability {
  bool listed = true;            ///< false where the catalogue says no, or does not name the item any more
  std::int64_t from = kNoTime;   ///< its first second
  std::int64_t until = kNoTime;  ///< the first second after it

  bool at(std::int64_t time) const { return listed && time >= from && (until == kNoTime || time < until); }
  bool operator==(const Availability&) const = default;
};

/// What is known of each item; every column has one entry an item of the dataset's item map. Absent: an empty
/// text, an empty list, NaN, an empty path.
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
  /// Paths of the media files, "" where there is none; or no entries at all.
  PerMedia<std::vector<std::string>> files;
  std::vector<Availability> availability;  ///< or no entries at all: every item may be listed
  std::vector<std::uint8_t> has_row;       ///< 1 where the catalogue has a row for the item

  /// The column, or null.
  const Texts* text(const std::string& name) const;
  const Categories* category(const std::string& name) const;
  const Numbers* number(const std::string& name) const;

  /// Whether the item may be listed at `time`, in seconds since 1970 UTC.
  bool available(ItemId item, std::int64_t time) const {
    return availability.empty() || availability[static_cast<std::size_t>(item)].at(time);
  }

  /// Gives every column `items` entries; new ones are absent.
  void resize(std::int32_t items);
};

}  // namespace medley::data
