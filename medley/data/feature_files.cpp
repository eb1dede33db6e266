#include "medley/data/feature_files.h"

#include "medley/core/error.h"
#include "medley/core/file.h"
#include "medley/core/params.h"
#include "medley/data/npy.h"

#include <algorithm>
#include <array>
#include <type_traits>
#include <utility>

namespace medley::data {
namespace {

namespace fs = std::filesystem;

constexpr std::uint64_t kMaxListBytes = std::uint64_t{4} << 30;

fs::path beside(const fs::path& folder, const std::string& name, const char* suffix) {
  return folder / (name + suffix);
}

std::string escaped_lines(std::span<const std::string> lines) {
  std::string out;
  for (const auto& line : lines) {
    for (const char c : line) {
      if (c == '\\')
        out += "\\\\";
      else if (c == '\n')
        out += "\\n";
      else if (c == '\r')
        out += "\\r";
      else
        out += c;
    }
    out += '\n';
  }
  return out;
}

std::vector<std::string> read_lines(const fs::path& path) {
  const auto text = read_file(path, kMaxListBytes);
  std::vector<std::string> out;
  std::string line;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] == '\n') {
      out.push_back(std::move(line));
      line.clear();
    } else if (text[i] == '\\' && i + 1 < text.size()) {
      const char next = text[++i];
      line += next == 'n' ? '\n' : next == 'r' ? '\r' : next;
    } else {
      line += text[i];
    }
  }
  if (!line.empty()) out.push_back(std::move(line));
  return out;
}

void check_count(const fs::path& path, const char* what, std::size_t found, math::Index rows) {
  if (static_cast<math::Index>(found) != rows) {
    fail(ErrorCode::corrupt_data, "'{}': {} {} for {} rows of vectors", path.string(), found, what, rows);
  }
}

/// Rows without names go by number: every item must be one of them.
void check_numbered(const fs::path& path, math::Index rows, const IdMap& items) {
  for (ItemId item = 0; item < items.size(); ++item) {
    const auto& id = items.id(item);
    std::int64_t number = -1;
    if (!parse_int(id, number) || number < 0 || std::to_string(number) != id) {
      fail(ErrorCode::corrupt_data,
           "'{}': without a .ids file beside it (one id a line) its rows go by number, and item '{}' is none",
           path.string(), id);
    }
    if (number >= rows) {
      fail(ErrorCode::corrupt_data,
           "'{}' has {} rows, and there is an item {}; a .ids file beside it would say which row is which",
           path.string(), rows, id);
    }
  }
}

FeatureRows load_dense(const fs::path& path) {
  switch (npy_type(path)) {
    case NpyType::uint8: return load_npy_matrix<std::uint8_t>(path);
    case NpyType::int32: return load_npy_matrix<std::int32_t>(path);
    default: return load_npy(path);
  }
}

FeatureRows load_rows(const fs::path& folder, const std::string& name, std::size_t columns) {
  const auto dense = beside(folder, name, ".npy");
  if (fs::exists(dense)) return load_dense(dense);
  math::Csr out;
  out.indptr = load_npy_vector<std::int64_t>(beside(folder, name, ".indptr.npy"));
  out.indices = load_npy_vector<std::int32_t>(beside(folder, name, ".indices.npy"));
  out.values = load_npy_vector<float>(beside(folder, name, ".data.npy"));
  if (out.indptr.empty())
    fail(ErrorCode::corrupt_data, "'{}': no row offsets", beside(folder, name, ".indptr.npy").string());
  out.rows = static_cast<math::Index>(out.indptr.size()) - 1;
  const auto widest = std::max_element(out.indices.begin(), out.indices.end());
  out.cols = columns > 0                   ? static_cast<math::Index>(columns)
             : widest == out.indices.end() ? 0
                                           : *widest + math::Index{1};
  math::check_csr(out.view(), name.c_str());
  return out;
}

math::Csr aligned_rows(const math::Csr& rows, std::span<const std::int32_t> source) {
  const auto from = rows.view();
  math::Csr out;
  out.rows = static_cast<math::Index>(source.size());
  out.cols = from.cols;
  for (const auto row : source) {
    if (row >= 0) {
      const auto indices = from.row_indices(row);
      const auto values = from.row_values(row);
      out.indices.insert(out.indices.end(), indices.begin(), indices.end());
      out.values.insert(out.values.end(), values.begin(), values.end());
    }
    out.indptr.push_back(static_cast<std::int64_t>(out.indices.size()));
  }
  return out;
}

template <class T>
math::BasicMatrix<T> aligned_rows(const math::BasicMatrix<T>& from, std::span<const std::int32_t> source) {
  math::BasicMatrix<T> out(static_cast<math::Index>(source.size()), from.cols());
  for (std::size_t i = 0; i < source.size(); ++i) {
    if (source[i] < 0) continue;
    const auto row = from.row(source[i]);
    std::copy(row.begin(), row.end(), out.row(static_cast<math::Index>(i)).begin());
  }
  return out;
}

/// Every file of a feature; the key comes last, and without it the others do not count.
constexpr std::array<const char*, 10> kParts{".npy",  ".indptr.npy", ".indices.npy", ".data.npy",   ".ids",
                                             ".mask", ".columns",    ".state",       ".absent.csv", ".key"};

