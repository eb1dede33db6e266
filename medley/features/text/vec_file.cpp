#include "medley/features/text/vec_file.h"

#include "medley/core/error.h"
#include "medley/core/utf8.h"
#include "medley/media/text/cases.h"

#include <charconv>
#include <cmath>
#include <cstdint>
#include <utility>
#include <vector>

namespace medley::features {
namespace {

/// Goes over a file line by line and names the one at which something is wrong.
class VecReader {
 public:
  VecReader(std::string_view text, std::string_view name) : rest_(text), name_(name) {}

  template <class... Args>
  [[noreturn]] void corrupt(fmt::format_string<Args...> what, Args&&... args) const {
    fail(ErrorCode::corrupt_data, "'{}', line {}: {}", name_, line_,
         fmt::format(what, std::forward<Args>(args)...));
  }

  bool next() {
    if (rest_.empty()) return false;
    ++line_;
    const auto end = rest_.find('\n');
    at_ = rest_.substr(0, end);
    rest_ = end == rest_.npos ? std::string_view() : rest_.substr(end + 1);
    while (!at_.empty() && (at_.back() == '\r' || at_.back() == ' ')) at_.remove_suffix(1);
    return true;
  }

  /// The next field of the line; empty at its end.
  std::string_view field() {
    const auto end = at_.find(' ');
    const auto out = at_.substr(0, end);
    at_ = end == at_.npos ? std::string_view() : at_.substr(end + 1);
    return out;
  }

  template <class T>
  T number() {
    const auto text = field();
    T out{};
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), out);
    if (error != std::errc() || end != text.data() + text.size())
      corrupt("'{}' is no number", text.substr(0, 40));
    return out;
  }

  bool at_end() const { return at_.empty(); }
  std::size_t bytes_left() const { return rest_.size(); }

 private:
  std::string_view rest_;
  std::string_view at_;
  std::string_view name_;
  std::int64_t line_ = 0;
};

/// The numbers of a line into `out`.
void read_row(VecReader& reader, std::int64_t dim, std::vector<float>& out) {
  for (std::int64_t k = 0; k < dim; ++k) {
    if (reader.at_end()) reader.corrupt("{} numbers, and the header says {}", k, dim);
    const auto value = reader.number<float>();
    if (!std::isfinite(value)) reader.corrupt("a number is not finite");
    out.push_back(value);
  }
  if (!reader.at_end()) reader.corrupt("more numbers than the {} of the header", dim);
}

}  // namespace

VecFile read_vec(std::string_view text, std::string_view name, const std::unordered_set<std::string>& wanted,
                 std::size_t max_words) {
  VecReader reader(text, name);
  if (!reader.next()) reader.corrupt("an empty file; a .vec opens with 'COUNT LENGTH'");
  const auto count = reader.number<std::int64_t>();
  const auto dim = reader.number<std::int64_t>();
  if (!reader.at_end() || count < 0 || dim < 1 || dim > kMaxFileDim)
    reader.corrupt("a .vec opens with 'COUNT LENGTH', a length in [1, {}]", kMaxFileDim);
  // A word, and a space and a digit a number: what is claimed must fit before memory is taken for it.
  if (count > static_cast<std::int64_t>(reader.bytes_left()) / (2 * dim + 1))
    reader.corrupt("{} words of {} numbers do not fit in the {} bytes that follow", count, dim,
                   reader.bytes_left());
  VecFile out;
  std::vector<std::string> words;
  std::vector<float> values;
  std::unordered_set<std::string> seen;
  std::vector<float> row;
  std::int64_t lines = 0;
  for (; reader.next(); ++lines) {
    if (lines == count) reader.corrupt("more words than the {} of the header", count);
    const auto word = reader.field();
    if (word.empty()) reader.corrupt("no word");
    row.clear();
    read_row(reader, dim, row);
    if (first_invalid_utf8(word) != word.npos) {
      ++out.not_utf8;
      continue;
    }
    auto lower = media::lower_case(word);
    if (static_cast<std::size_t>(lines) >= max_words && !wanted.contains(lower)) continue;
    if (!seen.insert(lower).second) {
      ++out.repeated;
      continue;
    }
    words.push_back(std::move(lower));
    values.insert(values.end(), row.begin(), row.end());
  }
  if (lines != count) reader.corrupt("the file ends after {} words, and its header says {}", lines, count);
  math::Matrix vectors(static_cast<math::Index>(words.size()), dim);
  std::copy(values.begin(), values.end(), vectors.data());
  out.vectors = WordVectors(std::move(words), vectors);
  return out;
}

}  // namespace medley::features
