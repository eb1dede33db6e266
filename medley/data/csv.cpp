#include "medley/data/csv.h"

#include "medley/core/error.h"
#include "medley/core/utf8.h"

#include <fmt/core.h>

#include <algorithm>
#include <utility>

namespace medley::data {
namespace {

constexpr std::size_t kChunkBytes = std::size_t{1} << 18;
constexpr std::size_t kLongRowHead = 200;

std::int64_t count_line_ends(std::string_view text) {
  std::int64_t lines = 0;
  for (std::size_t i = 0; i < text.size(); ++i) {
    lines += text[i] == '\n' || (text[i] == '\r' && (i + 1 == text.size() || text[i + 1] != '\n'));
  }
  return lines;
}

void split(std::string_view line, std::string_view delimiter, std::vector<std::string_view>& out) {
  if (delimiter.empty()) {
    out.push_back(line);
    return;
  }
  for (std::size_t begin = 0;;) {
    const auto end = line.find(delimiter, begin);
    out.push_back(line.substr(begin, end - begin));
    if (end == std::string_view::npos) return;
    begin = end + delimiter.size();
  }
}

}  // namespace

CsvReader::CsvReader(std::unique_ptr<ByteSource> source, CsvOptions options)
    : source_(std::move(source), options.encoding), options_(std::move(options)), stops_("\r\n") {
  if (!options_.delimiter.empty()) stops_ += options_.delimiter.front();
  require(options_.delimiter.find_first_of("\"\r\n") == std::string::npos,
          "a delimiter may not hold quotes or line breaks");
}

bool CsvReader::next() {
  reason_.clear();
  fields_.clear();
  Line line;
  for (;;) {
    const auto found = find_line(line);
    if (found == Found::end) return false;
    line_ = next_line_;
    if (found == Found::too_long) {
      skip_long_line();
      return true;
    }
    if (line.size > 0) break;
    begin_ += line.end;
    ++next_line_;
  }
  const bool quoted = options_.quotes && window().substr(0, line.size).find('"') != std::string_view::npos;
  if (quoted) {
    take_quoted_row(line);
  } else {
    take_plain_row(line);
  }
  check_text();
  return true;
}

void CsvReader::fill() {
  buffer_.erase(0, begin_);
  begin_ = 0;
  at_end_ = !source_.append(buffer_, kChunkBytes);
}

CsvReader::Found CsvReader::find_line(Line& line) {
  for (std::size_t from = 0;;) {
    const auto all = window();
    const auto lf = std::min(all.find('\n', from), all.size());
    const auto cr = all.substr(0, lf).find('\r', from);
    // A CR that ends the window may be half of a CRLF.
    const bool cr_is_whole = cr != std::string_view::npos && (cr + 1 < all.size() || at_end_);
    if (cr_is_whole) {
      line = {cr, cr + 1 + (cr + 1 < all.size() && all[cr + 1] == '\n' ? 1U : 0U)};
    } else if (lf < all.size()) {
      line = {lf, lf + 1};
    } else if (at_end_) {
      line = {all.size(), all.size()};
      if (all.empty()) return Found::end;
    } else {
      if (all.size() > options_.max_row_bytes + 1) return Found::too_long;
      from = cr == std::string_view::npos ? all.size() : cr;
      fill();
      continue;
    }
    return line.size > options_.max_row_bytes ? Found::too_long : Found::line;
  }
}

void CsvReader::skip_long_line() {
  scratch_ = cut_text(window(), kLongRowHead);
  // The text in hand may start with a bad byte, which no message needs.
  if (first_invalid_utf8(scratch_) != std::string_view::npos) scratch_.clear();
  text_ = scratch_;
  reason_ = fmt::format("the row has more than {} bytes", options_.max_row_bytes);
  for (;;) {
    const auto all = window();
    const auto end = all.find_first_of("\r\n");
    if (end != std::string_view::npos && (end + 1 < all.size() || at_end_)) {
      const bool pair = all[end] == '\r' && end + 1 < all.size() && all[end + 1] == '\n';
      begin_ += end + (pair ? 2 : 1);
      break;
    }
    begin_ += end == std::string_view::npos ? all.size() : end;
    if (at_end_) break;
    fill();
  }
  ++next_line_;
}

void CsvReader::take_plain_row(const Line& line) {
  text_ = window().substr(0, line.size);
  split(text_, options_.delimiter, fields_);
  begin_ += line.end;
  ++next_line_;
}

void CsvReader::take_quoted_row(const Line& first) {
  Line row;
  auto found = scan_row(row);
  while (found == Scan::more) {
    fill();
    found = scan_row(row);
  }
  if (found == Scan::row && row.end > first.end && expected_ > 0 && slots_.size() != expected_) {
    found = Scan::broken;
    reason_ = fmt::format("a quoted line break leads to {} fields, {} expected", slots_.size(), expected_);
  }
  if (found == Scan::broken) {
    if (reason_.empty()) reason_ = fmt::format("the row has more than {} bytes", options_.max_row_bytes);
    text_ = window().substr(0, first.size);
    begin_ += first.end;
    ++next_line_;
    return;
  }
  reason_.clear();
  text_ = window().substr(0, row.size);
  fields_from_slots();
  begin_ += row.end;
  next_line_ += 1 + count_line_ends(text_);
}

CsvReader::Scan CsvReader::scan_row(Line& row) {
  const auto all = window().substr(0, options_.max_row_bytes);
  const bool cut = all.size() < window().size();
  const bool last = at_end_ && !cut;
  // What to do at the end of what is in hand, inside a row.
  const auto out_of_text = [&] { return at_end_ || cut ? Scan::broken : Scan::more; };
  slots_.clear();
  reason_.clear();
  for (std::size_t at = 0;;) {
    Slot slot{at, 0, false};
    if (at < all.size() && all[at] == '"') {
      if (!scan_quoted_field(all, at, slot)) {
        reason_ = fmt::format("the quote of field {} is not closed", slots_.size() + 1);
        return out_of_text();
      }
    } else {
      at = plain_field_end(all, at);
      slot.size = at - slot.begin;
    }
    slots_.push_back(slot);
    if (at == all.size()) {
      if (!last) return out_of_text();
      row = {at, at};
      return Scan::row;
    }
    if (all[at] == '\n' || all[at] == '\r') {
      if (all[at] == '\r' && at + 1 == all.size() && !last) return out_of_text();
      const bool pair = all[at] == '\r' && at + 1 < all.size() && all[at + 1] == '\n';
      row = {at, at + (pair ? 2U : 1U)};
      return Scan::row;
    }
    const bool delimited = !options_.delimiter.empty() && all.substr(at).starts_with(options_.delimiter);
    if (!delimited) {
      if (!last && all.size() - at < options_.delimiter.size()) return out_of_text();
      reason_ = fmt::format("text after the closing quote of field {}", slots_.size());
      return Scan::broken;
    }
    at += options_.delimiter.size();
  }
}

bool CsvReader::scan_quoted_field(std::string_view row, std::size_t& at, Slot& slot) const {
  slot.begin = at + 1;
  for (std::size_t from = at + 1;;) {
    const auto quote = row.find('"', from);
    if (quote == std::string_view::npos) return false;
    // A quote at the end of what is in hand closes only at the end of the file.
    if (quote + 1 == row.size() && !(at_end_ && row.size() == window().size())) return false;
    if (quote + 1 < row.size() && row[quote + 1] == '"') {
      slot.doubled = true;
      from = quote + 2;
      continue;
    }
    slot.size = quote - slot.begin;
    at = quote + 1;
    return true;
  }
}

std::size_t CsvReader::plain_field_end(std::string_view row, std::size_t at) const {
  for (;;) {
    at = row.find_first_of(stops_, at);
    if (at == std::string_view::npos) return row.size();
    if (row[at] == '\r' || row[at] == '\n' || row.substr(at).starts_with(options_.delimiter)) return at;
    ++at;
  }
}

void CsvReader::fields_from_slots() {
  // Reserved once: views into it must not move.
  scratch_.clear();
  scratch_.reserve(text_.size());
  for (const auto& slot : slots_) {
    const auto raw = text_.substr(slot.begin, slot.size);
    if (!slot.doubled) {
      fields_.push_back(raw);
      continue;
    }
    const auto begin = scratch_.size();
    for (std::size_t i = 0; i < raw.size(); ++i) {
      scratch_ += raw[i];
      if (raw[i] == '"') ++i;
    }
    fields_.push_back(std::string_view(scratch_).substr(begin));
  }
}

void CsvReader::check_text() {
  if (options_.encoding == Encoding::utf8) {
    const auto bad = first_invalid_utf8(text_);
    if (bad != std::string_view::npos) {
      const auto before = text_.substr(0, bad);
      const auto line_start = before.find_last_of("\r\n") + 1;  // npos + 1 is 0
      fail(ErrorCode::corrupt_data,
           "'{}' line {}: byte {:#04x} (byte {} of the line) is not UTF-8; if the file is Latin-1, set "
           "encoding = \"latin-1\"",
           name(), line_ + count_line_ends(before), static_cast<unsigned char>(text_[bad]),
           bad - line_start + 1);
    }
  }
  if (text_.find('\0') != std::string_view::npos) {
    reason_ = "the row holds a NUL byte";
    fields_.clear();
  }
}

std::string_view cut_text(std::string_view text, std::size_t max_bytes) {
  if (text.size() <= max_bytes) return text;
  while (max_bytes > 0 && (static_cast<unsigned char>(text[max_bytes]) & 0xC0) == 0x80) --max_bytes;
  return text.substr(0, max_bytes);
}

std::string delimiter_name(std::string_view delimiter) {
  if (delimiter == "\t") return "tab";
  if (delimiter == " ") return "space";
  return fmt::format("'{}'", delimiter);
}

}  // namespace medley::data
