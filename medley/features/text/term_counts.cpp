#include "medley/features/text/term_counts.h"

#include "medley/core/hash.h"

#include <algorithm>
#include <atomic>
#include <memory>
#include <utility>

namespace medley::features {
namespace {

// Items a task: a text takes some microseconds.
constexpr std::size_t kRun = 64;
constexpr std::int64_t kEntriesAtOnce = 1'000'000;

using Entry = ItemTerms::Entry;

/// What one thread has seen.
struct Tally {
  TermTable table;
  std::vector<std::int64_t> items;
  std::vector<std::int64_t> occurrences;
};

/// Adds the terms of one item, each once with how often it occurs, to `entries`; `seen` is working memory.
void add_item(const std::vector<std::string>& terms, Tally& tally, std::vector<std::int32_t>& seen,
              std::vector<Entry>& entries) {
  seen.clear();
  for (const auto& term : terms) seen.push_back(tally.table.number_of(term));
  std::sort(seen.begin(), seen.end());
  tally.items.resize(tally.table.terms().size());
  tally.occurrences.resize(tally.table.terms().size());
  for (std::size_t first = 0, last = 0; first < seen.size(); first = last) {
    while (last < seen.size() && seen[last] == seen[first]) ++last;
    const auto times = static_cast<std::int32_t>(last - first);
    ++tally.items[static_cast<std::size_t>(seen[first])];
    tally.occurrences[static_cast<std::size_t>(seen[first])] += times;
    entries.push_back({seen[first], times});
  }
}

/// Puts the numbers of all threads into one list in byte order; returns, for each thread, the new number of
/// each of its own.
std::vector<std::vector<std::int32_t>> join(std::vector<Tally>& tallies, TermCounts& out) {
  struct Place {
    std::string* term;
    std::size_t thread;
    std::size_t number;
  };
  std::vector<Place> places;
  std::vector<std::vector<std::int32_t>> renumbered(tallies.size());
  for (std::size_t t = 0; t < tallies.size(); ++t) {
    auto& terms = tallies[t].table.terms();
    renumbered[t].resize(terms.size());
    for (std::size_t n = 0; n < terms.size(); ++n) places.push_back({&terms[n], t, n});
  }
  std::sort(places.begin(), places.end(), [](const Place& a, const Place& b) { return *a.term < *b.term; });
  for (const auto& place : places) {
    if (out.terms.empty() || out.terms.back() != *place.term) {
      out.terms.push_back(std::move(*place.term));  // of equal ones the first; the others are left behind
      out.items.push_back(0);
      out.occurrences.push_back(0);
    }
    renumbered[place.thread][place.number] = static_cast<std::int32_t>(out.terms.size()) - 1;
    out.items.back() += tallies[place.thread].items[place.number];
    out.occurrences.back() += tallies[place.thread].occurrences[place.number];
  }
  return renumbered;
}

}  // namespace

TermTable::TermTable() : slots_(1024) {}

void TermTable::grow() {
  std::vector<Slot> old(slots_.size() * 2);
  old.swap(slots_);
  for (const auto& slot : old) {
    if (slot.number < 0) continue;
    auto at = slot.hash & (slots_.size() - 1);
    while (slots_[at].number >= 0) at = (at + 1) & (slots_.size() - 1);
    slots_[at] = slot;
  }
}

std::int32_t TermTable::number_of(std::string_view term) {
  const auto hash = static_cast<std::uint32_t>(xxh64(term));
  auto at = hash & (slots_.size() - 1);
  for (; slots_[at].number >= 0; at = (at + 1) & (slots_.size() - 1)) {
    if (slots_[at].hash == hash && terms_[static_cast<std::size_t>(slots_[at].number)] == term)
      return slots_[at].number;
  }
  const auto number = static_cast<std::int32_t>(terms_.size());
  terms_.emplace_back(term);
  slots_[at] = {hash, number};
  if (terms_.size() * 2 > slots_.size()) grow();
  return number;
}

/// Counts block after block.
class TermCounter {
 public:
  TermCounter(const TextParams& params, const std::string& home, std::size_t items, ItemTerms* kept,
              const Services& services)
      : params_(params), home_(home), kept_(kept), services_(services) {
    const auto threads = static_cast<std::size_t>(services.pool.size());
    tallies_.resize(threads);
    readers_.resize(threads);
    out_.notes.resize(items);
    if (kept_ != nullptr) *kept_ = {};
  }

