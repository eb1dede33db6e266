#include "medley/features/text/vocabulary.h"

#include <algorithm>
#include <cmath>
#include <mutex>
#include <utility>

namespace medley::features {
namespace {

// Items a task: a tokenizer opens ICU's dictionaries, so a task is long beside it.
constexpr math::Index kGrain = 256;

struct Counts {
  std::int64_t items = 0;
  std::int64_t occurrences = 0;
};
using Tally = std::unordered_map<std::string, Counts>;

void add(Tally& tally, std::vector<std::string>& terms) {
  std::sort(terms.begin(), terms.end());
  for (auto first = terms.begin(); first != terms.end();) {
    const auto last = std::upper_bound(first, terms.end(), *first);
    auto& counts = tally[*first];
    ++counts.items;
    counts.occurrences += last - first;
    first = last;
  }
}

/// Sums of whole numbers: the same in whatever order the threads finish.
Tally count(std::span<const Item> items, const TextParams& params, const Services& services) {
  Tally all;
  std::mutex mutex;
  parallel_for(services.pool, static_cast<math::Index>(items.size()), kGrain,
               [&](math::Index begin, math::Index end) {
                 services.cancel.check();
                 TermReader reader(params);
                 std::vector<std::string> terms;
                 Tally block;
                 for (auto i = begin; i < end; ++i) {
                   reader.read(items[static_cast<std::size_t>(i)], terms);
                   add(block, terms);
                 }
                 const std::lock_guard lock(mutex);
                 for (auto& [term, counts] : block) {
                   auto& sum = all[term];
                   sum.items += counts.items;
                   sum.occurrences += counts.occurrences;
                 }
               });
  return all;
}

/// The `limit` terms that occur most often, ties by name; 0: all.
void keep_most_frequent(std::vector<std::pair<std::string, Counts>>& terms, std::size_t limit) {
  if (limit == 0 || terms.size() <= limit) return;
  std::sort(terms.begin(), terms.end(), [](const auto& a, const auto& b) {
    return a.second.occurrences != b.second.occurrences ? a.second.occurrences > b.second.occurrences
                                                        : a.first < b.first;
  });
  terms.resize(limit);
}

}  // namespace

void Vocabulary::fit(std::span<const Item> items, const Services& services) {
  const auto n = static_cast<double>(items.size());
  std::vector<std::pair<std::string, Counts>> kept;
  for (auto& [term, counts] : count(items, params_, services))
    if (counts.items >= params_.min_df && static_cast<double>(counts.items) <= params_.max_df * n)
      kept.emplace_back(term, counts);
  keep_most_frequent(kept, static_cast<std::size_t>(params_.max_features));
  std::sort(kept.begin(), kept.end(), [](const auto& a, const auto& b) { return a.first < b.first; });

  idf_.clear();
  std::vector<std::string> terms;
  for (auto& [term, counts] : kept) {
    idf_.push_back(std::log((1 + n) / (1 + static_cast<double>(counts.items))) + 1);
    terms.push_back(std::move(term));
  }
  set_terms(std::move(terms));
}

void Vocabulary::set_terms(std::vector<std::string> terms) {
  terms_ = std::move(terms);
  column_.clear();
  column_.reserve(terms_.size());
  for (const auto& term : terms_) column_.emplace(term, static_cast<std::int32_t>(column_.size()));
}

std::vector<Vocabulary::Entry> Vocabulary::weigh(const std::vector<std::string>& terms) const {
  std::vector<std::int32_t> columns;
  for (const auto& term : terms)
    if (const auto found = column_.find(term); found != column_.end()) columns.push_back(found->second);
  std::sort(columns.begin(), columns.end());

  std::vector<std::pair<std::int32_t, double>> weights;
  double squares = 0;
  for (auto first = columns.begin(); first != columns.end();) {
    const auto last = std::upper_bound(first, columns.end(), *first);
    const auto times = static_cast<double>(last - first);
    const double tf = params_.sublinear_tf ? 1 + std::log(times) : times;
    weights.emplace_back(*first, tf * idf_[static_cast<std::size_t>(*first)]);
    squares += weights.back().second * weights.back().second;
    first = last;
  }
  std::vector<Entry> row;
  for (const auto& [column, weight] : weights)
    row.push_back({column, static_cast<float>(weight / std::sqrt(squares))});
  return row;
}

Vectors Vocabulary::transform(std::span<const Item> items, const Services& services) const {
  std::vector<std::vector<Entry>> entries(items.size());
  Vectors out{{}, std::vector<std::uint8_t>(items.size()), std::vector<std::string>(items.size())};
  parallel_for(services.pool, static_cast<math::Index>(items.size()), kGrain,
               [&](math::Index begin, math::Index end) {
                 services.cancel.check();
                 TermReader reader(params_);
                 std::vector<std::string> terms;
                 for (auto i = static_cast<std::size_t>(begin); i < static_cast<std::size_t>(end); ++i) {
                   out.notes[i] = reader.read(items[i], terms);
                   entries[i] = weigh(terms);
                   out.present[i] = entries[i].empty() ? 0 : 1;
                   if (entries[i].empty() && !terms.empty())
                     out.notes[i] = "no usable words: none is in the vocabulary";
                 }
               });
  math::Csr rows;
  rows.rows = static_cast<math::Index>(items.size());
  rows.cols = static_cast<math::Index>(terms_.size());
  for (auto& row : entries) {
    for (const auto& [column, value] : row) {
      rows.indices.push_back(column);
      rows.values.push_back(value);
    }
    rows.indptr.push_back(static_cast<std::int64_t>(rows.indices.size()));
    row = {};
  }
  out.rows = std::move(rows);
  return out;
}

void Vocabulary::save(ArchiveWriter& out) const {
  out.put_texts("terms", terms_);
  out.put("idf", idf_);
}

void Vocabulary::load(const ArchiveReader& in) {
  auto terms = in.get_texts("terms");
  const auto idf = in.get<double>("idf", terms.size());
  if (std::adjacent_find(terms.begin(), terms.end(), std::greater_equal<>()) != terms.end())
    fail(ErrorCode::corrupt_data, "'{}': the terms are not in order", in.path().string());
  idf_.assign(idf.begin(), idf.end());
  set_terms(std::move(terms));
}

}  // namespace medley::features
