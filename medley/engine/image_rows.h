#pragma once

#include "medley/core/services.h"
#include "medley/data/check/check.h"
#include "medley/engine/row_cache.h"
#include "medley/features/extractor.h"
#include "medley/media/image/decode.h"

#include <cstdint>
#include <span>
#include <string>
#include <vector>

namespace medley::engine {

struct ImageRows {
  math::Matrix rows;                  ///< [paths x dim]
  std::vector<std::uint8_t> present;  ///< 1 where the path gave a vector
  std::vector<std::string> reasons;   ///< why not, where there is a path
  std::int64_t computed = 0;
  std::int64_t reused = 0;
};

/// One row a path ("" = no picture). Files are read, looked up in `cache` by their content, and else decoded
/// and given to the extractor, in parallel; new rows go to the cache after each block, so that an
/// interruption loses a block at most.
ImageRows image_rows(std::span<const std::string> paths, const features::Extractor& extractor,
                     const media::DecodeLimits& limits, RowCache& cache, const Services& services);

/// Decodes the file: why it is no picture, or its perceptual hash.
data::PictureLook look_at_image(const std::string& path, const media::DecodeLimits& limits);

}  // namespace medley::engine
