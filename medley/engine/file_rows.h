#pragma once

#include "medley/core/services.h"
#include "medley/engine/media_file.h"
#include "medley/engine/row_cache.h"
#include "medley/features/extractor.h"

#include <cstdint>
#include <span>
#include <string>
#include <vector>

namespace medley::engine {

/// A feature whose extractor reads files, and what it made before.
struct FileFeature {
  const features::Extractor& extractor;
  RowCache& cache;
};

/// The rows of one feature.
struct FileRows {
  data::FeatureRows rows;             ///< [paths x dim], dense or raw
  std::vector<std::uint8_t> present;  ///< 1 where the path gave a vector
  std::vector<std::string> reasons;   ///< why not, where there is a path
  std::int64_t computed = 0;
  std::int64_t reused = 0;
  /// Its share of the pass: of the time of all threads, its own and an equal part of what was shared.
  double seconds = 0.0;
};

/// One row a path ("" = no file) for each feature, in one pass: a file is read and hashed once, and what a
/// cache lacks is decoded once for all features (a picture once a reduction that they ask for: a row does not
/// depend on the features beside it), in parallel over files. Features that take many items at once
/// (`features::Batched`) do so while the next files are decoded. New rows go to the caches after each block,
/// so that an interruption loses two blocks at most. In memory: the files of as many threads as there are,
/// decoded, and what the latter features need of two blocks.
std::vector<FileRows> file_rows(std::span<const std::string> paths, data::MediaKind kind,
                                std::span<const FileFeature> features, const MediaLimits& limits,
                                const Services& services);

}  // namespace medley::engine
