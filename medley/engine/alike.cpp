#include "medley/engine/alike.h"

#include "medley/core/error.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <cmath>
#include <iterator>
#include <map>
#include <set>
#include <utility>

namespace medley::engine {
namespace {

constexpr std::size_t kMaxShared = 20;
// The share of the cosine from which a column is named: where a thousand of them say a little each, none is a
// reason.
constexpr double kTelling = 0.05;

data::ItemId row_of(const data::Dataset& dataset, const std::string& id) {
  const auto row = dataset.items.find(id);
  if (!row) fail(ErrorCode::not_found, "there is no item '{}'", id);
  return *row;
}

/// Two items of a dataset.
struct Pair {
  data::ItemId a;
  data::ItemId b;
  const data::IdMap& names;
};

/// The first names by falling value; those of equal value as they stand.
std::vector<std::string> largest(std::vector<std::pair<double, std::string>> named, std::size_t most) {
  std::stable_sort(named.begin(), named.end(),
                   [](const auto& x, const auto& y) { return x.first > y.first; });
  if (named.size() > most) named.resize(most);
  std::vector<std::string> out;
  for (auto& [value, name] : named) out.push_back(std::move(name));
  return out;
}

/// The named columns in which both rows are above 0, by falling product.
std::vector<std::string> shared_columns(const data::FeatureTable& table, data::ItemId a, data::ItemId b) {
  const auto rows = table.sparse().view();
  const auto columns = rows.row_indices(a);
  const auto others = rows.row_indices(b);
  std::vector<std::pair<double, std::string>> both;
  for (std::size_t i = 0, j = 0; i < columns.size() && j < others.size();) {
    if (columns[i] == others[j]) {
      const float product = rows.row_values(a)[i] * rows.row_values(b)[j];
      if (product > 0.0f) both.emplace_back(product, table.columns[static_cast<std::size_t>(columns[i])]);
      ++i;
      ++j;
    } else if (columns[i] < others[j]) {
      ++i;
    } else {
      ++j;
    }
  }
  return largest(std::move(both), kMaxShared);
}

/// Whether a row has next to nothing in a column, beside what it has in others.
bool lacks(std::span<const float> row, std::size_t column) {
  constexpr float kLittle = 0.1f;
  const auto magnitude = [](float value) { return std::abs(value); };
  const float most = magnitude(std::ranges::max(row, {}, magnitude));
  return magnitude(row[column]) <= kLittle * most;
}

/// The named columns of dense rows that carry kTelling of the cosine or more. Those in which both are below
/// the mean are "low", and no reason at all where both lack them: two films of 1995 are not alike in 2010.
std::vector<std::string> telling_columns(const WeightedFeature& feature, data::ItemId a, data::ItemId b,
                                         double cosine) {
  const auto x = math::row_of(feature.unit.rows, a), y = math::row_of(feature.unit.rows, b);
  const auto& rows = feature.table->dense();
  std::vector<std::pair<double, std::string>> telling;
  for (std::size_t c = 0; c < x.size() && cosine > 0.0; ++c) {
    const double product = static_cast<double>(x[c]) * static_cast<double>(y[c]);
    if (product < kTelling * cosine) continue;
    const bool low = x[c] < 0.0f && !feature.unit.centering.mean.empty();
    if (low && lacks(rows.row(a), c) && lacks(rows.row(b), c)) continue;
    telling.emplace_back(product, (low ? "low " : "") + feature.table->columns[c]);
  }
  return largest(std::move(telling), kMaxShared);
}

/// What the parts of the rows of two items add to their cosine, those of one name together.
class PartSums {
 public:
  /// `second`: of the reading from the other item.
  void add(const features::RowPart& part, double value, const std::string& item, bool second) {
    // A place in one item is another thing than the place of that name in the other.
    auto& sum = sums_[{part.name, part.is_place ? item : ""}];
    sum.value += value;
    sum.item = item;
    sum.is_place = part.is_place;
    (second ? sum.in_second : sum.in_first) = true;
  }

  /// Those that say anything, those that only one item has after the others and named with it. Places, which
  /// no two items have, are named so, too.
  std::vector<std::string> telling(double least_of_column, const std::set<std::string>& columns) const {
    std::vector<std::pair<double, std::string>> first, last;
    for (const auto& [key, sum] : sums_) {
      const auto& name = key.first;
      if (sum.value <= 0.0 || (columns.contains(name) && sum.value < least_of_column)) continue;
      const bool in_both = sum.in_first && sum.in_second && !sum.is_place;
      (in_both || sum.is_place ? first : last)
          .emplace_back(sum.value, in_both ? name : fmt::format("{} of {}", name, sum.item));
    }
    auto out = largest(std::move(first), kMaxShared);
    for (auto& name : largest(std::move(last), kMaxShared - out.size())) out.push_back(std::move(name));
    return out;
  }

