#pragma once

#include <filesystem>

namespace medley::data {

/// One of the file layouts that MovieLens was published in.
struct MovielensLayout {
  const char* events;
  const char* items;
  const char* tags;  ///< "" where the layout has none
  const char* delimiter;
  bool own_header;  ///< a header row, RFC 4180 quoting, UTF-8; else none of them
};

/// The layout that a folder holds, or of a file of events by its extension; null where there is none.
const MovielensLayout* movielens_layout(const std::filesystem::path& path);

}  // namespace medley::data
