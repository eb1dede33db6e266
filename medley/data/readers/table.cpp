#include "medley/data/readers/table.h"

#include "medley/core/error.h"
#include "medley/core/params.h"
#include "medley/data/readers/fields.h"

#include <fmt/core.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <array>
#include <system_error>
#include <utility>

namespace medley::data {
namespace {

constexpr std::array<std::string_view, 5> kDelimiters = {",", "\t", ";", "|", "::"};
constexpr std::array<std::string_view, 6> kSeen = {",", "\t", ";", "|", "::", " "};

std::size_t count_fields(std::string_view line, std::string_view delimiter) {
  std::size_t fields = 1;
  for (auto at = line.find(delimiter); at != std::string_view::npos; at = line.find(delimiter, at)) {
    ++fields;
    at += delimiter.size();
  }
  return fields;
}

bool has_columns(std::string_view header, std::string_view delimiter,
                 const std::vector<std::string>& wanted) {
  CsvReader reader(open_memory(header, "header"), {.delimiter = std::string(delimiter)});
  if (!reader.next() || !reader.good()) return false;
  const auto& fields = reader.fields();
  return std::all_of(wanted.begin(), wanted.end(), [&](const std::string& name) {
    return std::find(fields.begin(), fields.end(), name) != fields.end();
  });
}

/// Opens the file, and once more before that where the header must tell the delimiter.
CsvReader open_table(const std::filesystem::path& path, const TableOptions& options) {
  CsvOptions csv{.delimiter = options.delimiter, .quotes = options.quotes, .encoding = options.encoding};
  if (csv.delimiter.empty()) {
    CsvReader lines(open_file(path), {.delimiter = "", .quotes = false, .encoding = options.encoding});
    if (lines.next()) csv.delimiter = find_delimiter(lines.text(), options.wanted);
  }
  return CsvReader(open_file(path), csv);
}

}  // namespace

std::string find_delimiter(std::string_view header, const std::vector<std::string>& wanted) {
  std::string_view best = ",";
  std::size_t most = 1;
  for (const auto delimiter : kDelimiters) {
    const auto fields = count_fields(header, delimiter);
    if (fields > 1 && !wanted.empty() && has_columns(header, delimiter, wanted))
      return std::string(delimiter);
    if (fields > most) {
      best = delimiter;
      most = fields;
    }
  }
  return std::string(best);
}

TableReader::TableReader(const std::filesystem::path& path, TableOptions options, RowSink& sink,
                         const Services& services)
    : csv_(open_table(path, options)),
      sink_(sink),
      services_(services),
      columns_(std::move(options.header)),
      own_header_(columns_.empty()) {
  std::error_code error;
  const auto bytes = std::filesystem::file_size(path, error);
  services_.progress.begin(fmt::format("reading {}", path.filename().string()),
                           error ? 0 : static_cast<std::int64_t>(bytes));
  if (own_header_) read_header();
  csv_.expect_fields(columns_.size());
}

void TableReader::read_header() {
  if (!csv_.next()) fail(ErrorCode::corrupt_data, "'{}' is empty, a header is needed", name());
  if (!csv_.good()) {
    fail(ErrorCode::corrupt_data, "'{}' line {}: the header cannot be read: {}", name(), line(),
         csv_.reason());
  }
  columns_.assign(csv_.fields().begin(), csv_.fields().end());
  if (columns_.size() == 1) check_separator();
  for (std::size_t i = 0; i < columns_.size(); ++i) {
    const auto first = find(columns_[i]);
    if (!columns_[i].empty() && first != i) {
      fail(ErrorCode::corrupt_data, "'{}' line {}: the header names column '{}' twice", name(), line(),
           cut_text(columns_[i], BadRow::kMaxBytes));
    }
  }
}

std::optional<std::size_t> TableReader::find(std::string_view column) const {
  const auto found = std::find(columns_.begin(), columns_.end(), column);
  if (found == columns_.end()) return std::nullopt;
  return static_cast<std::size_t>(found - columns_.begin());
}

std::size_t TableReader::need(std::string_view column, std::string_view option) const {
  if (const auto found = find(column)) return *found;
  const auto nearest = nearest_name(column, columns_);
  fail(ErrorCode::not_found, "'{}' has no column '{}'{}; it has {}; set {} to one of them", name(), column,
       nearest.empty() ? "" : fmt::format(" (nearest: '{}')", nearest),
       cut_text(fmt::format("{}", fmt::join(columns_, ", ")), BadRow::kMaxBytes), option);
}

bool TableReader::next() {
  while (csv_.next()) {
    report_progress();
    if (!csv_.good()) {
      reject(csv_.reason());
    } else if (csv_.text().find('\0') != std::string_view::npos) {
      reject("the row holds a NUL byte");
    } else if (csv_.fields().size() != columns_.size()) {
      if (!any_good_) check_separator();
      reject(fmt::format("{} fields, {} expected", csv_.fields().size(), columns_.size()));
    } else {
      any_good_ = true;
      return true;
    }
  }
  return false;
}

void TableReader::check_separator() const {
  const auto& expected = csv_.options().delimiter;
  for (const auto seen : kSeen) {
    // A header of one column may hold blanks; a separator is what makes columns of it.
    const bool header = columns_.size() == 1;
    const auto fields = count_fields(csv_.text(), seen);
    if (seen == expected || (header ? fields == 1 || seen == " " : fields != columns_.size())) continue;
    fail(ErrorCode::corrupt_data, "'{}' line {}: {} expected between fields{}, {} seen", name(), line(),
         delimiter_name(expected), own_header_ && !header ? ", as in the header" : "", delimiter_name(seen));
  }
}

void TableReader::report_progress() {
  constexpr std::int64_t kRows = 4096;
  if (++rows_ % kRows != 0) return;
  services_.cancel.check();
  services_.progress.at(csv_.position());
}

std::vector<std::string> TableReader::values(std::size_t column, std::string_view separator) const {
  return split_values(field(column), separator);
}

/// Of a row that does not fit its header too: what stands between the delimiters in the user's place.
std::string_view TableReader::user_of_row() const {
  if (!user_) return {};
  if (csv_.good()) return *user_ < csv_.fields().size() ? csv_.fields()[*user_] : std::string_view();
  const auto& delimiter = csv_.options().delimiter;
  auto rest = csv_.text();
  for (std::size_t k = 0; k < *user_; ++k) {
    const auto at = rest.find(delimiter);
    if (at == std::string_view::npos) return {};
    rest.remove_prefix(at + delimiter.size());
  }
  rest = rest.substr(0, rest.find(delimiter));
  if (rest.starts_with('"')) rest.remove_prefix(1);
  return rest.substr(0, rest.find('"'));
}

void TableReader::reject(std::string reason) {
  sink_.bad({name(), line(), std::move(reason), std::string(cut_text(csv_.text(), BadRow::kMaxBytes)),
             std::string(cut_text(user_of_row(), BadRow::kMaxBytes))});
}

}  // namespace medley::data
