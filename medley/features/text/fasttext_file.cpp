#include "medley/features/text/fasttext_file.h"

#include "medley/core/error.h"

#include <algorithm>
#include <cstdint>
#include <cstring>
#include <string>
#include <utility>

namespace medley::features {
namespace {

constexpr std::int32_t kMagic = 793712314;
constexpr std::int32_t kOldVersion = 11, kVersion = 12;
constexpr std::int32_t kMaxSubwordLength = 64;

/// Goes over the file front to back; the file is little-endian and packed.
class BinReader {
 public:
  BinReader(std::span<const std::byte> bytes, std::string_view name) : rest_(bytes), name_(name) {}

  template <class... Args>
  [[noreturn]] void corrupt(fmt::format_string<Args...> what, Args&&... args) const {
    fail(ErrorCode::corrupt_data, "'{}': {}", name_, fmt::format(what, std::forward<Args>(args)...));
  }

  template <class T>
  T take() {
    if (rest_.size() < sizeof(T)) corrupt("cut short");
    T out{};
    std::memcpy(&out, rest_.data(), sizeof out);
    rest_ = rest_.subspan(sizeof out);
    return out;
  }

  /// Text up to the next NUL.
  std::string text() {
    const auto end = std::ranges::find(rest_, std::byte{0});
    if (end == rest_.end()) corrupt("cut short");
    const auto length = static_cast<std::size_t>(end - rest_.begin());
    std::string out(reinterpret_cast<const char*>(rest_.data()), length);
    rest_ = rest_.subspan(length + 1);
    return out;
  }

  std::span<const std::byte> rest() const { return rest_; }

 private:
  std::span<const std::byte> rest_;
  std::string_view name_;
};

/// The arguments of the training, of which four say how words become rows.
void read_arguments(BinReader& in, std::int32_t version, FastTextModel& out) {
  constexpr std::int32_t kSupervised = 3;
  out.dim = in.take<std::int32_t>();
  for (int skipped = 0; skipped < 6; ++skipped) in.take<std::int32_t>();  // window to loss
  const auto mode = in.take<std::int32_t>();
  out.rule.buckets = in.take<std::int32_t>();
  out.rule.min_length = in.take<std::int32_t>();
  out.rule.max_length = in.take<std::int32_t>();
  in.take<std::int32_t>();  // how often the learning rate falls
  in.take<double>();        // how many frequent words are skipped
  if (version == kOldVersion && mode == kSupervised) out.rule.max_length = 0;
  if (out.dim < 1 || out.dim > kMaxFileDim)
    in.corrupt("vectors of {} numbers, the limit is {}", out.dim, kMaxFileDim);
  if (out.rule.buckets < 0 || out.rule.max_length < 0 || out.rule.max_length > kMaxSubwordLength)
    in.corrupt("n-grams of up to {} characters in {} buckets", out.rule.max_length, out.rule.buckets);
}

void read_dictionary(BinReader& in, FastTextModel& out) {
  constexpr std::int8_t kWord = 0;
  const auto size = in.take<std::int32_t>();
  const auto words = in.take<std::int32_t>();
  in.take<std::int32_t>();  // labels
  in.take<std::int64_t>();  // tokens of the training
  const auto pruned = in.take<std::int64_t>();
  // An entry takes at least 10 bytes: NUL, count, kind.
  if (size < 0 || words < 0 || words > size || static_cast<std::size_t>(size) > in.rest().size() / 10)
    in.corrupt("a dictionary of {} entries, {} of them words, in {} bytes", size, words, in.rest().size());
  if (pruned > 0)
    fail(ErrorCode::unsupported, "a pruned fastText model (.ftz) is not read; take its .bin or .vec");
  out.words.reserve(static_cast<std::size_t>(words));
  for (std::int32_t i = 0; i < size; ++i) {
    auto word = in.text();
    in.take<std::int64_t>();  // occurrences
    const auto kind = in.take<std::int8_t>();
    if ((kind == kWord) != (i < words)) in.corrupt("words and labels are mixed at entry {}", i);
    if (kind == kWord) out.words.push_back(std::move(word));
  }
}

}  // namespace

FastTextModel read_fasttext(std::span<const std::byte> bytes, std::string_view name) {
  BinReader in(bytes, name);
  if (in.take<std::int32_t>() != kMagic) in.corrupt("no .bin of fastText");
  const auto version = in.take<std::int32_t>();
  if (version != kOldVersion && version != kVersion)
    fail(ErrorCode::unsupported, "'{}': version {} of fastText's files; {} and {} are read", name, version,
         kOldVersion, kVersion);
  FastTextModel out;
  read_arguments(in, version, out);
  read_dictionary(in, out);
  if (in.take<std::uint8_t>() != 0)
    fail(ErrorCode::unsupported, "'{}': a quantised fastText model (.ftz) is not read; take its .bin or .vec",
         name);
  const auto rows = in.take<std::int64_t>();
  const auto cols = in.take<std::int64_t>();
  const auto buckets = out.rule.max_length > 0 ? std::int64_t{out.rule.buckets} : 0;
  if (cols != out.dim || rows < static_cast<std::int64_t>(out.words.size()) + buckets)
    in.corrupt("{} x {} numbers for {} words and {} buckets of {} numbers", rows, cols, out.words.size(),
               buckets, out.dim);
  const auto values = in.rest();
  const auto row_bytes = static_cast<std::size_t>(out.dim) * sizeof(float);
  if (static_cast<std::size_t>(rows) > values.size() / row_bytes)
    in.corrupt("cut short: {} bytes for {} rows", values.size(), rows);
  out.row = [values, row_bytes](std::int64_t row, std::span<float> to) {
    std::memcpy(to.data(), values.data() + static_cast<std::size_t>(row) * row_bytes, row_bytes);
  };
  return out;
}

}  // namespace medley::features
