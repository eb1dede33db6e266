#include "medley/data/readers/json_lines.h"

#include "medley/core/error.h"
#include "medley/core/params.h"
#include "medley/data/readers/fields.h"

#include <fmt/core.h>
#include <fmt/ranges.h>
#include <nlohmann/json.hpp>

#include <algorithm>
#include <cctype>
#include <system_error>
#include <utility>

namespace medley::data {
namespace {

using Json = nlohmann::json;

/// A character of a number or a literal.
bool in_word(char c) {
  return std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '.' || c == '+' || c == '-';
}

/// What stands behind `key` and a colon in text that looks like JSON, or "".
std::string value_behind(std::string_view text, const std::string& key) {
  constexpr std::string_view kBlanks = " \t";
  for (auto at = text.find(key); at != std::string_view::npos; at = text.find(key, at + 1)) {
    auto rest = text.substr(at + key.size());
    rest.remove_prefix(std::min(rest.find_first_not_of(kBlanks), rest.size()));
    if (!rest.starts_with(':')) continue;
    rest.remove_prefix(1);
    rest.remove_prefix(std::min(rest.find_first_not_of(kBlanks), rest.size()));
    if (!rest.starts_with('"')) return std::string(rest.substr(0, rest.find_first_of(",} \t")));
    std::size_t end = 1;
    while (end < rest.size() && rest[end] != '"') end += rest[end] == '\\' ? 2 : 1;
    const auto written = std::string(rest.substr(0, end));
    const auto value = Json::parse(written + '"', nullptr, false);
    return value.is_string() ? value.get<std::string>() : written.substr(1);
  }
  return {};
}

}  // namespace

/// Takes the asked keys out of one object, without building the rest of it.
class JsonLines::Handler final : public nlohmann::json_sax<Json> {
 public:
  explicit Handler(JsonLines& rows) : rows_(rows) {}

  bool null() override { return value({}, false); }
  bool boolean(bool value_) override { return value(value_ ? "true" : "false"); }
  bool number_integer(std::int64_t value_) override { return value(std::to_string(value_)); }
  bool number_unsigned(std::uint64_t value_) override { return value(std::to_string(value_)); }
  /// The digits as they stand: a whole number beyond 64 bits keeps them all.
  bool number_float(double, const std::string& written) override { return value(written); }
  bool string(std::string& text) override {
    if (depth_ <= 2 && text.find('\0') != std::string::npos) misfit("a text with a NUL");
    return value(std::move(text));
  }
  bool binary(Json::binary_t&) override { return stop("binary data"); }

  bool start_object(std::size_t) override {
    if (depth_ == 1) misfit("an object");
    if (depth_ == 2) misfit("a list of objects");
    return deeper();
  }
  bool end_object() override {
    --depth_;
    return true;
  }
  bool start_array(std::size_t) override {
    if (depth_ == 0) return stop("a list, not an object");
    if (depth_ == 2) misfit("a list of lists");
    if (depth_ == 1 && cell_ != nullptr) cell_->there = cell_->list = true;
    return deeper();
  }
  bool end_array() override {
    if (--depth_ == 1 && cell_ != nullptr) cell_->text = fmt::format("{}", fmt::join(cell_->parts, " "));
    return true;
  }
  bool key(std::string& name) override {
    if (depth_ != 1) return true;
    key_ = name;
    cell_ = nullptr;
    if (rows_.objects_ == 0) rows_.first_keys_.push_back(name);
    const auto found = rows_.numbers_.find(name);
    if (found == rows_.numbers_.end()) return true;
    cell_ = &rows_.cells_[found->second];
    if (cell_->seen) return stop(fmt::format("'{}' is named twice", cut_text(name, 40)));
    return cell_->seen = true;
  }
  bool parse_error(std::size_t position, const std::string&, const Json::exception&) override {
    const auto text = rows_.lines_.text();
    if (position > text.size()) return stop("not JSON: the line ends too early");
    auto at = position == 0 ? 0 : position - 1;
    while (at > 0 && in_word(text[at - 1])) --at;
    return stop(fmt::format("not JSON from '{}' on", cut_text(text.substr(at), 20)));
  }

  const std::string& reason() const { return reason_; }

 private:
  bool stop(std::string reason) {
    reason_ = std::move(reason);
    return false;
  }
  bool deeper() { return ++depth_ <= kMaxDepth || stop(fmt::format("nested deeper than {}", kMaxDepth)); }

