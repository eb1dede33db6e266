#include "medley/features/text/term_counts.h"

#include "medley/core/hash.h"

#include <algorithm>
#include <atomic>

namespace medley::features {
namespace {

// Items a task: a tokenizer opens ICU's dictionaries once a thread, and a block's list is one allocation.
constexpr std::size_t kBlock = 256;

/// What the items of a block hold, in the numbers of the thread that read it.
struct Block {
  std::size_t thread = 0;
  std::vector<TermCounts::Entry> entries;
  std::vector<std::int32_t> lengths;
};

/// What one thread has seen.
struct Tally {
  TermTable table;
  std::vector<std::int64_t> items;
  std::vector<std::int64_t> occurrences;
};

/// Adds the terms of one item, each once with how often it occurs; `seen` is working memory.
void add_item(const std::vector<std::string>& terms, Tally& tally, std::vector<std::int32_t>& seen,
              Block& block, bool keep) {
  seen.clear();
  for (const auto& term : terms) seen.push_back(tally.table.number_of(term));
  std::sort(seen.begin(), seen.end());
  tally.items.resize(tally.table.terms().size());
  tally.occurrences.resize(tally.table.terms().size());
  std::int32_t distinct = 0;
  for (std::size_t first = 0, last = 0; first < seen.size(); first = last) {
    while (last < seen.size() && seen[last] == seen[first]) ++last;
    const auto times = static_cast<std::int32_t>(last - first);
    ++tally.items[static_cast<std::size_t>(seen[first])];
    tally.occurrences[static_cast<std::size_t>(seen[first])] += times;
    if (keep) block.entries.push_back({seen[first], times});
    ++distinct;
  }
  if (keep) block.lengths.push_back(distinct);
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

/// The entries of all blocks in the order of the items, under the new numbers.
void gather(std::vector<Block>& blocks, const std::vector<std::vector<std::int32_t>>& renumbered,
            TermCounts& out, const Services& services) {
  out.offsets = {0};
  std::vector<std::int64_t> first{0};
  for (const auto& block : blocks) {
    for (const auto length : block.lengths) out.offsets.push_back(out.offsets.back() + length);
    first.push_back(out.offsets.back());
  }
  out.entries.resize(static_cast<std::size_t>(out.offsets.back()));
  parallel_for(services.pool, static_cast<math::Index>(blocks.size()), 4,
               [&](math::Index begin, math::Index end) {
                 for (auto b = static_cast<std::size_t>(begin); b < static_cast<std::size_t>(end); ++b) {
                   auto& block = blocks[b];
                   auto* to = out.entries.data() + first[b];
                   const auto* from = block.entries.data();
                   for (const auto length : block.lengths) {
                     auto* const row = to;
                     for (std::int32_t k = 0; k < length; ++k, ++from, ++to)
                       *to = {renumbered[block.thread][static_cast<std::size_t>(from->term)], from->times};
                     std::sort(row, to, [](const auto& x, const auto& y) { return x.term < y.term; });
                   }
                   block = {};
                 }
               });
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

TermCounts count_terms(std::span<const Item> items, const TextParams& params, const std::string& home,
                       bool with_items, const Services& services) {
  TermCounts out;
  out.notes.resize(items.size());
  std::vector<Block> blocks((items.size() + kBlock - 1) / kBlock);
  std::vector<Tally> tallies(static_cast<std::size_t>(services.pool.size()));
  std::atomic<std::size_t> next{0};
  services.pool.run([&](int worker) {
    const auto thread = static_cast<std::size_t>(worker);
    TermReader reader(params, home);
    std::vector<std::string> terms;
    std::vector<std::int32_t> seen;
    for (auto b = next++; b < blocks.size(); b = next++) {
      services.cancel.check();
      blocks[b].thread = thread;
      const auto end = std::min(items.size(), (b + 1) * kBlock);
      for (auto i = b * kBlock; i < end; ++i) {
        out.notes[i] = reader.read(items[i], terms);
        add_item(terms, tallies[thread], seen, blocks[b], with_items);
      }
    }
  });
  const auto renumbered = join(tallies, out);
  if (with_items) gather(blocks, renumbered, out, services);
  return out;
}

}  // namespace medley::features
