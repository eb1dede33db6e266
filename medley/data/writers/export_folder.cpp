#include "medley/data/writers/export_folder.h"

#include "medley/core/error.h"
#include "medley/core/file.h"

#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <set>
#include <system_error>

namespace medley::data {
namespace {

namespace fs = std::filesystem;

constexpr std::uint64_t kMaxExportListBytes = std::uint64_t{1} << 24;

/// `out` and `out/` are one folder, and `.` has a name.
fs::path named(const fs::path& target) {
  require(!target.empty(), "the folder to export to has no name");
  auto out = fs::absolute(target).lexically_normal();
  return out.has_filename() ? out : out.parent_path();
}

/// The file names that an earlier export listed: the first column below two lines of heading.
std::set<std::string> listed_files(const fs::path& folder) {
  std::set<std::string> out{ExportFolder::kList};
  std::error_code error;
  if (!fs::is_regular_file(folder / ExportFolder::kList, error)) return {};
  const auto text = read_file(folder / ExportFolder::kList, kMaxExportListBytes);
  int heading = 2;
  for (std::size_t begin = 0; begin < text.size();) {
    const auto end = std::min(text.find('\n', begin), text.size());
    const auto line = text.substr(begin, end - begin);
    if (heading-- <= 0) out.insert(line.substr(0, line.find('\t')));
    begin = end + 1;
  }
  return out;
}

void check_target(const fs::path& target, bool overwrite) {
  std::error_code error;
  const auto status = fs::symlink_status(target, error);
  if (!fs::exists(status)) return;
  if (!fs::is_directory(status)) fail(ErrorCode::io, "'{}' is there, and is no folder", target.string());
  const auto listed = listed_files(target);
  for (const auto& entry : fs::directory_iterator(target)) {
    const auto name = entry.path().filename().string();
    if (!overwrite) {
      fail(ErrorCode::invalid_argument, "the folder '{}' is not empty ('{}'); {}", target.string(), name,
           listed.empty() ? "name another one" : "--overwrite replaces the export in it");
    }
    if (!listed.contains(name) || !entry.is_regular_file()) {
      fail(ErrorCode::invalid_argument,
           "the folder '{}' holds '{}', which no export wrote: it is not replaced", target.string(), name);
    }
  }
}

fs::path beside(const fs::path& target, const char* suffix) {
  auto out = target;
  out += fmt::format("{}{}", suffix, ::getpid());
  return out;
}

void remove_stale(const fs::path& target) {
  std::error_code error;
  const auto begin = target.filename().string() + ".tmp";
  for (const auto& entry : fs::directory_iterator(target.parent_path(), error)) {
    const bool ours = entry.path().filename().string().starts_with(begin) && entry.is_directory(error);
    if (ours && is_stale_temporary(entry.path())) fs::remove_all(entry.path(), error);
  }
}

}  // namespace

ExportFolder::ExportFolder(const fs::path& target, bool overwrite)
    : target_(named(target)), temporary_(beside(target_, ".tmp")) {
  check_target(target_, overwrite);
  std::error_code error;
  remove_stale(target_);
  fs::remove_all(temporary_, error);
  fs::create_directories(temporary_, error);
  if (error) fail(ErrorCode::io, "cannot make the folder '{}': {}", target_.string(), error.message());
}

ExportFolder::~ExportFolder() {
  std::error_code error;
  fs::remove_all(temporary_, error);
}

std::string ExportFolder::part_of_name(std::string_view name) {
  std::string plain(name);
  for (auto& c : plain) {
    if (c == '/' || static_cast<unsigned char>(c) < 0x20) c = '_';
  }
  auto part = plain;
  for (int number = 2; !parts_.insert(part).second; ++number) part = fmt::format("{}_{}", plain, number);
  return part;
}

fs::path ExportFolder::path(std::string_view name) const {
  const bool plain = !name.empty() && name.find_first_of(std::string_view("/\t\n\0", 4)) == name.npos &&
                     name != "." && name != ".." && name != kList;
  require(plain, "'{}' is no name for a file of an export", name);
  return temporary_ / name;
}

void ExportFolder::add(std::string_view name, std::int64_t rows) {
  std::error_code error;
  const auto bytes = fs::file_size(path(name), error);
  if (error) fail(ErrorCode::io, "cannot read the size of '{}': {}", path(name).string(), error.message());
  files_.push_back({std::string(name), rows, bytes});
}

void ExportFolder::commit(std::string_view title) {
  auto list = fmt::format("{}\nfile\trows\tbytes\n", title);
  for (const auto& file : files_) list += fmt::format("{}\t{}\t{}\n", file.name, file.rows, file.bytes);
  write_file(temporary_ / kList, list);
  std::error_code error;
  fs::rename(temporary_, target_, error);
  if (!error) return;
  // Not empty: the earlier export steps aside, and goes once this one is there.
  const auto old = beside(target_, ".old");
  std::error_code second;
  fs::rename(target_, old, second);
  if (!second) fs::rename(temporary_, target_, second);
  if (second) {
    fs::rename(old, target_, error);
    fail(ErrorCode::io, "cannot write the folder '{}': {}", target_.string(), second.message());
  }
  fs::remove_all(old, error);
}

}  // namespace medley::data
