#pragma once

#include "medley/core/error.h"
#include "medley/core/services.h"
#include "medley/data/id_map.h"
#include "medley/data/readers/source.h"

#include <unistd.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

/// Holds what a reader promises: ids are there and short, values are finite, bad rows have a reason.
class CheckingSink final : public medley::data::RowSink {
 public:
  void event(const medley::data::EventRow& row) override {
    check(row.user);
    check(row.item);
    if (!(row.value - row.value == 0.0f)) std::abort();
  }
  void item(const medley::data::ItemRow& row) override { check(row.id); }
  void bad(const medley::data::BadRow& row) override {
    if (row.reason.empty() || row.line < 1 || row.text.size() > 200) std::abort();
  }

 private:
  static void check(std::string_view id) {
    if (id.empty() || id.size() > medley::data::IdMap::kMaxIdBytes) std::abort();
  }
};

/// Reads a folder of the given files; an error of ours is an answer.
inline void read_folder(const char* format,
                        const std::vector<std::pair<const char*, std::string_view>>& files) {
  namespace fs = std::filesystem;
  static const fs::path folder = fs::temp_directory_path() / ("medley_fuzz_" + std::to_string(::getpid()));
  fs::create_directories(folder);
  for (const auto& [name, text] : files) {
    std::ofstream(folder / name, std::ios::binary)
        .write(text.data(), static_cast<std::streamsize>(text.size()));
  }
  static medley::QuietServices services(1);
  const medley::Services given = services;
  CheckingSink sink;
  medley::data::ImportOptions import;
  import.format = format;
  try {
    medley::data::read_source(folder, import, {}, sink, given);
  } catch (const medley::Error&) {
  }
  fs::remove_all(folder);
}