 private:
  struct Sum {
    double value = 0.0;
    std::string item;
    bool is_place = false;
    bool in_first = false;
    bool in_second = false;
  };
  std::map<std::pair<std::string, std::string>, Sum> sums_;
};

/// The parts of both rows that add to the cosine; none where a row is not taken apart, or its parts are of
/// other material than it was made from and do not add up. With the rows x of a and b the cosine is
/// scale_a (x_a - mean) . u_b, and x_a a sum over parts; each counts by the mean of its parts in the two
/// readings. A part that is a column is named as columns are.
std::vector<std::string> telling_parts(const WeightedFeature& feature, const Pair& pair, double cosine,
                                       const RowParts& row_parts) {
  constexpr double kTolerance = 1e-3;
  const auto& table = *feature.table;
  const std::set<std::string> columns(table.columns.begin(), table.columns.end());
  PartSums sums;
  const auto add = [&](const Pair& reading, bool second) {
    const auto direction = math::row_of(feature.unit.rows, reading.b);
    const double scale = feature.unit.rows.scale[static_cast<std::size_t>(reading.a)];
    const auto parts = row_parts(table.name, reading.a, feature.unit.centering.mean, direction);
    double total = 0.0;
    for (const auto& part : parts) {
      total += scale * part.value;
      sums.add(part, scale * part.value / 2, reading.names.id(reading.a), second);
    }
    return !parts.empty() && std::abs(total - cosine) <= kTolerance;
  };
  if (!add(pair, false) || !add({pair.b, pair.a, pair.names}, true)) return {};
  return sums.telling(kTelling * cosine, columns);
}

std::vector<std::string> binding(const WeightedFeature& feature, const Pair& pair, double cosine,
                                 const RowParts& row_parts) {
  const auto& table = *feature.table;
  if (table.is_sparse() && !table.columns.empty()) return shared_columns(table, pair.a, pair.b);
  auto parts = row_parts ? telling_parts(feature, pair, cosine, row_parts) : std::vector<std::string>();
  if (!parts.empty() || table.columns.empty()) return parts;
  return telling_columns(feature, pair.a, pair.b, cosine);
}

std::int64_t in_common(std::span<const data::UserId> a, std::span<const data::UserId> b) {
  std::vector<data::UserId> both;
  std::set_intersection(a.begin(), a.end(), b.begin(), b.end(), std::back_inserter(both));
  return static_cast<std::int64_t>(both.size());
}

std::string sentence_of(const AlikeAnswer& answer) {
  std::vector<std::string> reasons;
  for (const auto& part : answer.parts) {
    if (part.value <= 0.0) continue;
    const auto few = std::min<std::size_t>(3, part.shared.size());
    const std::vector<std::string> most(part.shared.begin(), part.shared.begin() + static_cast<int>(few));
    reasons.push_back(part.feature + (few == 0 ? "" : fmt::format(" ({})", fmt::join(most, ", "))));
  }
  const auto content = reasons.empty() ? std::string("unlike in every feature that both have")
                                       : fmt::format("alike in {}", fmt::join(reasons, ", then "));
  return fmt::format("{}; {} user{} chose both", content, answer.users_in_common,
                     answer.users_in_common == 1 ? "" : "s");
}

}  // namespace

std::vector<AlikePart> alike_parts(const data::IdMap& items, const std::vector<WeightedFeature>& features,
                                   data::ItemId a, data::ItemId b, const RowParts& row_parts) {
  const auto shared = [&](const WeightedFeature& feature) { return feature.has(a) && feature.has(b); };
  double weights = 0.0;
  for (const auto& feature : features)
    if (shared(feature)) weights += feature.weight;
  std::vector<AlikePart> out;
  for (const auto& feature : features) {
    if (!shared(feature)) continue;
    const double weight = feature.weight / weights;
    const double cosine = math::inner_product(feature.unit.rows, a, b);
    out.push_back({feature.table->name, feature.table->modality, weight, cosine, weight * cosine,
                   binding(feature, {a, b, items}, cosine, row_parts)});
  }
  std::stable_sort(out.begin(), out.end(), [](const auto& x, const auto& y) { return x.value > y.value; });
  return out;
}

AlikeAnswer alike(const data::Dataset& dataset, const Tables& tables, const data::Interactions& log,
                  const AlikeRequest& request, const RowParts& row_parts) {
  const auto a = row_of(dataset, request.a);
  const auto b = row_of(dataset, request.b);
  AlikeAnswer out;
  out.parts =
      alike_parts(dataset.items, weighted_features(tables, request.by, request.weights), a, b, row_parts);
  require(!out.parts.empty(), "items '{}' and '{}' share none of the features asked for", request.a,
          request.b);
  for (const auto& part : out.parts) out.score += part.value;
  out.users_of_a = std::ssize(log.users_of(a));
  out.users_of_b = std::ssize(log.users_of(b));
  out.users_in_common = in_common(log.users_of(a), log.users_of(b));
  out.sentence = sentence_of(out);
  return out;
}

}  // namespace medley::engine
