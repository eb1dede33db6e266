#pragma once

#include "medley/core/file.h"

#include "tests/test_data.h"

#include <string>

namespace medley::media {

/// A file of tests/media/data (tools/fixtures/clips.py makes the sounds and clips).
inline std::string fixture(const std::string& name) {
  return read_file(test_data("media/data/" + name), 1 << 20);
}

}  // namespace medley::media
