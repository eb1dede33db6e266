#include "medley/engine/forget.h"

#include "medley/core/error.h"
#include "medley/core/file.h"
#include "medley/data/csv.h"
#include "medley/data/drop_rows.h"
#include "medley/data/quarantine.h"
#include "medley/data/store/forget.h"
#include "medley/engine/mentions.h"
#include "medley/engine/trained_model.h"

#include <algorithm>
#include <array>
#include <system_error>

namespace medley::engine {
namespace {

namespace fs = std::filesystem;

std::vector<fs::path> files_below(const fs::path& folder) {
  std::vector<fs::path> out;
  if (!fs::is_directory(folder)) return out;
  for (const auto& entry : fs::recursive_directory_iterator(folder)) {
    if (entry.is_regular_file() && !entry.is_symlink()) out.push_back(entry.path());
  }
  std::sort(out.begin(), out.end());
  return out;
}

std::vector<fs::path> models_of(const Workspace& workspace) {
  auto out = files_below(workspace.models());
  std::erase_if(out, [](const fs::path& path) { return path.extension() != ".medley"; });
  return out;
}

/// What each run writes into its folder.
constexpr std::array<std::string_view, 3> kRunFiles{"medley.toml", "metrics.json", "report.html"};

bool is_split(const fs::path& path) {
  const auto name = path.filename().string();
  constexpr std::array<std::string_view, 4> kEndings{".train.tsv", ".valid.tsv", ".test.tsv", ".history.tsv"};
  return std::any_of(kEndings.begin(), kEndings.end(), [&](auto ending) { return name.ends_with(ending); });
}

/// Whether a row of the quarantine is of the user, by its last column.
bool is_of(const data::CsvReader& row, const std::string& user) {
  return row.good() && row.fields().size() == data::Quarantine::kColumns &&
         row.fields().back() == data::cut_text(user, data::BadRow::kMaxBytes);
}

bool has_quarantined_row(const fs::path& quarantine, const std::string& user) {
  if (!fs::exists(quarantine)) return false;
  data::CsvReader rows(data::open_file(quarantine), {});
  if (!rows.next()) return false;  // the header
  while (rows.next()) {
    if (is_of(rows, user)) return true;
  }
  return false;
}

void remove_file(const fs::path& path) {
  std::error_code error;
  fs::remove(path, error);
  if (error) fail(ErrorCode::io, "cannot remove '{}': {}", path.string(), error.message());
}

/// Forgetting one user in one workspace, place by place.
class Forgetting {
 public:
  Forgetting(const Workspace& workspace, const std::string& user)
      : workspace_(workspace), user_(user), mentions_(user) {}

  ForgetReport run() {
    if (!is_known()) {
      finish_earlier();
      fail(ErrorCode::not_found, "no user '{}' is in workspace '{}': nothing was changed", user_,
           workspace_.folder().string());
    }
    // The store comes last: as long as it knows the user, the call can be made again.
    clean_quarantine();
    retire_models();
    clean_splits();
    clean_runs();
    if (has_store()) report_.events = data::forget_user(store(), user_).value_or(0);
    look_at_the_rest();
    return std::move(report_);
  }

 private:
  bool has_store() const { return fs::exists(workspace_.database()); }
  data::Store& store() {
    if (!store_) store_.emplace(workspace_.database());
    return *store_;
  }

  /// By the rows of the store and of the quarantine. A mention elsewhere is none: "7" stands in many a file.
  bool is_known() {
    return (has_store() && data::has_user(store(), user_)) ||
           has_quarantined_row(workspace_.quarantine(), user_);
  }

  /// Of a forgetting that was cut short after the rows were deleted.
  void finish_earlier() {
    if (has_store()) data::forget_user(store(), user_);
  }

  void retire_models() {
    for (const auto& path : models_of(workspace_)) {
      TrainedModel::mark_stale(path);
      report_.stale_models.push_back(path.stem().string());
      if (mentions_.in_file(path)) remove(path);
    }
  }

  void clean_quarantine() {
    const auto path = workspace_.quarantine();
    if (!fs::exists(path)) return;
    const auto rows = data::drop_rows(path, {}, [&](const data::CsvReader& row, std::int64_t before) {
      return before > 0 && is_of(row, user_);  // the header stays
    });
    report_.quarantine_rows = rows.dropped;
    if (rows.dropped > 0 && rows.kept == 1) remove_file(path);
  }

  void clean_splits() {
    for (const auto& path : files_below(workspace_.folder())) {
      if (!is_split(path)) continue;
      const auto rows = data::drop_rows(path, {.delimiter = "", .quotes = false},
                                        [&](const data::CsvReader& row, std::int64_t) {
                                          return row.text().substr(0, row.text().find('\t')) == user_;
                                        });
      report_.split_rows += rows.dropped;
    }
  }

  void clean_runs() {
    for (const auto& path : files_below(workspace_.runs())) {
      if (!names_user(path)) continue;
      remove(path);
      std::error_code not_empty;
      if (path.parent_path() != workspace_.runs()) fs::remove(path.parent_path(), not_empty);
    }
  }

  /// In what a run writes, users' ids are strings of JSON; "7" is many a number there, and no mention. A file
  /// of another kind is taken for naming the user rather too often than too seldom.
  bool names_user(const fs::path& path) const {
    const auto name = path.filename().string();
    const bool own = std::find(kRunFiles.begin(), kRunFiles.end(), name) != kRunFiles.end();
    return own ? mentions_.quoted_in(MappedFile(path).text()) : mentions_.in_file(path);
  }

  void remove(const fs::path& path) {
    remove_file(path);
    report_.removed.push_back(path);
  }

  void look_at_the_rest() {
    const auto store_name = workspace_.database().filename().string();
    for (const auto& path : files_below(workspace_.folder())) {
      // The store and the runs are free of the user, whatever an id such as "7" looks like in their bytes;
      // features and caches are of items.
      if (path.filename().string().starts_with(store_name) || workspace_.owns(path)) continue;
      if (mentions_.in_file(path)) report_.still_named_in.push_back(path);
    }
  }

  const Workspace& workspace_;
  const std::string& user_;
  Mentions mentions_;
  std::optional<data::Store> store_;
  ForgetReport report_;
};

}  // namespace

ForgetReport forget(const Workspace& workspace, const std::string& user) {
  require(!user.empty(), "an empty id names no user: nothing was changed");
  return Forgetting(workspace, user).run();
}

}  // namespace medley::engine
