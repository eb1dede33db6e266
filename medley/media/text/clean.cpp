#include "medley/media/text/clean.h"

#include "medley/media/text/entities.h"

#include <algorithm>
#include <array>
#include <optional>

namespace medley::media {

namespace {

constexpr auto kInline = std::to_array<std::string_view>(
    {"a",     "abbr", "acronym", "b",      "bdi", "bdo", "big",  "cite", "code", "data", "del",
     "dfn",   "em",   "font",    "i",      "ins", "kbd", "mark", "nobr", "q",    "s",    "samp",
     "small", "span", "strike",  "strong", "sub", "sup", "time", "tt",   "u",    "var",  "wbr"});

bool is_letter(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}
bool is_digit(char c) {
  return c >= '0' && c <= '9';
}
bool is_space(char c) {
  return c == ' ' || (c >= '\t' && c <= '\r');
}
char lowered(char c) {
  return c >= 'A' && c <= 'Z' ? static_cast<char>(c + ('a' - 'A')) : c;
}

void append_utf8(std::string& out, char32_t code) {
  const auto byte = [&out](char32_t value) { out.push_back(static_cast<char>(value)); };
  if (code < 0x80) return byte(code);
  if (code < 0x800) {
    byte(0xc0 | code >> 6);
  } else {
    if (code < 0x10000) {
      byte(0xe0 | code >> 12);
    } else {
      byte(0xf0 | code >> 18);
      byte(0x80 | (code >> 12 & 0x3f));
    }
    byte(0x80 | (code >> 6 & 0x3f));
  }
  byte(0x80 | (code & 0x3f));
}

/// Walks over a fragment and writes what is left of it. What was searched once is not searched again from
/// further on (`Ending`), and prose that was taken for a tag is not read again, so that hostile text
/// ("<a <a <a", "<!-- <!--") costs linear time too.
class Cleaner {
 public:
  explicit Cleaner(std::string_view text) : text_(text) { out_.reserve(text.size()); }

  std::string run() {
    while (at_ < text_.size()) {
      const char c = text_[at_];
      if ((c == '<' && markup()) || (c == '&' && entity())) continue;
      out_.push_back(c);
      ++at_;
    }
    return std::move(out_);
  }

 private:
  /// Something that is looked for from ever later places, where it was found last (npos: it comes no more).
  struct Ending {
    std::string_view text;
    std::size_t found = 0;
  };

  std::size_t find(Ending& ending, std::size_t from) const {
    if (ending.found < from) ending.found = text_.find(ending.text, from);
    return ending.found;
  }

  bool starts(std::size_t at, std::string_view what) const { return text_.substr(at, what.size()) == what; }

  /// At a "<": steps over what it opens, or answers false when it opens nothing.
  bool markup() {
    if (starts(at_, "<!--")) return step_behind(comment_end_, at_ + 4);
    if (starts(at_, "<!") || starts(at_, "<?")) return step_behind(close_, at_ + 2);
    return at_ >= prose_until_ && tag();
  }

  bool step_behind(Ending& ending, std::size_t from) {
    const std::size_t found = find(ending, from);
    if (found == text_.npos) return false;
    at_ = found + ending.text.size();
    out_.push_back(' ');
    return true;
  }

  bool tag() {
    const bool closing = starts(at_ + 1, "/");
    std::size_t end = at_ + 1 + (closing ? 1 : 0);
    const std::size_t start = end;
    while (end < text_.size() && (is_letter(text_[end]) || (end > start && name_goes_on(text_[end])))) ++end;
    if (end == start || end == text_.size()) return false;
    if (!is_space(text_[end]) && text_[end] != '/' && text_[end] != '>') return false;
    const std::size_t close = tag_end(end);
    if (close == text_.npos) return false;
    std::string name(text_.substr(start, end - start));
    std::ranges::transform(name, name.begin(), lowered);
    at_ = close + 1;
    if (!closing && name == "script") skip_raw(script_end_);
    if (!closing && name == "style") skip_raw(style_end_);
    if (std::ranges::find(kInline, name) == kInline.end()) out_.push_back(' ');
    return true;
  }

  static bool name_goes_on(char c) { return is_digit(c) || c == '-' || c == ':'; }

  /// The ">" of a tag whose attributes start at `at`; one inside quotes does not count, unless a quote was
  /// found never to close. Another "<" means that this was prose.
  std::size_t tag_end(std::size_t at) {
    const std::size_t first = find(close_, at);
    if (first == text_.npos) return first;
    char quote = 0;
    for (std::size_t i = at; i < text_.size(); ++i) {
      const char c = text_[i];
      if (quote != 0) {
        if (c == quote) quote = 0;
      } else if (c == '>') {
        return i;
      } else if (c == '<') {
        prose_until_ = i;
        return text_.npos;
      } else if ((c == '"' || c == '\'') && text_[i - 1] == '=' && !quote_never_closes_) {
        quote = c;
      }
    }
    quote_never_closes_ = true;
    return first;
  }

  /// Behind <script> or <style>: to its closing tag, which is left to be read; without one, nowhere.
  void skip_raw(Ending& ending) {
    if (ending.found < at_) {
      const auto found = std::ranges::search(text_.substr(at_), ending.text, {}, lowered);
      ending.found = found.empty() ? text_.npos : static_cast<std::size_t>(found.begin() - text_.begin());
    }
    if (ending.found != text_.npos) at_ = ending.found;
  }

  /// At a "&": writes the character that it names, or answers false when it names none.
  bool entity() {
    const std::string_view name = text_.substr(at_ + 1, text_.substr(at_, kLongestEntity).find(';') - 1);
    const std::size_t end = at_ + 1 + name.size();
    if (name.size() >= kLongestEntity || !starts(end, ";")) return false;
    std::optional<char32_t> code;
    if (name.starts_with("#x") || name.starts_with("#X")) {
      code = numeric_entity(name.substr(2), 16);
    } else if (name.starts_with('#')) {
      code = numeric_entity(name.substr(1), 10);
    } else {
      code = named_entity(name);
    }
    if (!code) return false;
    append_utf8(out_, *code);
    at_ = end + 1;
    return true;
  }

  static constexpr std::size_t kLongestEntity = 12;

  std::string_view text_;
  std::size_t at_ = 0;
  std::size_t prose_until_ = 0;
  bool quote_never_closes_ = false;
  Ending close_{">"};
  Ending comment_end_{"-->"};
  Ending script_end_{"</script"};
  Ending style_end_{"</style"};
  std::string out_;
};

}  // namespace

std::string clean_markup(std::string_view text) {
  return Cleaner(text).run();
}

}  // namespace medley::media
