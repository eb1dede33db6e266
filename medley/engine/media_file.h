#pragma once

#include "medley/core/services.h"
#include "medley/data/catalog.h"
#include "medley/data/check/check.h"
#include "medley/features/extractor.h"
#include "medley/media/audio/decode.h"
#include "medley/media/image/decode.h"
#include "medley/media/video/frames.h"

#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace medley::engine {

/// What of a media file is decoded at most; `[limits]` of medley.toml.
struct MediaLimits {
  media::DecodeLimits image;
  media::AudioLimits audio;
  media::VideoLimits video;

  static MediaLimits of(std::int64_t max_pixels, double max_seconds);
};

/// The kind of file that an extractor reads; none for text, categories and numbers.
std::optional<data::MediaKind> file_kind(features::Reads reads);

/// Of an item's files the one that an extractor of the kind reads, "" where there is none: of a sound, the
/// clip where there is no audio file.
const std::string& file_for(data::MediaKind kind, const data::PerMedia<std::string>& files);

/// The same of each item of a catalogue, or of a block of one.
std::vector<std::string> files_of(const data::Catalog& catalog, data::MediaKind kind, std::int32_t items);

/// The bytes of a media file. Throws `io`, also for one above the limit of its kind: 64 MB (image), 256 MB
/// (audio), 1 GB (video).
std::string read_media(const std::string& path, data::MediaKind kind);

/// A media file as extractors take it. A picture is decoded once a reduction, and a sound once a rate, when
/// an extractor asks for it, a clip at each walk. Used by one thread at a time.
class MediaFile {
 public:
  MediaFile(std::string bytes, data::MediaKind kind, const MediaLimits& limits);
  MediaFile(const MediaFile&) = delete;
  MediaFile& operator=(const MediaFile&) = delete;

  /// Why a picture cannot be decoded, or "". Of sounds and clips the extractor says it. What is decoded for
  /// an extractor depends on its `min_side` and on nothing that is asked for besides.
  std::string reason(int min_side);

  /// Valid as long as this object.
  features::Item item(int min_side);

 private:
  const media::Decoded& picture(int min_side);

  std::string bytes_;
  data::MediaKind kind_;
  media::DecodeLimits limits_;
  std::map<int, media::Decoded> pictures_;  ///< by what their sides were divided by
  std::optional<features::Sound> sound_;
  std::optional<features::Clip> clip_;
};

/// Decodes the file: why it is no picture, or its perceptual hash.
data::PictureLook look_at_image(const std::string& path, const media::DecodeLimits& limits);

}  // namespace medley::engine