  bool value(std::string text, bool there = true) {
    if (depth_ == 0) return stop("a value, not an object");
    if (cell_ == nullptr || depth_ > 2) return true;
    if (depth_ == 1) {
      cell_->there = there;
      cell_->text = std::move(text);
    } else if (cell_->list && there) {
      cell_->parts.push_back(std::move(text));
    }
    return true;
  }

  /// The value of an asked key is of a kind that no row has.
  void misfit(std::string_view kind) {
    if (cell_ == nullptr) return;
    if (rows_.fault_.empty())
      rows_.fault_ = fmt::format("{} is {}, not a text, a number or a list of them", key_, kind);
    *cell_ = {};
    cell_->seen = true;
    cell_ = nullptr;
  }

  JsonLines& rows_;
  int depth_ = 0;
  Cell* cell_ = nullptr;  ///< of the key at hand, where it was asked for
  std::string key_;
  std::string reason_;
};

bool is_json_lines(const std::filesystem::path& path) {
  return path.extension() == ".jsonl" || path.extension() == ".ndjson";
}

JsonLines::JsonLines(const std::filesystem::path& path, Encoding encoding, std::string user, RowSink& sink,
                     const Services& services)
    : lines_(open_file(path), {.delimiter = "", .quotes = false, .encoding = encoding}),
      sink_(sink),
      services_(services),
      user_(std::move(user)) {
  std::error_code error;
  const auto bytes = std::filesystem::file_size(path, error);
  services_.progress.begin(fmt::format("reading {}", path.filename().string()),
                           error ? 0 : static_cast<std::int64_t>(bytes));
}

std::size_t JsonLines::find(const std::string& key) {
  const auto [at, added] = numbers_.emplace(key, cells_.size());
  if (added) cells_.emplace_back();
  return at->second;
}

std::size_t JsonLines::need(const std::string& key, std::string_view option) {
  needs_.push_back({key, std::string(option), find(key)});
  return needs_.back().cell;
}

bool JsonLines::next() {
  while (lines_.next()) {
    report_progress();
    if (read_object()) return true;
  }
  check_needs();
  return false;
}

void JsonLines::check_needs() const {
  if (objects_ == 0) fail(ErrorCode::corrupt_data, "'{}' holds no line with a JSON object", name());
  for (const auto& [key, option, cell, met] : needs_) {
    if (met) continue;
    const auto nearest = nearest_name(key, first_keys_);
    fail(ErrorCode::not_found, "'{}' has no key '{}'{}; its first object has {}; set {} to one of them",
         name(), key, nearest.empty() ? "" : fmt::format(" (nearest: '{}')", nearest),
         cut_text(fmt::format("{}", fmt::join(first_keys_, ", ")), BadRow::kMaxBytes), option);
  }
}

/// Reads the line at hand; false for one that is no object, which is reported, and for a blank one.
bool JsonLines::read_object() {
  for (auto& cell : cells_) cell = {};
  fault_.clear();
  const auto text = lines_.text();
  if (lines_.good() && trimmed(text).empty()) return false;
  Handler handler(*this);
  if (!lines_.good() || !Json::sax_parse(text.begin(), text.end(), &handler)) {
    if (objects_ == 0) first_keys_.clear();
    reject(lines_.good() ? handler.reason() : lines_.reason());
    return false;
  }
  for (auto& need : needs_) need.met = need.met || cells_[need.cell].seen;
  ++objects_;
  return true;
}

std::vector<std::string> JsonLines::values(std::size_t key, std::string_view separator) const {
  const auto& cell = cells_[key];
  if (!cell.list) return split_values(cell.text, separator);
  std::vector<std::string> out;
  for (const auto& part : cell.parts) {
    const auto text = trimmed(part);
    if (!text.empty()) out.emplace_back(text);
  }
  return out;
}

/// Of a line that is no JSON too: what was read before it broke, or the text or number behind the key.
std::string JsonLines::user_of_row() const {
  if (user_.empty()) return {};
  const auto found = numbers_.find(user_);
  if (found != numbers_.end() && cells_[found->second].there) return cells_[found->second].text;
  return value_behind(lines_.text(), '"' + user_ + '"');
}

void JsonLines::reject(std::string reason) {
  sink_.bad({name(), line(), std::move(reason), std::string(cut_text(lines_.text(), BadRow::kMaxBytes)),
             std::string(cut_text(user_of_row(), BadRow::kMaxBytes))});
}

void JsonLines::report_progress() {
  constexpr std::int64_t kRows = 4096;
  if (++rows_ % kRows != 0) return;
  services_.cancel.check();
  services_.progress.at(lines_.position());
}

}  // namespace medley::data
