#include "medley/engine/image_rows.h"

#include "medley/core/error.h"
#include "medley/core/file.h"
#include "medley/core/hash.h"
#include "medley/media/image/phash.h"

#include <algorithm>

namespace medley::engine {
namespace {

constexpr std::int64_t kBlock = 64;
// A compressed picture larger than this is no catalogue picture; it bounds what a block holds in memory.
constexpr std::uint64_t kMaxFileBytes = std::uint64_t{64} << 20;

struct Slot {
  std::string hash;  ///< "" where the file could not be read
  CachedRow row;
  bool is_new = false;
};

media::Decoded decode(const std::string& bytes, const media::DecodeLimits& limits) {
  return media::decode_image(std::as_bytes(std::span(bytes)), limits);
}

void fill_slot(Slot& slot, const std::string& path, const features::Extractor& extractor,
               const media::DecodeLimits& limits, const RowCache& cache, const Services& services) {
  std::string bytes;
  try {
    bytes = read_file(path, kMaxFileBytes);
  } catch (const Error& error) {
    slot.row.reason = error.what();
    return;
  }
  slot.hash = content_hash(bytes);
  if (const auto* known = cache.find(slot.hash)) {
    slot.row = *known;
    return;
  }
  slot.is_new = true;
  const auto decoded = decode(bytes, limits);
  if (!decoded.image) {
    slot.row.reason = decoded.reason;
    return;
  }
  features::Item item;
  item.image = &*decoded.image;
  const auto vectors = extractor.transform(std::span(&item, 1), services);
  if (vectors.present.front() == 0) {
    slot.row.reason =
        vectors.notes.empty() || vectors.notes.front().empty() ? "no vector" : vectors.notes.front();
    return;
  }
  const auto row = std::get<math::Matrix>(vectors.rows).row(0);
  slot.row.values.assign(row.begin(), row.end());
}

}  // namespace

ImageRows image_rows(std::span<const std::string> paths, const features::Extractor& extractor,
                     const media::DecodeLimits& limits, RowCache& cache, const Services& services) {
  const auto n = static_cast<std::int64_t>(paths.size());
  ImageRows out{math::Matrix(n, extractor.dim()), std::vector<std::uint8_t>(paths.size()),
                std::vector<std::string>(paths.size())};
  for (std::int64_t begin = 0; begin < n; begin += kBlock) {
    services.cancel.check();
    const auto count = std::min(kBlock, n - begin);
    std::vector<Slot> slots(static_cast<std::size_t>(count));
    parallel_for(services.pool, count, 1, [&](std::int64_t i, std::int64_t) {
      const auto& path = paths[static_cast<std::size_t>(begin + i)];
      if (!path.empty())
        fill_slot(slots[static_cast<std::size_t>(i)], path, extractor, limits, cache, services);
    });
    for (std::int64_t i = 0; i < count; ++i) {
      auto& slot = slots[static_cast<std::size_t>(i)];
      const auto at = static_cast<std::size_t>(begin + i);
      if (paths[at].empty()) continue;
      if (slot.is_new) cache.add(slot.hash, slot.row);
      (slot.is_new || slot.hash.empty() ? out.computed : out.reused) += 1;
      out.reasons[at] = slot.row.reason;
      if (slot.row.reason.empty() && static_cast<std::int64_t>(slot.row.values.size()) == out.rows.cols()) {
        std::copy(slot.row.values.begin(), slot.row.values.end(), out.rows.row(begin + i).begin());
        out.present[at] = 1;
      }
    }
    cache.flush();
    services.progress.at(begin + count);
  }
  return out;
}

data::PictureLook look_at_image(const std::string& path, const media::DecodeLimits& limits) {
  try {
    const auto decoded = decode(read_file(path, kMaxFileBytes), limits);
    if (!decoded.image) return {decoded.reason, std::nullopt};
    return {"", media::perceptual_hash(*decoded.image)};
  } catch (const Error& error) {
    return {error.what(), std::nullopt};
  }
}

}  // namespace medley::engine