  void take(std::span<const Item> items, std::size_t first) {
    std::vector<Counted> runs((items.size() + kRun - 1) / kRun);
    std::atomic<std::size_t> next{0};
    services_.pool.run([&](int worker) {
      for (auto r = next++; r < runs.size(); r = next++) {
        services_.cancel.check();
        const auto begin = r * kRun;
        const auto part = items.subspan(begin, std::min(kRun, items.size() - begin));
        count(part, first + begin, static_cast<std::size_t>(worker), runs[r]);
      }
    });
    if (kept_ != nullptr)
      for (const auto& run : runs) keep(run);
  }

  TermCounts finish() {
    auto renumbered = join(tallies_, out_);
    if (kept_ != nullptr) kept_->renumbered_ = std::move(renumbered);
    return std::move(out_);
  }

 private:
  /// What the items of a run hold.
  struct Counted {
    std::size_t thread = 0;
    std::vector<Entry> entries;
    std::vector<std::int64_t> lengths;
  };

  void count(std::span<const Item> items, std::size_t first, std::size_t thread, Counted& run) {
    // Opens ICU's dictionaries: once a thread.
    if (!readers_[thread]) readers_[thread] = std::make_unique<TermReader>(params_, home_);
    run.thread = thread;
    std::vector<std::string> terms;
    std::vector<std::int32_t> seen;
    for (std::size_t i = 0; i < items.size(); ++i) {
      out_.notes[first + i] = readers_[thread]->read(items[i], terms);
      const auto before = run.entries.size();
      add_item(terms, tallies_[thread], seen, run.entries);
      run.lengths.push_back(static_cast<std::int64_t>(run.entries.size() - before));
      if (kept_ == nullptr) run.entries.clear();
    }
  }

  void keep(const Counted& run) {
    kept_->runs_.push_back({run.thread, run.lengths.size(), static_cast<std::int64_t>(run.entries.size())});
    for (const auto length : run.lengths) kept_->offsets_.push_back(kept_->offsets_.back() + length);
    kept_->entries_.write(std::span(run.entries));
  }

  const TextParams& params_;
  const std::string& home_;
  ItemTerms* kept_;
  const Services& services_;
  std::vector<Tally> tallies_;
  std::vector<std::unique_ptr<TermReader>> readers_;
  TermCounts out_;
};

TermCounts count_terms(const ItemBlocks& items, const TextParams& params, const std::string& home,
                       ItemTerms* kept, const Services& services) {
  TermCounter counter(params, home, items.size(), kept, services);
  items.for_each([&](std::span<const Item> block, std::size_t first) { counter.take(block, first); });
  return counter.finish();
}

ItemTerms::Block ItemTerms::read(std::size_t first_item, std::span<const Run> runs,
                                 const Services& services) const {
  Block out{first_item, {0}, {}};
  std::vector<std::size_t> first_of{0};  // items of `out` before each run
  for (const auto& run : runs) first_of.push_back(first_of.back() + run.items);
  const auto from = offsets_[first_item];
  for (std::size_t k = 1; k <= first_of.back(); ++k) out.offsets.push_back(offsets_[first_item + k] - from);
  out.entries.resize(static_cast<std::size_t>(out.offsets.back()));
  entries_.read(static_cast<std::uint64_t>(from) * sizeof(Entry), std::span(out.entries));
  parallel_for(
      services.pool, static_cast<math::Index>(runs.size()), 8, [&](math::Index begin, math::Index end) {
        services.cancel.check();
        for (auto r = static_cast<std::size_t>(begin); r < static_cast<std::size_t>(end); ++r) {
          const auto& number = renumbered_[runs[r].thread];
          for (auto k = first_of[r]; k < first_of[r + 1]; ++k) {
            const auto row = std::span(out.entries)
                                 .subspan(static_cast<std::size_t>(out.offsets[k]),
                                          static_cast<std::size_t>(out.offsets[k + 1] - out.offsets[k]));
            for (auto& entry : row) entry.term = number[static_cast<std::size_t>(entry.term)];
            std::ranges::sort(row, {}, &Entry::term);
          }
        }
      });
  return out;
}

void ItemTerms::for_each(const std::function<void(const Block& block)>& use, const Services& services) const {
  std::size_t first_item = 0;
  for (std::size_t first = 0; first < runs_.size();) {
    std::size_t end = first;
    std::size_t items = 0;
    std::int64_t entries = 0;
    do {
      items += runs_[end].items;
      entries += runs_[end].entries;
      ++end;
    } while (end < runs_.size() && entries + runs_[end].entries <= kEntriesAtOnce);
    use(read(first_item, std::span(runs_).subspan(first, end - first), services));
    first = end;
    first_item += items;
  }
}

}  // namespace medley::features
