#pragma once

#include "medley/data/id_map.h"
#include "medley/math/centered_rows.h"
#include "medley/math/csr.h"
#include "medley/math/matrix.h"

#include <cstdint>
#include <filesystem>
#include <string>
#include <variant>
#include <vector>

namespace medley::data {

/// Vectors as float32, dense or sparse; or raw as a network reads them: bytes of pixels, numbers of words.
using FeatureRows =
    std::variant<math::Matrix, math::Csr, math::BasicMatrix<std::uint8_t>, math::BasicMatrix<std::int32_t>>;

/// The vectors of one modality, one row an item of the dataset, and which rows are there. No code may read a
/// row whose bit is off; such rows are stored as zeros.
struct FeatureTable {
  std::string name;       ///< of the [features.NAME] section, or the file's stem
  std::string modality;   ///< image, text, category, number, audio, ...
  std::string extractor;  ///< plugin that made it, "" for vectors made elsewhere
  FeatureRows rows;
  std::vector<std::uint8_t> present;  ///< 1 where the item has this modality
  std::vector<std::string> columns;   ///< name of each column where it has one (a word, a genre), else empty
  bool from_tags = false;             ///< made of what users wrote (`kTagsField`)

  bool is_sparse() const { return std::holds_alternative<math::Csr>(rows); }
  const math::Matrix& dense() const { return std::get<math::Matrix>(rows); }
  const math::Csr& sparse() const { return std::get<math::Csr>(rows); }
  /// The input of a network and nothing to compare items by: `dense` and `sparse` have no rows of it.
  bool is_raw() const { return !is_sparse() && !std::holds_alternative<math::Matrix>(rows); }
  math::Index items() const;
  math::Index dim() const;
  std::int64_t present_count() const;
};

/// Throws `corrupt_data` (naming `table.name`) unless shapes agree, values are finite and absent rows are
/// zero.
void check_table(const FeatureTable& table);

/// Unit rows of a table: views into it, with the centring that they need. The table must outlive it. Throws
/// `invalid_argument` for one that is raw.
struct UnitRows {
  math::Centering centering;
  math::CenteredRows rows;
};
UnitRows unit_rows(const FeatureTable& table, bool centre = true);

}  // namespace medley::data
