#pragma once

#include <cstdint>
#include <filesystem>
#include <set>
#include <string>
#include <string_view>
#include <vector>

namespace medley::data {

/// A file of an export.
struct ExportFile {
  std::string name;
  std::int64_t rows = 0;  ///< of data, without a header
  std::uint64_t bytes = 0;
};

/// A folder that appears whole, by one rename, or not at all. Its files are written into a folder beside it,
/// which goes when this object does; what a killed process left of one goes with the next. It also gets
/// `medley-export.txt`, which lists the files: only a folder that holds nothing else is replaced.
class ExportFolder {
 public:
  /// Names the list of files.
  static constexpr const char* kList = "medley-export.txt";

  /// Throws `invalid_argument` where `target` is a folder with something in it, unless `overwrite` says to
  /// replace an earlier export and it holds no file but those of one; `io` where it is a file, or cannot be
  /// made.
  ExportFolder(const std::filesystem::path& target, bool overwrite);
  ~ExportFolder();
  ExportFolder(const ExportFolder&) = delete;
  ExportFolder& operator=(const ExportFolder&) = delete;

  /// Where a file is to be written now. Throws `invalid_argument` for a name that is no plain file name.
  std::filesystem::path path(std::string_view name) const;

  /// `name` as a part of a file's name: what no such name can hold is '_', and a number behind it makes it
  /// another than those of earlier calls.
  std::string part_of_name(std::string_view name);

  /// Counts a file that has been written.
  void add(std::string_view name, std::int64_t rows);

  /// Writes the list under `title`, and lets the folder appear. Throws `io`.
  void commit(std::string_view title);

  /// Where the folder will be: its last name, and all of it.
  std::string name() const { return target_.filename().string(); }
  const std::filesystem::path& target() const { return target_; }
  const std::vector<ExportFile>& files() const { return files_; }

 private:
  std::filesystem::path target_;
  std::filesystem::path temporary_;
  std::vector<ExportFile> files_;
  std::set<std::string, std::less<>> parts_;  ///< that `part_of_name` gave
};

}  // namespace medley::data
