#include "medley/core/error.h"
#include "medley/data/readers/fields.h"
#include "medley/data/readers/formats.h"

#include <algorithm>
#include <array>
#include <system_error>

namespace medley::data {
namespace {

constexpr std::size_t kMaxLineBytes = std::size_t{16} << 20;  // one line holds all items of a user
constexpr std::string_view kBlanks = " \t";

struct LightGcnFile {
  const char* file;
  Part part;
  bool needed;
};
constexpr std::array<LightGcnFile, 3> kFiles = {
    {{"train.txt", Part::train, true}, {"valid.txt", Part::valid, false}, {"test.txt", Part::test, true}}};

std::string_view take_word(std::string_view& text) {
  text.remove_prefix(std::min(text.find_first_not_of(kBlanks), text.size()));
  const auto word = text.substr(0, text.find_first_of(kBlanks));
  text.remove_prefix(word.size());
  return word;
}

/// Streams one line. Every word is checked before the first event, so that a bad line has none.
std::string read_line(std::string_view text, Part part, RowSink& sink) {
  EventRow row;
  row.label = part;
  auto rest = text;
  row.user = take_word(rest);
  if (auto fault = id_fault(row.user, "user"); !fault.empty()) return fault;
  const auto items = rest;
  for (auto item = take_word(rest); !item.empty(); item = take_word(rest)) {
    if (auto fault = id_fault(item, "item"); !fault.empty()) return fault;
  }
  rest = items;
  for (row.item = take_word(rest); !row.item.empty(); row.item = take_word(rest)) sink.event(row);
  return {};
}

void read_part(const std::filesystem::path& path, Part part, const ReadContext& context) {
  CsvReader lines(open_file(path), {.delimiter = "",
                                    .quotes = false,
                                    .encoding = parse_encoding(context.import.encoding),
                                    .max_row_bytes = kMaxLineBytes});
  std::error_code error;
  context.services.progress.begin("reading " + path.filename().string(),
                                  static_cast<std::int64_t>(std::filesystem::file_size(path, error)));
  bool any = false;
  while (lines.next()) {
    any = true;
    auto fault = lines.good() ? read_line(lines.text(), part, context.sink) : lines.reason();
    if (!fault.empty()) {
      auto text = lines.text();
      const auto user = take_word(text);
      context.sink.bad({lines.name(), lines.line(), std::move(fault),
                        std::string(cut_text(lines.text(), BadRow::kMaxBytes)),
                        std::string(cut_text(user, BadRow::kMaxBytes))});
    }
    if (lines.line() % 256 == 0) {
      context.services.cancel.check();
      context.services.progress.at(lines.position());
    }
  }
  if (!any) fail(ErrorCode::corrupt_data, "'{}' is empty", path.string());
}

}  // namespace

void read_lightgcn_events(const ReadContext& context) {
  const auto given = context.path.filename();
  const bool is_part =
      std::any_of(kFiles.begin(), kFiles.end(), [&](const LightGcnFile& file) { return given == file.file; });
  require(context.path == context.folder || is_part,
          "lightgcn reads a folder with train.txt and test.txt, got '{}'", context.path.string());
  for (const auto& [file, part, needed] : kFiles) {
    const auto path = context.folder / file;
    std::error_code error;
    if (needed || std::filesystem::exists(path, error)) read_part(path, part, context);
  }
}

}  // namespace medley::data
