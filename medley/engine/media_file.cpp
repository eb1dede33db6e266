#include "medley/engine/media_file.h"

#include "medley/core/error.h"
#include "medley/core/file.h"
#include "medley/media/image/phash.h"

#include <span>

namespace medley::engine {
namespace {

using data::MediaKind;
using features::Reads;

// Larger ones are no media of a catalogue; it bounds what a thread holds in memory.
constexpr std::uint64_t max_bytes(MediaKind kind) {
  switch (kind) {
    case MediaKind::image: return std::uint64_t{64} << 20;
    case MediaKind::audio: return std::uint64_t{256} << 20;
    case MediaKind::video: break;
  }
  return std::uint64_t{1} << 30;
}

std::span<const std::byte> view(const std::string& bytes) {
  return std::as_bytes(std::span(bytes));
}

}  // namespace

MediaLimits MediaLimits::of(std::int64_t max_pixels, double max_seconds) {
  return {{max_pixels}, {max_seconds}, {max_pixels, max_seconds}};
}

std::optional<MediaKind> file_kind(Reads reads) {
  switch (reads) {
    case Reads::image: return MediaKind::image;
    case Reads::audio: return MediaKind::audio;
    case Reads::video: return MediaKind::video;
    case Reads::text:
    case Reads::categories:
    case Reads::numbers: break;
  }
  return std::nullopt;
}

const std::string& file_for(MediaKind kind, const data::PerMedia<std::string>& files) {
  const bool by_clip = kind == MediaKind::audio && files[kind].empty();
  return files[by_clip ? MediaKind::video : kind];
}

std::vector<std::string> files_of(const data::Catalog& catalog, MediaKind kind, std::int32_t items) {
  std::vector<std::string> out;
  for (std::size_t i = 0; i < static_cast<std::size_t>(items); ++i) {
    data::PerMedia<std::string> of_item;
    for (const auto one : data::kMediaKinds) {
      if (i < catalog.files[one].size()) of_item[one] = catalog.files[one][i];
    }
    out.push_back(file_for(kind, of_item));
  }
  return out;
}

std::string read_media(const std::string& path, MediaKind kind) {
  return read_file(path, max_bytes(kind));
}

MediaFile::MediaFile(std::string bytes, MediaKind kind, const MediaLimits& limits)
    : bytes_(std::move(bytes)), kind_(kind), limits_(limits.image) {
  if (kind == MediaKind::audio) {
    sound_.emplace([this, audio = limits.audio](int rate) {
      auto decoded = media::decode_audio(view(bytes_), rate, audio);
      return features::Sound::Decoded{std::move(decoded.samples), std::move(decoded.reason)};
    });
  } else if (kind == MediaKind::video) {
    clip_.emplace([this, video = limits.video](const media::VideoWalk& how) {
      return media::walk_video(view(bytes_), video, how);
    });
  }
}

const media::Decoded& MediaFile::picture(int min_side) {
  const auto by = media::reduction(view(bytes_), min_side);
  auto found = pictures_.find(by);
  if (found == pictures_.end())
    found = pictures_.emplace(by, media::decode_image(view(bytes_), limits_, min_side)).first;
  return found->second;
}

std::string MediaFile::reason(int min_side) {
  return kind_ == MediaKind::image ? picture(min_side).reason : "";
}

features::Item MediaFile::item(int min_side) {
  features::Item out;
  if (kind_ == MediaKind::image && picture(min_side).image) out.image = &*picture(min_side).image;
  if (sound_) out.sound = &*sound_;
  if (clip_) out.clip = &*clip_;
  return out;
}

data::PictureLook look_at_image(const std::string& path, const media::DecodeLimits& limits) {
  try {
    const auto bytes = read_media(path, MediaKind::image);
    const auto decoded = media::decode_image(view(bytes), limits);
    if (!decoded.image) return {decoded.reason, std::nullopt};
    return {"", media::perceptual_hash(*decoded.image)};
  } catch (const Error& error) {
    return {error.what(), std::nullopt};
  }
}

}  // namespace medley::engine
