#include "medley/features/text/word_vectors.h"

#include "medley/core/error.h"
#include "medley/features/text/word_reader.h"
#include "medley/media/text/cases.h"

#include <algorithm>
#include <functional>
#include <numeric>
#include <utility>

namespace medley::features {
namespace {

constexpr std::int64_t kMaxDim = 65'536;

void add_to(std::span<float> sum, std::span<const float> values) {
  for (std::size_t k = 0; k < sum.size(); ++k) sum[k] += values[k];
}

/// The row of a sorted list; nothing: -1.
template <class T, class Key>
math::Index row_of(const std::vector<T>& sorted, const Key& key) {
  const auto at = std::lower_bound(sorted.begin(), sorted.end(), key);
  return at != sorted.end() && *at == key ? at - sorted.begin() : -1;
}

/// fastText's vector of one of its words: the mean of its own row and those of its n-grams, which are in
/// `buckets`.
void compose(const FastTextModel& model, std::size_t word, std::span<const std::int32_t> buckets,
             std::span<float> out, std::vector<float>& row) {
  model.row(static_cast<std::int64_t>(word), out);
  for (const auto bucket : buckets) {
    model.row(static_cast<std::int64_t>(model.words.size()) + bucket, row);
    add_to(out, row);
  }
  for (auto& value : out) value /= static_cast<float>(buckets.size() + 1);
}

std::span<const float> values_of(const math::Matrix& matrix) {
  return {matrix.data(), static_cast<std::size_t>(matrix.rows() * matrix.cols())};
}

math::Matrix read_matrix(const ArchiveReader& in, std::string_view name, std::size_t rows,
                         std::int64_t cols) {
  const auto values = in.get<float>(name, rows * static_cast<std::size_t>(cols));
  math::Matrix out(static_cast<math::Index>(rows), cols);
  std::copy(values.begin(), values.end(), out.data());
  return out;
}

}  // namespace

WordVectors::WordVectors(std::vector<std::string> words, const math::Matrix& vectors) {
  require(static_cast<math::Index>(words.size()) == vectors.rows(), "{} words for {} vectors", words.size(),
          vectors.rows());
  std::vector<std::size_t> order(words.size());
  std::iota(order.begin(), order.end(), 0);
  std::ranges::stable_sort(order, {}, [&](std::size_t i) -> const std::string& { return words[i]; });
  const auto same = [&](std::size_t a, std::size_t b) { return words[a] == words[b]; };
  order.erase(std::unique(order.begin(), order.end(), same), order.end());
  vectors_ = math::Matrix(static_cast<math::Index>(order.size()), vectors.cols());
  for (const auto i : order) {
    const auto from = vectors.row(static_cast<math::Index>(i));
    std::ranges::copy(from, vectors_.row(static_cast<math::Index>(words_.size())).begin());
    words_.push_back(std::move(words[i]));
  }
}

WordVectors WordVectors::of(const FastTextModel& model, const std::unordered_set<std::string>& wanted,
                            std::size_t max_words) {
  std::vector<std::size_t> kept;
  std::vector<std::string> names;
  for (std::size_t i = 0; i < model.words.size(); ++i) {
    // The end of a line is a word to fastText, and to no text.
    if (model.words[i] == "</s>" || model.words[i].size() > kMaxWordBytes) continue;
    auto name = media::lower_case(model.words[i]);
    if (i >= max_words && !wanted.contains(name)) continue;
    kept.push_back(i);
    names.push_back(std::move(name));
  }
  math::Matrix vectors(static_cast<math::Index>(kept.size()), model.dim);
  std::vector<float> row(static_cast<std::size_t>(model.dim));
  // A bit a bucket: the rows of all buckets are in the model, so this is little beside it.
  std::vector<bool> used(static_cast<std::size_t>(model.rule.max_length > 0 ? model.rule.buckets : 0));
  for (std::size_t k = 0; k < kept.size(); ++k) {
    const auto buckets = subword_buckets(model.words[kept[k]], model.rule);
    compose(model, kept[k], buckets, vectors.row(static_cast<math::Index>(k)), row);
    for (const auto bucket : buckets) used[static_cast<std::size_t>(bucket)] = true;
  }
  WordVectors out(std::move(names), vectors);
  out.rule_ = model.rule;
  for (std::size_t b = 0; b < used.size(); ++b)
    if (used[b]) out.buckets_.push_back(static_cast<std::int32_t>(b));
  out.bucket_vectors_ = math::Matrix(static_cast<math::Index>(out.buckets_.size()), model.dim);
  for (std::size_t b = 0; b < out.buckets_.size(); ++b)
    model.row(static_cast<std::int64_t>(model.words.size()) + out.buckets_[b],
              out.bucket_vectors_.row(static_cast<math::Index>(b)));
  return out;
}

bool WordVectors::find(std::string_view word, std::span<float> out) const {
  if (const auto row = row_of(words_, word); row >= 0) {
    std::ranges::copy(vectors_.row(row), out.begin());
    return true;
  }
  std::ranges::fill(out, 0.0f);
  if (buckets_.empty()) return false;
  int known = 0;
  for (const auto bucket : subword_buckets(word, rule_)) {
    const auto row = row_of(buckets_, bucket);
    if (row < 0) continue;
    add_to(out, bucket_vectors_.row(row));
    ++known;
  }
  for (auto& value : out) value /= static_cast<float>(std::max(known, 1));
  return known > 0;
}

void WordVectors::save(ArchiveWriter& out) const {
  out.put_texts("words", words_);
  out.put_value("dim", static_cast<std::int64_t>(vectors_.cols()));
  out.put("vectors", values_of(vectors_), Verify::on_request);
  out.put("subwords.rule", std::vector<std::int32_t>{rule_.min_length, rule_.max_length, rule_.buckets});
  out.put("subwords.buckets", buckets_);
  out.put("subwords.vectors", values_of(bucket_vectors_), Verify::on_request);
}

WordVectors WordVectors::load(const ArchiveReader& in) {
  const auto corrupt = [&](const char* what) {
    fail(ErrorCode::corrupt_data, "'{}': {}", in.path().string(), what);
  };
  WordVectors out;
  out.words_ = in.get_texts("words");
  if (std::ranges::adjacent_find(out.words_, std::greater_equal<>()) != out.words_.end())
    corrupt("the words are not in order");
  const auto dim = in.get_value<std::int64_t>("dim");
  if (dim < 0 || dim > kMaxDim) corrupt("the length of a word's vector is out of range");
  out.vectors_ = read_matrix(in, "vectors", out.words_.size(), dim);
  const auto rule = in.get<std::int32_t>("subwords.rule", 3);
  out.rule_ = {rule[0], rule[1], rule[2]};
  const auto buckets = in.get<std::int32_t>("subwords.buckets");
  out.buckets_.assign(buckets.begin(), buckets.end());
  if (std::ranges::adjacent_find(out.buckets_, std::greater_equal<>()) != out.buckets_.end())
    corrupt("the buckets of its n-grams are not in order");
  out.bucket_vectors_ = read_matrix(in, "subwords.vectors", out.buckets_.size(), dim);
  return out;
}

}  // namespace medley::features
