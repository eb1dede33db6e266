#include "medley/features/registry.h"

#include <fmt/core.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <utility>

namespace medley::features {
namespace {

constexpr int kFittedCentres = 21;
constexpr int kMaxCentres = 10'000;

/// Centres low, low + step, ... of one field.
struct Bins {
  double low = 0;
  double step = 1;
  int count = 0;
  bool clamp = false;

  double centre(int k) const { return low + step * k; }
};

/// `share` of the sorted values lies below the result; linear between neighbours, as numpy.quantile.
double quantile(const std::vector<double>& sorted, double share) {
  const double place = share * static_cast<double>(sorted.size() - 1);
  const auto below = static_cast<std::size_t>(place);
  const auto above = std::min(below + 1, sorted.size() - 1);
  const double part = place - static_cast<double>(below);
  return sorted[below] * (1 - part) + sorted[above] * part;
}

/// 21 centres over the range of 98 % of the values; one centre where they are all the same.
Bins bins_for(std::vector<double> values) {
  if (values.empty()) return {};
  std::sort(values.begin(), values.end());
  const double low = quantile(values, 0.01), high = quantile(values, 0.99);
  // Divided before the difference: the range of doubles is twice the largest double.
  const double step = high / (kFittedCentres - 1) - low / (kFittedCentres - 1);
  // A step lost beside the centres would make them one.
  const double largest = std::max(std::abs(low), std::abs(high));
  if (!(step > largest * 1e-12)) return {low, 1, 1, true};
  return {low, step, kFittedCentres, true};
}

/// Radial bins: column k of a field is exp(-((x - centre_k) / step)^2 / 2), so that near numbers have near
/// rows. The fields stand side by side; one that is absent (NaN) is zero there, an item without any is
/// absent. With centres fitted to the data, numbers outside of the range count as its ends.
class Numbers final : public Extractor {
 public:
  struct Params {
    double low = 0;
    double high = 0;
    double step = 0;

    void fields(FieldVisitor& v) {
      v.field("low", low, {-1e15, 1e15},
              "first centre; low = high: 21 centres over 98 % of the catalogue's values");
      v.field("high", high, {-1e15, 1e15}, "last centre");
      v.field("step", step, {0.0, 1e15}, "distance of the centres, and the width of a bin; 0: 20 steps");
    }
  };

  explicit Numbers(const Params& params) {
    if (params.low == params.high) {
      require(params.step == 0, "'step' is {} but 'low' and 'high' give no range", params.step);
      return;
    }
    require(params.low < params.high, "'low' is {} and 'high' is {}", params.low, params.high);
    const double step = params.step > 0 ? params.step : (params.high - params.low) / (kFittedCentres - 1);
    // A hundredth: 0 to 1 every .1 has eleven centres, whatever ten times .1 is.
    const double steps = std::floor((params.high - params.low) / step + 0.01);
    require(steps < kMaxCentres, "{:.0f} centres from {} to {} every {}, the limit is {}", steps + 1,
            params.low, params.high, step, kMaxCentres);
    given_ = {params.low, step, static_cast<int>(steps) + 1, false};
  }

  Reads reads() const override { return Reads::numbers; }
  bool fitted() const override { return true; }
  int version() const override { return 1; }

  int dim() const override {
    int sum = 0;
    for (const auto& bins : bins_) sum += bins.count;
    return sum;
  }

  std::vector<std::string> columns() const override {
    std::vector<std::string> names;
    for (const auto& bins : bins_)
      for (int k = 0; k < bins.count; ++k) names.push_back(fmt::format("about {:.6g}", bins.centre(k)));
    return names;
  }

  void fit(const ItemBlocks& items, const Services&) override {
    std::vector<std::vector<double>> values;  // 8 bytes a number: quantiles need them all
    items.for_each([&](std::span<const Item> block, std::size_t first) {
      if (first == 0 && !block.empty()) values.resize(block.front().numbers.size());
      if (given_.count > 0) return;
      for (const auto& item : block)
        for (std::size_t f = 0; f < std::min(values.size(), item.numbers.size()); ++f)
          if (std::isfinite(item.numbers[f])) values[f].push_back(item.numbers[f]);
    });
    bins_.assign(values.size(), given_);
    if (given_.count > 0) return;
    for (std::size_t f = 0; f < values.size(); ++f) bins_[f] = bins_for(std::move(values[f]));
  }

  Vectors transform(std::span<const Item> items, const Services& services) const override;

  void save(ArchiveWriter& out) const override {
    std::vector<double> numbers;
    for (const auto& bins : bins_)
      numbers.insert(numbers.end(),
                     {bins.low, bins.step, static_cast<double>(bins.count), bins.clamp ? 1.0 : 0.0});
    out.put("bins", numbers);
  }

  void load(const ArchiveReader& in) override {
    const auto numbers = in.get<double>("bins");
    bins_.clear();
    for (std::size_t i = 0; i + 3 < numbers.size(); i += 4) {
      const double count = numbers[i + 2];
      if (!(count >= 0 && count <= kMaxCentres))
        fail(ErrorCode::corrupt_data, "'{}': {} centres", in.path().string(), count);
      bins_.push_back({numbers[i], numbers[i + 1], static_cast<int>(count), numbers[i + 3] != 0});
    }
  }

 private:
  /// False, and why, when the item has no number.
  bool row(const Item& item, std::span<float> out, std::string& note) const;

  Bins given_;
  std::vector<Bins> bins_;
};

bool Numbers::row(const Item& item, std::span<float> out, std::string& note) const {
  bool present = false, infinite = false;
  std::size_t at = 0;
  for (std::size_t f = 0; f < bins_.size(); ++f) {
    const auto& bins = bins_[f];
    double x = f < item.numbers.size() ? item.numbers[f] : std::numeric_limits<double>::quiet_NaN();
    infinite |= std::isinf(x);
    const bool known = std::isfinite(x) && bins.count > 0;
    if (known && bins.clamp) x = std::clamp(x, bins.low, std::max(bins.low, bins.centre(bins.count - 1)));
    for (int k = 0; k < bins.count; ++k, ++at) {
      const double d = (x - bins.centre(k)) / bins.step;
      if (known) out[at] = static_cast<float>(std::exp(-d * d / 2));
    }
    present |= known;
  }
  if (infinite && !present) note = "a number is infinite";
  return present;
}

Vectors Numbers::transform(std::span<const Item> items, const Services& services) const {
  const auto n = static_cast<math::Index>(items.size());
  math::Matrix rows(n, dim());
  Vectors out{{}, std::vector<std::uint8_t>(items.size()), std::vector<std::string>(items.size())};
  parallel_for(services.pool, n, 1024, [&](math::Index begin, math::Index end) {
    services.cancel.check();
    for (auto i = begin; i < end; ++i) {
      const auto at = static_cast<std::size_t>(i);
      out.present[at] = row(items[at], rows.row(i), out.notes[at]) ? 1 : 0;
    }
  });
  out.rows = std::move(rows);
  return out;
}

}  // namespace

void register_numbers(Registry& registry) {
  registry.add<Numbers>("numbers", "years, prices: radial bins, so that near numbers have near vectors");
}

}  // namespace medley::features
