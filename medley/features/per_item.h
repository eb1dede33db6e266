#pragma once

#include "medley/features/extractor.h"

#include <algorithm>
#include <cmath>
#include <string>
#include <utility>
#include <vector>

namespace medley::features {

/// Makes an extractor of a descriptor: a struct that knows one item at a time. Threads, presence, notes and
/// the check for finite numbers are here once. A descriptor D has
///
///     struct Params { ...; void fields(FieldVisitor&); };
///     static constexpr Reads kReads;      // what it is fed with
///     static constexpr int kVersion;      // raised when its numbers change
///     explicit D(const Params&);
///     int dim() const;
///     std::vector<std::string> columns() const;
///     // Fills `out`, which has `dim()` zeros; false when the item has no material. Thread-safe.
///     // A `note` says why material gave no row.
///     bool row(const Item& item, std::span<float> out, std::string& note) const;
///
/// and is registered as `registry.add<PerItem<D>>("image/mean", "...")`.
template <class Descriptor>
class PerItem final : public Extractor {
 public:
  using Params = typename Descriptor::Params;

  explicit PerItem(const Params& params) : descriptor_(params) {}

  Reads reads() const override { return Descriptor::kReads; }
  bool fitted() const override { return false; }
  int version() const override { return Descriptor::kVersion; }
  int dim() const override { return descriptor_.dim(); }
  std::vector<std::string> columns() const override { return descriptor_.columns(); }

  void fit(std::span<const Item>, const Services&) override {}
  void save(ArchiveWriter&) const override {}
  void load(const ArchiveReader&) override {}

  Vectors transform(std::span<const Item> items, const Services& services) const override {
    const auto n = static_cast<math::Index>(items.size());
    math::Matrix rows(n, dim());
    Vectors out{{}, std::vector<std::uint8_t>(items.size()), std::vector<std::string>(items.size())};
    parallel_for(services.pool, n, kGrain, [&](math::Index begin, math::Index end) {
      services.cancel.check();
      for (auto i = begin; i < end; ++i) {
        const auto at = static_cast<std::size_t>(i);
        out.present[at] = fill(items[at], rows.row(i), out.notes[at]) ? 1 : 0;
      }
    });
    out.rows = std::move(rows);
    return out;
  }

 private:
  /// Items a task: a picture takes about a millisecond, so a task is long beside its start.
  static constexpr math::Index kGrain = 4;

  bool fill(const Item& item, std::span<float> row, std::string& note) const {
    bool present = descriptor_.row(item, row, note);
    if (present && !std::all_of(row.begin(), row.end(), [](float value) { return std::isfinite(value); })) {
      note = "a value is not finite";
      present = false;
    }
    if (!present) std::fill(row.begin(), row.end(), 0.0f);
    return present;
  }

  Descriptor descriptor_;
};

}  // namespace medley::features
