#pragma once

#include "medley/core/error.h"

#include <soci/soci.h>

#include <filesystem>
#include <string>

namespace medley::data {

inline constexpr int kSchemaVersion = 2;

/// One connection to a workspace's SQLite file, with medley's tables in it. Inside the store only: the rest
/// of the program sees `Store`. Not thread-safe.
class Database {
 public:
  /// Opens or creates the file. A store of an older schema version is brought to the present one in place, in
  /// one transaction. Throws `unsupported` for a newer version or another program's database, `corrupt_data`
  /// for a file that is no database, `io` where it cannot be opened or written.
  explicit Database(const std::filesystem::path& path);

  soci::session& sql() { return sql_; }
  const std::filesystem::path& path() const { return path_; }

  /// Runs `work` and turns what SOCI throws into `Error`, naming the file.
  template <class Work>
  auto guarded(Work work) const {
    try {
      return work();
    } catch (const soci::soci_error& error) {
      rethrow(error);
    }
  }

 private:
  [[noreturn]] void rethrow(const soci::soci_error& error) const;
  void prepare_schema();
  void create();
  void migrate();
  int schema_version();
  bool has_table(const std::string& name);

  std::filesystem::path path_;
  soci::session sql_;
};

}  // namespace medley::data
