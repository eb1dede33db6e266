#pragma once

#include "medley/core/services.h"
#include "medley/media/image/decode.h"

#include <cstdint>
#include <filesystem>
#include <span>
#include <string>
#include <vector>

namespace medley::engine {

struct Thumbnails {
  std::vector<std::string> webp;  ///< one a path; "" for no path and for what is no picture
  std::int64_t broken = 0;        ///< paths that gave none
  std::int64_t made = 0;          ///< the rest came from the cache
};

/// Small pictures of the files (media/image/thumbnail.h), made in parallel. `cache` is a file that keeps them
/// by the content they were made from ("" = none); one that is damaged or cannot be written costs a warning
/// and time, never the answer. Throws `interrupted`.
Thumbnails make_thumbnails(std::span<const std::string> paths, const media::DecodeLimits& limits,
                           const std::filesystem::path& cache, const Services& services);

}  // namespace medley::engine
