#pragma once

#include "medley/core/error.h"
#include "medley/core/plugin_registry.h"
#include "medley/features/extractor.h"

#include <algorithm>
#include <cmath>
#include <concepts>
#include <string>
#include <type_traits>
#include <utility>
#include <vector>

namespace medley::features {

/// What the rows of a descriptor hold: its `Value`, or float.
template <class Descriptor>
struct ValueOf {
  using Type = float;
};
template <class Descriptor>
  requires requires { typename Descriptor::Value; }
struct ValueOf<Descriptor> {
  using Type = typename Descriptor::Value;
};

/// Whether a descriptor takes its rows apart.
template <class Descriptor>
concept GivesParts = requires(const Descriptor& descriptor, const Item& item, std::span<const float> numbers,
                              const Services& services) {
  { descriptor.parts(item, numbers, numbers, services) } -> std::same_as<std::vector<RowPart>>;
};

/// `TakesRowsApart` by the descriptor that `Self` holds; nothing for one that cannot.
template <class Self, class Descriptor>
class PartsOf {
  friend Self;
  PartsOf() = default;
};
template <class Self, GivesParts Descriptor>
class PartsOf<Self, Descriptor> : public TakesRowsApart {
  friend Self;
  PartsOf() = default;

 public:
  std::vector<RowPart> parts(const Item& item, std::span<const float> origin,
                             std::span<const float> direction, const Services& services) const final {
    const Descriptor& descriptor = static_cast<const Self&>(*this).descriptor_;
    require_lengths(origin, direction, descriptor.dim());
    return descriptor.parts(item, origin, direction, services);
  }
};

/// Makes an extractor of a descriptor: a struct that knows one item at a time. Threads, presence, notes and
/// the check for finite numbers are here once. A descriptor D has
///
///     struct Params { ...; void fields(FieldVisitor&); };
///     static constexpr Reads kReads;      // what it is fed with
///     static constexpr int kVersion;      // raised when its numbers change; or `int version() const`
///     static constexpr int kMinSide = 256;  // see Extractor::min_side; without it 0
///     static constexpr int kGrain = 1;    // items a task, where one takes long; without it 4
///     explicit D(const Params&);
///     int dim() const;
///     std::vector<std::string> columns() const;
///     using Value = std::uint8_t;         // or std::int32_t, for raw rows; without it float
///     // Fills `out`, which has `dim()` zeros; false when the item has no material. Thread-safe.
///     // A `note` says why material gave no row.
///     bool row(const Item& item, std::span<float> out, std::string& note) const;
///     // Or, where it runs a network or another extractor, with `const Services&` behind them.
///     // Where rows are sums over parts that a reader knows, as TakesRowsApart has it:
///     std::vector<RowPart> parts(const Item&, std::span<const float> origin,
///                                std::span<const float> direction, const Services&) const;
///
/// and is registered as `registry.add<PerItem<D>>("image/mean", "...")`.
template <class Descriptor>
class PerItem final : public Extractor, public PartsOf<PerItem<Descriptor>, Descriptor> {
 public:
  using Params = typename Descriptor::Params;
  using Value = typename ValueOf<Descriptor>::Type;

  explicit PerItem(const Params& params)
    requires std::is_constructible_v<Descriptor, const Params&>
      : descriptor_(params) {}
  PerItem(const Params& params, const PluginRegistry<Extractor>& others)
    requires std::is_constructible_v<Descriptor, const Params&, const PluginRegistry<Extractor>&>
      : descriptor_(params, others) {}

  Reads reads() const override { return Descriptor::kReads; }
  bool fitted() const override { return false; }
  int version() const override {
    if constexpr (requires { descriptor_.version(); })
      return descriptor_.version();
    else
      return Descriptor::kVersion;
  }
  int min_side() const override {
    if constexpr (requires { Descriptor::kMinSide; })
      return Descriptor::kMinSide;
    else
      return 0;
  }
  int dim() const override { return descriptor_.dim(); }
  std::vector<std::string> columns() const override { return descriptor_.columns(); }

  Vectors transform(std::span<const Item> items, const Services& services) const override {
    const auto n = static_cast<math::Index>(items.size());
    math::BasicMatrix<Value> rows(n, dim());
    Vectors out{{}, std::vector<std::uint8_t>(items.size()), std::vector<std::string>(items.size())};
    parallel_for(services.pool, n, grain(), [&](math::Index begin, math::Index end) {
      services.cancel.check();
      for (auto i = begin; i < end; ++i) {
        const auto at = static_cast<std::size_t>(i);
        out.present[at] = fill(items[at], rows.row(i), out.notes[at], services) ? 1 : 0;
      }
    });
    out.rows = std::move(rows);
    return out;
  }

 private:
  friend class PartsOf<PerItem, Descriptor>;

  /// A picture takes about a millisecond, so that a task of four is long beside its start.
  static constexpr math::Index grain() {
    if constexpr (requires { Descriptor::kGrain; })
      return Descriptor::kGrain;
    else
      return 4;
  }

  bool fill(const Item& item, std::span<Value> row, std::string& note, const Services& services) const {
    bool present = false;
    if constexpr (requires { descriptor_.row(item, row, note, services); })
      present = descriptor_.row(item, row, note, services);
    else
      present = descriptor_.row(item, row, note);
    if constexpr (std::is_floating_point_v<Value>) {
      if (present && !std::all_of(row.begin(), row.end(), [](Value value) { return std::isfinite(value); })) {
        note = "a value is not finite";
        present = false;
      }
    }
    if (!present) std::fill(row.begin(), row.end(), Value{});
    return present;
  }

  Descriptor descriptor_;
};

}  // namespace medley::features
