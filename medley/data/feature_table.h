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

/// The vectors of one modality, one row an item of the dataset, and which rows are there.
/// No code may read a row whose bit is off; such rows are stored as zeros.
struct FeatureTable {
  std::string name;       ///< of the [features.NAME] section, or the file's stem
  std::string modality;   ///< image, text, category, number, audio, ...
  std::string extractor;  ///< plugin that made it, "" for vectors made elsewhere
  std::variant<math::Matrix, math::Csr> rows;
  std::vector<std::uint8_t> present;  ///< 1 where the item has this modality
  std::vector<std::string> columns;   ///< name of each column where it has one (a word, a genre), else empty
  bool from_tags = false;             ///< made of what users wrote (`kTagsField`)

  bool is_sparse() const { return std::holds_alternative<math::Csr>(rows); }
  const math::Matrix& dense() const { return std::get<math::Matrix>(rows); }
  const math::Csr& sparse() const { return std::get<math::Csr>(rows); }
  math::Index items() const { return is_sparse() ? sparse().rows : dense().rows(); }
  math::Index dim() const { return is_sparse() ? sparse().cols : dense().cols(); }
  std::int64_t present_count() const;
};

/// Throws `corrupt_data` (naming `table.name`) unless shapes agree, values are finite and absent rows are
/// zero.
void check_table(const FeatureTable& table);

/// Unit rows of a table: views into it, with the centring that they need. The table must outlive it.
struct UnitRows {
  math::Centering centering;
  math::CenteredRows rows;
};
UnitRows unit_rows(const FeatureTable& table, bool centre = true);

}  // namespace medley::data
