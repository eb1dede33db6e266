#pragma once

#include "medley/features/audio/sound.h"
#include "medley/features/field_values.h"
#include "medley/features/video/clip.h"
#include "medley/media/image/decode.h"

#include <string>
#include <vector>

namespace medley::features {

/// What of an item an extractor is fed with.
enum class Reads { image, audio, video, text, categories, numbers };

/// The raw material of one item; only what the extractor reads is filled, in the order of `fields` in
/// medley.toml. Absent: an empty text, an empty list, NaN, a null picture, sound or clip. One item is
/// described by one thread at a time.
struct Item {
  FieldValues<std::string> texts;
  FieldValues<std::vector<std::string>> categories;
  FieldValues<double> numbers;
  const media::Image* image = nullptr;
  const Sound* sound = nullptr;
  const Clip* clip = nullptr;
};

}  // namespace medley::features
