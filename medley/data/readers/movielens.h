#pragma once

#include <filesystem>

namespace medley::data {

/// One of the file layouts that MovieLens was published in.
struct MovielensLayout {
  const char* events;
  const char* items;
  const char* delimiter;
  bool own_header;  ///< a header row, RFC 4180 quoting, UTF-8; else none of them
};

/// The layout that `folder` holds, or null.
const MovielensLayout* movielens_layout(const std::filesystem::path& folder);

}  // namespace medley::data
