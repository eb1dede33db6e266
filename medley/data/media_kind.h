#pragma once

#include <array>
#include <cstddef>
#include <cstdint>

namespace medley::data {

/// A kind of media file that an item can have.
enum class MediaKind : std::uint8_t { image, audio, video };

inline constexpr std::array kMediaKinds{MediaKind::image, MediaKind::audio, MediaKind::video};

/// What medley.toml, the store and an exported column call it.
constexpr const char* name_of(MediaKind kind) {
  constexpr std::array kNames{"image", "audio", "video"};
  return kNames[static_cast<std::size_t>(kind)];
}

/// What people call one such file.
constexpr const char* word_for(MediaKind kind) {
  constexpr std::array kWords{"picture", "sound", "clip"};
  return kWords[static_cast<std::size_t>(kind)];
}

/// One value for each kind of media file.
template <class Value>
struct PerMedia {
  std::array<Value, kMediaKinds.size()> values{};

  Value& operator[](MediaKind kind) { return values[static_cast<std::size_t>(kind)]; }
  const Value& operator[](MediaKind kind) const { return values[static_cast<std::size_t>(kind)]; }
};

}  // namespace medley::data
