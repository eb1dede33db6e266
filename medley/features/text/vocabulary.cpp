#include "medley/features/text/vocabulary.h"

#include "medley/core/error.h"
#include "medley/features/idf.h"

#include <algorithm>
#include <functional>
#include <utility>

namespace medley::features {
namespace {

constexpr const char* kNoneKnown = "no usable words: none is in the vocabulary";

using Entry = ItemTerms::Entry;

/// How often each column occurs in one item, by rising column.
std::vector<Entry> counted(std::vector<std::int32_t>& columns) {
  std::sort(columns.begin(), columns.end());
  std::vector<Entry> out;
  for (const auto column : columns) {
    if (out.empty() || out.back().term != column) out.push_back({column, 0});
    ++out.back().times;
  }
  return out;
}

/// The weights of one row, at unit length.
void weigh(std::span<const Entry> row, const std::vector<double>& idf, bool sublinear, std::int32_t* columns,
           float* values) {
  const auto weight = [&](const Entry& entry) {
    const double times = entry.times;
    return (sublinear ? 1 + std::log(times) : times) * idf[static_cast<std::size_t>(entry.term)];
  };
  double squares = 0;
  for (const auto& entry : row) squares += weight(entry) * weight(entry);
  const double length = std::sqrt(squares);
  for (std::size_t k = 0; k < row.size(); ++k) {
    columns[k] = row[k].term;
    values[k] = static_cast<float>(weight(row[k]) / length);
  }
}

/// Room for rows of the given lengths.
math::Csr sized(const std::vector<std::size_t>& lengths, std::size_t columns) {
  math::Csr out;
  out.rows = static_cast<math::Index>(lengths.size());
  out.cols = static_cast<math::Index>(columns);
  out.indptr.reserve(lengths.size() + 1);
  for (const auto length : lengths)
    out.indptr.push_back(out.indptr.back() + static_cast<std::int64_t>(length));
  out.indices.resize(static_cast<std::size_t>(out.indptr.back()));
  out.values.resize(out.indices.size());
  return out;
}

}  // namespace

void Vocabulary::fit(const ItemBlocks& items, const Services& services) {
  home_ = home_language(items, params_.words, services);
  auto counts = count_terms(items, params_, home_, nullptr, services);
  learn(counts, items.size());
}

std::vector<std::int32_t> Vocabulary::learn(TermCounts& counts, std::size_t items) {
  const auto n = static_cast<double>(items);
  std::vector<std::size_t> kept;
  for (std::size_t t = 0; t < counts.terms.size(); ++t)
    if (counts.items[t] >= params_.min_df && static_cast<double>(counts.items[t]) <= params_.max_df * n)
      kept.push_back(t);
  const auto limit = static_cast<std::size_t>(params_.max_features);
  if (limit > 0 && kept.size() > limit) {
    // Stable: of terms that occur equally often, the first by name.
    std::ranges::stable_sort(kept, std::greater<>(), [&](std::size_t t) { return counts.occurrences[t]; });
    kept.resize(limit);
    std::ranges::sort(kept);
  }
  idf_.clear();
  std::vector<std::int32_t> column(counts.terms.size(), -1);
  std::vector<std::string> terms;
  for (const auto t : kept) {
    column[t] = static_cast<std::int32_t>(terms.size());
    idf_.push_back(smoothed_idf(items, counts.items[t]));
    terms.push_back(std::move(counts.terms[t]));
  }
  set_terms(std::move(terms));
  return column;
}

Vocabulary::Counted Vocabulary::count(const ItemBlocks& items, const Services& services) {
  home_ = home_language(items, params_.words, services);
  Counted out;
  auto counts = count_terms(items, params_, home_, &out.terms, services);
  out.column = learn(counts, items.size());
  for (std::size_t t = 0; t < out.column.size(); ++t)
    if (out.column[t] >= 0) out.numbers += counts.items[t];
  out.out = {{}, std::vector<std::uint8_t>(items.size()), std::move(counts.notes)};
  return out;
}

math::Csr Vocabulary::weighed(const ItemTerms::Block& block, Counted& counted,
                              const Services& services) const {
  std::vector<std::size_t> lengths(block.size());
  auto& out = counted.out;
  const auto column_of = [&](const Entry& entry) {
    return counted.column[static_cast<std::size_t>(entry.term)];
  };
  for (std::size_t k = 0; k < block.size(); ++k) {
    const auto row = block.of(k);
    lengths[k] = static_cast<std::size_t>(
        std::ranges::count_if(row, [&](const Entry& entry) { return column_of(entry) >= 0; }));
    out.present[block.first + k] = lengths[k] > 0 ? 1 : 0;
    if (lengths[k] == 0 && !row.empty()) out.notes[block.first + k] = kNoneKnown;
  }
  auto rows = sized(lengths, terms_.size());
  parallel_for(services.pool, static_cast<math::Index>(block.size()), kTextGrain,
               [&](math::Index begin, math::Index end) {
                 services.cancel.check();
                 std::vector<Entry> known;
                 for (auto k = static_cast<std::size_t>(begin); k < static_cast<std::size_t>(end); ++k) {
                   known.clear();
                   for (const auto& entry : block.of(k))
                     if (column_of(entry) >= 0) known.push_back({column_of(entry), entry.times});
                   const auto at = rows.indptr[k];
                   weigh(known, idf_, params_.sublinear_tf, rows.indices.data() + at,
                         rows.values.data() + at);
                 }
               });
  return rows;
}

Vectors Vocabulary::fit_rows(const ItemBlocks& items, const std::function<void(const math::CsrView&)>& use,
                             const Services& services) {
  auto counted = count(items, services);
  counted.terms.for_each(
      [&](const ItemTerms::Block& block) { use(weighed(block, counted, services).view()); }, services);
  return std::move(counted.out);
}

Vectors Vocabulary::fit_transform(const ItemBlocks& items, const Services& services) {
  auto counted = count(items, services);
  math::Csr rows;
  rows.rows = static_cast<math::Index>(items.size());
  rows.cols = static_cast<math::Index>(terms_.size());
  // Now, since what grows is there twice meanwhile.
  rows.indptr.reserve(items.size() + 1);
  rows.indices.reserve(static_cast<std::size_t>(counted.numbers));
  rows.values.reserve(static_cast<std::size_t>(counted.numbers));
  counted.terms.for_each(
      [&](const ItemTerms::Block& block) {
        const auto part = weighed(block, counted, services);
        const auto before = rows.indptr.back();
        for (std::size_t k = 1; k < part.indptr.size(); ++k) rows.indptr.push_back(before + part.indptr[k]);
        rows.indices.insert(rows.indices.end(), part.indices.begin(), part.indices.end());
        rows.values.insert(rows.values.end(), part.values.begin(), part.values.end());
      },
      services);
  counted.out.rows = std::move(rows);
  return std::move(counted.out);
}

void Vocabulary::set_terms(std::vector<std::string> terms) {
  terms_ = std::move(terms);
  column_.clear();
  column_.reserve(terms_.size());
  for (const auto& term : terms_) column_.emplace(term, static_cast<std::int32_t>(column_.size()));
}

Vectors Vocabulary::transform(std::span<const Item> items, const Services& services) const {
  std::vector<std::vector<Entry>> known(items.size());
  std::vector<std::size_t> lengths(items.size());
  Vectors out{{}, std::vector<std::uint8_t>(items.size()), std::vector<std::string>(items.size())};
  parallel_for(services.pool, static_cast<math::Index>(items.size()), kTextGrain,
               [&](math::Index begin, math::Index end) {
                 services.cancel.check();
                 TermReader reader(params_, home_);
                 std::vector<std::string> terms;
                 std::vector<std::int32_t> columns;
                 for (auto i = static_cast<std::size_t>(begin); i < static_cast<std::size_t>(end); ++i) {
                   out.notes[i] = reader.read(items[i], terms);
                   columns.clear();
                   for (const auto& term : terms)
                     if (const auto found = column_.find(term); found != column_.end())
                       columns.push_back(found->second);
                   known[i] = counted(columns);
                   lengths[i] = known[i].size();
                   out.present[i] = columns.empty() ? 0 : 1;
                   if (columns.empty() && !terms.empty()) out.notes[i] = kNoneKnown;
                 }
               });
  auto rows = sized(lengths, terms_.size());
  for (std::size_t i = 0; i < items.size(); ++i) {
    const auto at = rows.indptr[i];
    weigh(known[i], idf_, params_.sublinear_tf, rows.indices.data() + at, rows.values.data() + at);
    known[i] = {};
  }
  out.rows = std::move(rows);
  return out;
}

void Vocabulary::save(ArchiveWriter& out) const {
  out.put_texts("terms", terms_);
  out.put("idf", idf_);
  out.put_text("home", home_);
}

void Vocabulary::load(const ArchiveReader& in) {
  auto terms = in.get_texts("terms");
  const auto idf = in.get<double>("idf", terms.size());
  if (std::adjacent_find(terms.begin(), terms.end(), std::greater_equal<>()) != terms.end())
    fail(ErrorCode::corrupt_data, "'{}': the terms are not in order", in.path().string());
  // A state of an earlier version took every text for English.
  home_ = in.contains("home") ? in.get_text("home") : "en";
  idf_.assign(idf.begin(), idf.end());
  set_terms(std::move(terms));
}

}  // namespace medley::features
