#include "medley/data/quarantine.h"

#include "medley/core/error.h"
#include "medley/core/file.h"
#include "medley/data/writers/cells.h"

#include <fmt/format.h>

#include <string_view>
#include <system_error>

namespace medley::data {
namespace {

/// "time '12x' is not a number" -> "time '...' is not a number".
std::string without_values(std::string_view reason) {
  std::string kind;
  while (!reason.empty()) {
    const auto open = reason.find('\'');
    const auto close = open == std::string_view::npos ? open : reason.rfind('\'');
    if (open == close) break;
    kind += reason.substr(0, open);
    kind += "'...'";
    reason.remove_prefix(close + 1);
  }
  return kind + std::string(reason);
}

/// A NUL would make a file of rows one that is no text to whoever reads it again.
std::string without_nul(std::string text) {
  for (auto at = text.find('\0'); at != std::string::npos; at = text.find('\0', at))
    text.replace(at, 1, "\uFFFD");
  return text;
}

}  // namespace

void Quarantine::add(const BadRow& row) {
  ++count_;
  auto reason = without_values(row.reason);
  if (!by_reason_.contains(reason) && by_reason_.size() >= kMaxReasons) reason = kOtherReasons;
  ++by_reason_[reason];
  if (rows_.size() >= max_rows_) return;
  rows_.push_back(
      {row.file, row.line, without_nul(row.reason), without_nul(row.text), without_nul(row.user)});
}

void Quarantine::write(const std::filesystem::path& file) const {
  if (count_ == 0) {
    std::error_code error;
    std::filesystem::remove(file, error);
    if (error) fail(ErrorCode::io, "cannot remove '{}': {}", file.string(), error.message());
    return;
  }
  AtomicFile out(file);
  out.write("file,line,reason,text,user\n");
  for (const auto& row : rows_) {
    out.write(fmt::format("{},{},{},{},{}\n", quoted_cell(row.file), row.line, quoted_cell(row.reason),
                          quoted_cell(row.text), quoted_cell(row.user)));
  }
  out.commit();
}

}  // namespace medley::data
