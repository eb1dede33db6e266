#include "medley/core/error.h"
#include "medley/data/csv.h"
#include "medley/data/readers/json_lines.h"
#include "medley/data/readers/movielens.h"
#include "medley/data/readers/source.h"

#include <algorithm>
#include <system_error>
#include <vector>

namespace medley::data {
namespace {

namespace fs = std::filesystem;

bool has_typed_header(const fs::path& path) {
  CsvReader reader(open_file(path), {.delimiter = "\t", .quotes = false});
  return reader.next() && !reader.fields().empty() &&
         reader.fields().front().find(':') != std::string_view::npos;
}

std::string inter_format(const fs::path& path) {
  return has_typed_header(path) ? "recbole" : "mmrec";
}

bool any_with(const fs::path& folder, std::string_view extension, fs::path& found) {
  std::vector<fs::path> files;
  for (const auto& entry : fs::directory_iterator(folder)) {
    if (entry.is_regular_file() && entry.path().extension() == extension) files.push_back(entry.path());
  }
  if (files.empty()) return false;
  found = *std::min_element(files.begin(), files.end());
  return true;
}

std::string file_format(const fs::path& path) {
  if (path.extension() == ".inter") return inter_format(path);
  const auto* layout = movielens_layout(path);
  if (is_json_lines(path)) return "jsonl";
  return layout != nullptr && path.filename() == layout->events ? "movielens" : "csv";
}

}  // namespace

std::string detect_format(const fs::path& path) {
  std::error_code error;
  if (!fs::exists(path, error)) fail(ErrorCode::not_found, "'{}' is not there", path.string());
  if (!fs::is_directory(path, error)) return file_format(path);
  fs::path found;
  if (any_with(path, ".inter", found)) return inter_format(found);
  if (fs::exists(path / "train.txt", error) && fs::exists(path / "test.txt", error)) return "lightgcn";
  if (movielens_layout(path) != nullptr) return "movielens";
  if (any_with(path, ".csv", found)) return "csv";
  if (any_with(path, ".jsonl", found)) return "jsonl";
  fail(ErrorCode::not_found,
       "'{}' holds no data set that is known: a .inter file (recbole, mmrec), train.txt and test.txt "
       "(lightgcn), ratings.csv, ratings.dat or u.data (movielens), or a .csv or .jsonl file",
       path.string());
}

}  // namespace medley::data
