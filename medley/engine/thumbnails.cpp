#include "medley/engine/thumbnails.h"

#include "medley/core/archive.h"
#include "medley/core/error.h"
#include "medley/core/file.h"
#include "medley/core/hash.h"
#include "medley/media/image/thumbnail.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>

namespace medley::engine {
namespace {

constexpr std::uint64_t kMaxFileBytes = std::uint64_t{64} << 20;
constexpr auto kKind = "thumbnails";

/// By the hash of the content; "" for content that is no picture.
using Known = std::map<std::string, std::string>;

Known read_cache(const std::filesystem::path& path, const Services& services) {
  Known out;
  if (path.empty() || !std::filesystem::exists(path)) return out;
  try {
    const ArchiveReader in(path, kKind);
    const auto hashes = in.get_texts("hashes");
    const auto pictures = in.get_texts("pictures");
    if (hashes.size() != pictures.size()) fail(ErrorCode::corrupt_data, "'{}' is damaged", path.string());
    for (std::size_t i = 0; i < hashes.size(); ++i) out[hashes[i]] = pictures[i];
  } catch (const Error& error) {
    services.warn(fmt::format("thumbnails are made again: {}", error.what()));
  }
  return out;
}

void write_cache(const std::filesystem::path& path, const Known& known, const Services& services) {
  try {
    std::filesystem::create_directories(path.parent_path());
    std::vector<std::string> hashes;
    std::vector<std::string> pictures;
    for (const auto& [hash, picture] : known) {
      hashes.push_back(hash);
      pictures.push_back(picture);
    }
    ArchiveWriter out(path, kKind);
    out.put_texts("hashes", hashes);
    out.put_texts("pictures", pictures);
    out.commit();
  } catch (const std::exception& error) {
    services.warn(fmt::format("thumbnails are not kept: {}", error.what()));
  }
}

struct Thumbnail {
  std::string hash;
  std::string picture;
  bool made = false;
};

Thumbnail thumbnail_of(const std::string& path, const media::DecodeLimits& limits, const Known& known) {
  Thumbnail slot;
  try {
    const auto bytes = read_file(path, kMaxFileBytes);
    slot.hash = content_hash(bytes);
    if (const auto found = known.find(slot.hash); found != known.end()) {
      slot.picture = found->second;
      return slot;
    }
    slot.made = true;
    const auto decoded = media::decode_image(std::as_bytes(std::span(bytes)), limits, media::kThumbnailSide);
    if (decoded.image) slot.picture = media::thumbnail(*decoded.image);
  } catch (const Error&) {
    slot.picture = {};  // counted as broken; `medley check` says why
  }
  return slot;
}

}  // namespace

Thumbnails make_thumbnails(std::span<const std::string> paths, const media::DecodeLimits& limits,
                           const std::filesystem::path& cache, const Services& services) {
  Thumbnails out;
  out.webp.resize(paths.size());
  auto known = read_cache(cache, services);
  const auto n = static_cast<std::int64_t>(paths.size());
  services.progress.begin("thumbnails", n);
  constexpr std::int64_t kFiles = 256;
  for (std::int64_t begin = 0; begin < n; begin += kFiles) {
    services.cancel.check();
    const auto size = std::min(kFiles, n - begin);
    std::vector<Thumbnail> slots(static_cast<std::size_t>(size));
    parallel_for(services.pool, size, 1, [&](std::int64_t i, std::int64_t) {
      const auto& path = paths[static_cast<std::size_t>(begin + i)];
      if (!path.empty()) slots[static_cast<std::size_t>(i)] = thumbnail_of(path, limits, known);
    });
    for (std::int64_t i = 0; i < size; ++i) {
      const auto at = static_cast<std::size_t>(begin + i);
      auto& slot = slots[static_cast<std::size_t>(i)];
      if (paths[at].empty()) continue;
      if (slot.picture.empty()) ++out.broken;
      if (slot.made) {
        ++out.made;
        known[slot.hash] = slot.picture;
      }
      out.webp[at] = std::move(slot.picture);
    }
    services.progress.at(begin + size);
  }
  services.progress.end();
  if (out.made > 0 && !cache.empty()) write_cache(cache, known, services);
  return out;
}

}  // namespace medley::engine