/// A folder where the files of a feature wait until all of them are written: a full disk then leaves the old
/// ones. What a killed process left in it goes with the next save.
class Staging {
 public:
  explicit Staging(fs::path folder) : folder_(std::move(folder)) {
    std::error_code error;
    fs::remove_all(folder_, error);
    fs::create_directories(folder_, error);
    if (error) fail(ErrorCode::io, "cannot make the folder '{}': {}", folder_.string(), error.message());
  }
  ~Staging() {
    std::error_code error;
    fs::remove_all(folder_, error);
  }
  Staging(const Staging&) = delete;
  Staging& operator=(const Staging&) = delete;

  const fs::path& folder() const { return folder_; }

 private:
  fs::path folder_;
};

void write_parts(const fs::path& folder, const FeatureTable& table, std::span<const std::string> ids,
                 const std::string& key) {
  if (table.is_sparse()) {
    const auto& rows = table.sparse();
    save_npy_vector<std::int64_t>(folder / ".indptr.npy", rows.indptr);
    save_npy_vector<std::int32_t>(folder / ".indices.npy", rows.indices);
    save_npy_vector<float>(folder / ".data.npy", rows.values);
  } else {
    std::visit(
        [&](const auto& rows) {
          if constexpr (!std::is_same_v<std::decay_t<decltype(rows)>, math::Csr>)
            save_npy(folder / ".npy", rows.view());
        },
        table.rows);
  }
  write_file(folder / ".ids", escaped_lines(ids));
  save_npy_vector<std::uint8_t>(folder / ".mask", table.present);
  if (!table.columns.empty()) write_file(folder / ".columns", escaped_lines(table.columns));
  write_file(folder / ".key", key);
}

}  // namespace

void save_features(const fs::path& folder, const FeatureTable& table, std::span<const std::string> ids,
                   const std::string& key, const std::function<void(const fs::path&)>& write_more) {
  require(static_cast<math::Index>(ids.size()) == table.items(), "feature '{}': {} ids for {} rows",
          table.name, ids.size(), table.items());
  const Staging staging(beside(folder, table.name, ".new"));
  if (write_more) write_more(staging.folder());
  write_parts(staging.folder(), table, ids, key);
  std::error_code error;
  fs::remove(beside(folder, table.name, ".key"), error);
  for (const char* part : kParts) {
    const auto to = beside(folder, table.name, part);
    const auto from = staging.folder() / part;
    if (fs::exists(from)) {
      fs::rename(from, to, error);
    } else {
      fs::remove(to, error);
    }
    if (error) fail(ErrorCode::io, "cannot write '{}': {}", to.string(), error.message());
  }
}

std::optional<std::string> stored_key(const fs::path& folder, const std::string& name) {
  const auto path = beside(folder, name, ".key");
  if (!fs::exists(path)) return std::nullopt;
  return read_file(path, 4096);
}

StoredFeatures load_features(const fs::path& folder, const std::string& name) {
  StoredFeatures out;
  out.table.name = name;
  if (fs::exists(beside(folder, name, ".columns")))
    out.table.columns = read_lines(beside(folder, name, ".columns"));
  out.table.rows = load_rows(folder, name, out.table.columns.size());
  out.ids = read_lines(beside(folder, name, ".ids"));
  out.table.present = load_npy_vector<std::uint8_t>(beside(folder, name, ".mask"));
  check_count(beside(folder, name, ".ids"), "ids", out.ids.size(), out.table.items());
  check_count(beside(folder, name, ".mask"), "presence bits", out.table.present.size(), out.table.items());
  check_table(out.table);
  return out;
}

StoredFeatures load_vectors(const fs::path& path, const IdMap& items) {
  StoredFeatures out;
  out.table.name = path.stem().string();
  out.table.rows = load_npy(path);
  auto ids = path;
  ids.replace_extension(".ids");
  if (fs::exists(ids)) {
    out.ids = read_lines(ids);
    check_count(ids, "ids", out.ids.size(), out.table.items());
  } else {
    check_numbered(path, out.table.items(), items);
    for (math::Index row = 0; row < out.table.items(); ++row) out.ids.push_back(std::to_string(row));
  }
  for (math::Index i = 0; i < out.table.items(); ++i) {
    const auto row = out.table.dense().row(i);
    out.table.present.push_back(
        std::any_of(row.begin(), row.end(), [](float value) { return value != 0.0f; }) ? 1 : 0);
  }
  check_table(out.table);
  return out;
}

FeatureTable aligned(const StoredFeatures& stored, const IdMap& items) {
  std::vector<std::int32_t> source(static_cast<std::size_t>(items.size()), -1);
  for (std::size_t row = 0; row < stored.ids.size(); ++row) {
    if (const auto item = items.find(stored.ids[row]))
      source[static_cast<std::size_t>(*item)] = static_cast<std::int32_t>(row);
  }
  FeatureTable out;
  out.name = stored.table.name;
  out.modality = stored.table.modality;
  out.extractor = stored.table.extractor;
  out.columns = stored.table.columns;
  std::visit([&](const auto& rows) { out.rows = aligned_rows(rows, source); }, stored.table.rows);
  for (const auto row : source)
    out.present.push_back(row < 0 ? 0 : stored.table.present[static_cast<std::size_t>(row)]);
  return out;
}

}  // namespace medley::data
