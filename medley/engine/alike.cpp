#include "medley/engine/alike.h"

#include "medley/core/error.h"
#include "medley/engine/weighted_features.h"

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

/// The named columns of dense rows that carry kTelling of the cosine or more.
std::vector<std::string> telling_columns(const WeightedFeature& feature, data::ItemId a, data::ItemId b,
                                         double cosine) {
  const auto x = math::row_of(feature.unit.rows, a), y = math::row_of(feature.unit.rows, b);
  std::vector<std::pair<double, std::string>> telling;
  for (std::size_t c = 0; c < x.size() && cosine > 0.0; ++c) {
    const double product = static_cast<double>(x[c]) * static_cast<double>(y[c]);
    if (product >= kTelling * cosine) telling.emplace_back(product, feature.table->columns[c]);
  }
  return largest(std::move(telling), kMaxShared);
}

/// One part for both items, whatever they hold it in; of a place in one of them with that one's id.
std::string name_of(const features::RowPart& part, const std::string& item) {
  return part.is_place ? fmt::format("{} of {}", part.name, item) : part.name;
}

/// The parts of both rows that add to the cosine; none where a row is not taken apart, or its parts are of
/// other material than it was made from and do not add up. With the rows x of a and b the cosine is
/// scale_a (x_a - mean) . u_b, and x_a a sum over parts; each counts by the mean of its parts in the two
/// readings. A part that is a column is named as columns are.
std::vector<std::string> telling_parts(const WeightedFeature& feature, const Pair& pair, double cosine,
                                       const RowParts& row_parts) {
  constexpr double kTolerance = 1e-3;
  const auto& table = *feature.table;
  const std::set<std::string> columns(table.columns.begin(), table.columns.end());
  std::map<std::string, double> sums;
  const auto add = [&](const Pair& reading) {
    const auto direction = math::row_of(feature.unit.rows, reading.b);
    const double scale = feature.unit.rows.scale[static_cast<std::size_t>(reading.a)];
    const auto parts = row_parts(table.name, reading.a, feature.unit.centering.mean, direction);
    double total = 0.0;
    for (const auto& part : parts) {
      total += scale * part.value;
      sums[name_of(part, reading.names.id(reading.a))] += scale * part.value / 2;
    }
    return !parts.empty() && std::abs(total - cosine) <= kTolerance;
  };
  if (!add(pair) || !add({pair.b, pair.a, pair.names})) return {};
  std::vector<std::pair<double, std::string>> telling;
  for (const auto& [name, sum] : sums) {
    const double least = columns.contains(name) ? kTelling * cosine : 0.0;
    if (sum > 0.0 && sum >= least) telling.emplace_back(sum, name);
  }
  return largest(std::move(telling), kMaxShared);
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

AlikeAnswer alike(const data::Dataset& dataset, const Tables& tables, const data::Interactions& log,
                  const AlikeRequest& request, const RowParts& row_parts) {
  const auto a = row_of(dataset, request.a);
  const auto b = row_of(dataset, request.b);
  auto features = weighted_features(tables, request.by, request.weights);
  std::erase_if(features, [&](const auto& feature) { return !feature.has(a) || !feature.has(b); });
  require(!features.empty(), "items '{}' and '{}' share none of the features asked for", request.a,
          request.b);
  double weights = 0.0;
  for (const auto& feature : features) weights += feature.weight;
  AlikeAnswer out;
  for (const auto& feature : features) {
    const double weight = feature.weight / weights;
    const double cosine = math::inner_product(feature.unit.rows, a, b);
    out.parts.push_back({feature.table->name, feature.table->modality, weight, cosine, weight * cosine,
                         binding(feature, {a, b, dataset.items}, cosine, row_parts)});
    out.score += weight * cosine;
  }
  std::stable_sort(out.parts.begin(), out.parts.end(),
                   [](const auto& x, const auto& y) { return x.value > y.value; });
  out.users_of_a = std::ssize(log.users_of(a));
  out.users_of_b = std::ssize(log.users_of(b));
  out.users_in_common = in_common(log.users_of(a), log.users_of(b));
  out.sentence = sentence_of(out);
  return out;
}

}  // namespace medley::engine
