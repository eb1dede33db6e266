#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <string>

struct AVFrame;
struct AVStream;

namespace medley::media {

enum class Track { audio, video };

/// Reads the frames of the best audio or video track of a file in memory, in the order in which they are
/// shown, by FFmpeg. Only self-contained formats are opened (WAV, AIFF, FLAC, MP3, AAC, Ogg, Matroska and
/// WebM, MP4 and MOV, AVI, ASF, MPEG): no playlist, no network, no second file. One thread decodes.
///
/// A file whose container says that bytes are missing at its end (av/cut_file.h) is refused unread.
///
/// What cannot be decoded within two minutes is given up: no file that is worth it takes a tenth of that.
///
/// FFmpeg's messages are switched off for the whole process.
///
/// Not thread-safe. Bad bytes never throw: `fault` says what is wrong. The bytes outlive the reader.
class TrackReader {
 public:
  /// Frames that declare more than `max_pixels` are refused before memory is taken, those of a sound's cover
  /// picture too.
  TrackReader(std::span<const std::byte> bytes, Track track, std::int64_t max_pixels);
  ~TrackReader();
  TrackReader(const TrackReader&) = delete;
  TrackReader& operator=(const TrackReader&) = delete;

  /// Why there is nothing to read, or nothing more, or "".
  const std::string& fault() const;

  /// The track, where there is no fault.
  const AVStream& stream() const;

  /// The next frame, valid until the next call; null at the end.
  const AVFrame* next();

  /// Packets of the track that were read, and those of them that the decoder refused or that the container
  /// marks as corrupt.
  std::int64_t packets() const;
  std::int64_t bad_packets() const;

  /// Frames that were handed out, and those of them that the decoder made in part of what was around.
  std::int64_t frames() const;
  std::int64_t damaged_frames() const;

  /// Seconds that the file claims to last; 0 where it does not say, and where there is a fault.
  double claimed_seconds() const;

 private:
  struct State;
  std::unique_ptr<State> state_;
};

/// Why what came out of a reader so far is not to be used, or "": it has a fault, or more than a twentieth of
/// its packets cannot be decoded, or of its frames are damaged.
std::string broken_packets(const TrackReader& reader);

/// The same at the end of a file, which is broken, too, when less than nine tenths of the seconds that it
/// claims came out of it.
std::string broken_track(const TrackReader& reader, double seconds_read);

}  // namespace medley::media
