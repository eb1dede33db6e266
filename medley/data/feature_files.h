#pragma once

#include "medley/data/feature_table.h"

#include <filesystem>
#include <functional>
#include <optional>
#include <span>
#include <string>
#include <vector>

namespace medley::data {

/// A table with the ids of its rows.
struct StoredFeatures {
  FeatureTable table;
  std::vector<std::string> ids;
};

/// Writes `folder/<table.name>` and what stands beside it; NumPy reads all arrays:
///   dense: NAME.npy; sparse: NAME.indptr.npy, NAME.indices.npy, NAME.data.npy (as scipy.sparse.csr_matrix
///   takes them); NAME.ids (one id a line; \\, \n and \r are escaped), NAME.mask (uint8, .npy format),
///   NAME.columns where columns have names; NAME.key, written last: what the vectors were made from.
/// A set of files without a .key is one that was cut short. Throws `io`.
/// `write_more` may put `.state` and `.absent.csv` into the folder that it is given: they are part of the
/// set.
void save_features(const std::filesystem::path& folder, const FeatureTable& table,
                   std::span<const std::string> ids, const std::string& key,
                   const std::function<void(const std::filesystem::path&)>& write_more = {});

/// The key of a whole set of files, or nothing.
std::optional<std::string> stored_key(const std::filesystem::path& folder, const std::string& name);

/// Throws `not_found`, and `corrupt_data` when the files do not fit each other (naming both counts).
StoredFeatures load_features(const std::filesystem::path& folder, const std::string& name);

/// Vectors made elsewhere: a .npy of [rows x dim]. With a .ids file beside it, that names the rows. Else they
/// go by number: row r is the item whose id is "r", and an item whose id is no such number, or one beyond the
/// rows, is refused: the order in which a program met the items says nothing of a file that another one made.
/// All-zero rows count as absent. Throws as `load_npy`, and `corrupt_data` naming the counts or the id.
StoredFeatures load_vectors(const std::filesystem::path& path, const IdMap& items);

/// The rows of `stored` in the order of `items`; items that are not in it are absent, ids that are not items
/// are dropped.
FeatureTable aligned(const StoredFeatures& stored, const IdMap& items);

}  // namespace medley::data
