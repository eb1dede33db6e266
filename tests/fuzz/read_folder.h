#pragma once

#include "medley/core/error.h"
#include "medley/core/services.h"
#include "medley/data/id_map.h"
#include "medley/data/readers/source.h"

#include <unistd.h>

#include <algorithm>
#include <cstdint>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

/// Cuts the input at its first `count` - 1 NULs.
inline std::vector<std::string_view> parts_of(const std::uint8_t* data, std::size_t size, std::size_t count) {
  std::string_view rest(reinterpret_cast<const char*>(data), size);
  std::vector<std::string_view> out;
  while (out.size() + 1 < count) {
    const auto cut = std::min(rest.find('\0'), rest.size());
    out.push_back(rest.substr(0, cut));
    rest.remove_prefix(std::min(cut + 1, rest.size()));
  }
  out.push_back(rest);
  return out;
}

/// A folder of this process, in memory where the machine has such a place.
inline const std::filesystem::path& fuzz_folder() {
  static const auto folder = [] {
    const std::filesystem::path memory = "/dev/shm";
    const auto parent =
        std::filesystem::is_directory(memory) ? memory : std::filesystem::temp_directory_path();
    return parent / ("medley_fuzz_" + std::to_string(::getpid()));
  }();
  return folder;
}

inline void write_bytes(const std::filesystem::path& path, std::string_view bytes) {
  std::ofstream(path, std::ios::binary).write(bytes.data(), static_cast<std::streamsize>(bytes.size()));
}

/// Holds what a reader promises: ids are there and short, numbers are finite, pictures stay in the folder,
/// bad rows have a reason.
class CheckingSink final : public medley::data::RowSink {
 public:
  void event(const medley::data::EventRow& row) override {
    check(row.user);
    check(row.item);
    if (!(row.value - row.value == 0.0f)) std::abort();
  }
  void item(const medley::data::ItemRow& row) override {
    check(row.id);
    for (const auto& [field, number] : row.numbers)
      if (!(number - number == 0.0)) std::abort();
    const auto image =
        std::filesystem::path(row.files[medley::data::MediaKind::image]).lexically_normal().string();
    if (!image.empty() && !image.starts_with(fuzz_folder().string() + "/posters/")) std::abort();
  }
  void bad(const medley::data::BadRow& row) override {
    if (row.reason.empty() || row.line < 1 || row.text.size() > 200 || row.user.size() > 200) std::abort();
  }

 private:
  static void check(std::string_view id) {
    if (id.empty() || id.size() > medley::data::IdMap::kMaxIdBytes) std::abort();
  }
};

/// Reads a folder of the given files and a picture posters/1.jpg; an error of ours is an answer.
inline void read_folder(const medley::data::ImportOptions& import,
                        const medley::data::CatalogOptions& catalog,
                        const std::vector<std::pair<std::string, std::string_view>>& files) {
  const auto& folder = fuzz_folder();
  std::filesystem::create_directories(folder / "posters");
  write_bytes(folder / "posters" / "1.jpg", "picture");
  write_bytes(folder / "secret.jpg", "picture");
  for (const auto& [name, text] : files) write_bytes(folder / name, text);
  static medley::QuietServices services(1);
  const medley::Services given = services;
  CheckingSink sink;
  try {
    medley::data::read_source(folder, import, catalog, sink, given);
  } catch (const medley::Error&) {
  }
  std::filesystem::remove_all(folder);
}

inline void read_folder(const char* format,
                        const std::vector<std::pair<std::string, std::string_view>>& files) {
  medley::data::ImportOptions import;
  import.format = format;
  read_folder(import, {}, files);
}
