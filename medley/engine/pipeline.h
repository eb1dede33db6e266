#pragma once

#include "medley/core/archive.h"
#include "medley/core/services.h"
#include "medley/data/catalog.h"
#include "medley/engine/content.h"
#include "medley/engine/plugins.h"
#include "medley/engine/workspace.h"
#include "medley/features/extractor.h"

#include <map>
#include <memory>
#include <span>
#include <string>
#include <vector>

namespace medley::engine {

/// An item that is not in the catalogue, as someone describes it: columns of the catalogue by their names.
struct NewItem {
  std::string id;
  std::map<std::string, std::string> texts{};
  std::map<std::string, std::vector<std::string>> categories{};
  std::map<std::string, double> numbers{};
  data::PerMedia<std::string> files{};  ///< paths of its media files, or ""
};

/// How the features of a catalogue are made: each extractor with its parameters, its columns and what it
/// learned. Kept in every model file, so that an item that comes later gets the vectors that it would have
/// had. Const and thread-safe after construction.
class Pipeline {
 public:
  Pipeline() = default;

  /// That of the workspace's extracted features; features whose vectors were made elsewhere have no part in
  /// it. Throws `corrupt_data` for a state that cannot be read.
  static Pipeline of(const Workspace& workspace, const data::Catalog& catalog,
                     const features::Registry& extractors);

  void save(ArchiveWriter& out) const;
  /// Throws `not_found` or `invalid_argument` where a file that an extractor needs (a network) is gone or
  /// another.
  static Pipeline load(const ArchiveReader& in, const features::Registry& extractors);

  /// The vectors of the items: one table a feature, one row an item. Throws `invalid_argument` naming item
  /// and field for a field that the catalogue lacks (with the nearest) or holds otherwise, for a media file
  /// that cannot be decoded or gives no vector, and for an item that gets none in any feature, with the
  /// reasons.
  Tables transform(std::span<const NewItem> items, const Services& services) const;

  /// Columns of the catalogue by what they hold.
  const std::vector<std::string>& texts() const { return texts_; }
  const std::vector<std::string>& categories() const { return categories_; }
  const std::vector<std::string>& numbers() const { return numbers_; }
  /// Whether any feature is made of what `reads` says.
  bool has(features::Reads reads) const;
  bool empty() const { return steps_.empty(); }

 private:
  struct Step {
    FeatureConfig feature;
    std::map<std::string, std::string> files;  ///< content of each that a parameter names
    std::shared_ptr<const features::Extractor> extractor;
  };

  data::Catalog catalog_of(std::span<const NewItem> items) const;
  void require_readers(std::span<const NewItem> items) const;
  void require_files(std::span<const NewItem> items, const Tables& tables,
                     const std::vector<std::vector<std::string>>& notes) const;

  std::vector<Step> steps_;
  std::vector<std::string> texts_;
  std::vector<std::string> categories_;
  std::vector<std::string> numbers_;
  std::int64_t max_pixels_ = 0;
  double max_seconds_ = 0.0;
};

}  // namespace medley::engine
