#pragma once

#include "medley/engine/config.h"

#include <filesystem>
#include <string>

namespace medley::engine {

/// A folder with a medley.toml: where each thing of a workspace is. Nothing is made before it is needed.
class Workspace {
 public:
  /// Throws `not_found` (saying `medley init`) without a medley.toml, and what `read_config` throws.
  explicit Workspace(std::filesystem::path folder);

  /// Writes a medley.toml with every key as a comment. Throws `invalid_argument` when there is one already.
  static void create(const std::filesystem::path& folder);

  const std::filesystem::path& folder() const { return folder_; }
  const Config& config() const { return config_; }

  std::filesystem::path database() const { return folder_ / "medley.db"; }
  std::filesystem::path quarantine() const { return folder_ / "quarantine.csv"; }
  /// What `WorkspaceLock` holds.
  std::filesystem::path lock() const { return folder_ / "medley.lock"; }
  /// Folder of `features/NAME.npy` and what stands beside it.
  std::filesystem::path features() const { return folder_ / "features"; }
  std::filesystem::path cache() const { return folder_ / "cache"; }
  /// A folder a run, named by its time: medley.toml, metrics.json, report.html.
  std::filesystem::path runs() const { return folder_ / "runs"; }
  std::filesystem::path models() const { return folder_ / "models"; }
  /// Whether a path is one of the four folders above or lies in one.
  bool owns(const std::filesystem::path& path) const;
  /// `models/NAME.medley`; throws `invalid_argument` for a name that is not letters, digits, '_' or '-'.
  std::filesystem::path model(const std::string& name) const;
  /// Makes `folder` and its parents; throws `io`.
  static void make_folder(const std::filesystem::path& folder);

 private:
  std::filesystem::path folder_;
  Config config_;
};

}  // namespace medley::engine
