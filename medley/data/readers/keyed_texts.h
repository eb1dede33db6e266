#pragma once

#include "medley/data/dataset.h"

#include <cstdint>
#include <filesystem>
#include <map>
#include <string>

namespace medley::data {

/// Reads one JSON object whose keys are ids and whose values are texts ({"2001": "A German band ..."}), as
/// other tools write the descriptions that they made. Throws `not_found`, `io`, `limit` above 1 GB, and
/// `corrupt_data` for what is no such object and for an id that stands twice.
std::map<std::string, std::string> read_keyed_texts(const std::filesystem::path& path);

/// Adds the texts as a column of the catalogue; returns how many of them belong to no item of the dataset.
/// Throws `invalid_argument` for a column that is there already.
std::int64_t add_texts(Dataset& dataset, const std::string& column,
                       const std::map<std::string, std::string>& texts);

}  // namespace medley::data
