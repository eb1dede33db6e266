#include "medley/engine/catalog_map.h"

#include "medley/core/rng.h"
#include "medley/math/centered_rows.h"
#include "medley/math/dense.h"
#include "medley/math/symmetric.h"

#include <algorithm>
#include <cmath>
#include <numeric>

namespace medley::engine {
namespace {

using math::Index;
using math::Matrix;

constexpr Index kDirections = 6;
constexpr int kIterations = 24;

/// X - 1 m' over the items that are on the map, as products with few directions; X is never copied.
class Centred {
 public:
  Centred(const data::ItemVectors& vectors, const std::vector<data::ItemId>& items, ThreadPool& pool)
      : items_(items), pool_(pool), count_(static_cast<float>(items.size())) {
    Matrix ones(1, vectors.items());
    for (const auto item : items) ones(0, item) = 1.0f / count_;
    for (const auto& block : vectors.blocks) {
      blocks_.push_back(block.rows());
      means_.emplace_back(1, blocks_.back().cols());
      sum_rows(ones, blocks_.back(), means_.back());
    }
  }

  /// out [directions x items of the catalogue] = directions (X - 1 m')'; 0 for items that are not on the map.
  Matrix project(const std::vector<Matrix>& directions) const {
    const auto rows = directions.front().rows();
    Matrix out(rows, blocks_.front().rows());
    for (std::size_t b = 0; b < blocks_.size(); ++b)
      math::add_inner_products(directions[b].view(), blocks_[b], 1.0f, out.view(), pool_);
    for (Index r = 0; r < rows; ++r) {
      double shift = 0.0;
      for (std::size_t b = 0; b < blocks_.size(); ++b)
        shift += math::dot(directions[b].row(r), means_[b].row(0));
      std::vector<float> kept(static_cast<std::size_t>(out.cols()));
      for (const auto item : items_)
        kept[static_cast<std::size_t>(item)] = out(r, item) - static_cast<float>(shift);
      std::copy(kept.begin(), kept.end(), out.row(r).begin());
    }
    return out;
  }

  /// directions = scores (X - 1 m'), with `scores` [directions x items] as `project` gives them.
  void lift(const Matrix& scores, std::vector<Matrix>& directions) const {
    for (std::size_t b = 0; b < blocks_.size(); ++b) {
      sum_rows(scores, blocks_[b], directions[b]);
      for (Index r = 0; r < scores.rows(); ++r) {
        const auto row = scores.row(r);
        const auto sum = std::accumulate(row.begin(), row.end(), 0.0);
        math::add_scaled(static_cast<float>(-sum), means_[b].row(0), directions[b].row(r));
      }
    }
  }

  /// Sum of the squared lengths of the rows.
  double total() const {
    double sum = 0.0;
    for (std::size_t b = 0; b < blocks_.size(); ++b) {
      for (const auto item : items_) sum += math::inner_product(blocks_[b], item, item);
      sum -= double{count_} * math::dot(means_[b].row(0), means_[b].row(0));
    }
    return sum;
  }

  std::vector<Matrix> random_directions() const {
    Rng rng(1);
    std::vector<Matrix> out;
    for (const auto& block : blocks_) {
      auto& one = out.emplace_back(kDirections, block.cols());
      for (Index r = 0; r < one.rows(); ++r)
        for (auto& value : one.row(r)) value = static_cast<float>(rng.normal());
    }
    return out;
  }

 private:
  /// out [B x cols] = weights [B x items] X.
  void sum_rows(const Matrix& weights, const math::CenteredRows& x, Matrix& out) const {
    math::Csr rows;
    rows.rows = weights.rows();
    rows.cols = weights.cols();
    for (Index r = 0; r < weights.rows(); ++r) {
      for (Index c = 0; c < weights.cols(); ++c) {
        if (weights(r, c) == 0.0f) continue;
        rows.indices.push_back(static_cast<std::int32_t>(c));
        rows.values.push_back(weights(r, c));
      }
      rows.indptr.push_back(static_cast<std::int64_t>(rows.indices.size()));
    }
    math::weighted_sum(rows.view(), x, out.view(), pool_);
  }

  const std::vector<data::ItemId>& items_;
  ThreadPool& pool_;
  float count_;
  std::vector<math::CenteredRows> blocks_;
  std::vector<Matrix> means_;
};

/// Gram-Schmidt over the rows of all blocks together; a row that vanishes becomes zero.
void orthonormalize(std::vector<Matrix>& directions) {
  const auto product = [&](Index r, Index s) {
    double sum = 0.0;
    for (const auto& block : directions) sum += math::dot(block.row(r), block.row(s));
    return sum;
  };
  for (Index r = 0; r < kDirections; ++r) {
    const double before = std::sqrt(product(r, r));
    for (int pass = 0; pass < 2; ++pass) {
      for (Index s = 0; s < r; ++s) {
        const auto along = static_cast<float>(-product(r, s));
        for (auto& block : directions) math::add_scaled(along, block.row(s), block.row(r));
      }
    }
    const double length = std::sqrt(product(r, r));
    const auto scale = length > 1e-6 * before && length > 0.0 ? static_cast<float>(1.0 / length) : 0.0f;
    for (auto& block : directions)
      for (auto& value : block.row(r)) value *= scale;
  }
}

std::vector<data::ItemId> items_with_vector(const data::ItemVectors& vectors) {
  std::vector<data::ItemId> out;
  for (data::ItemId item = 0; item < vectors.items(); ++item) {
    const auto has = [&](const auto& block) {
      return block.centering.scale[static_cast<std::size_t>(item)] != 0.0f;
    };
    if (std::any_of(vectors.blocks.begin(), vectors.blocks.end(), has)) out.push_back(item);
  }
  return out;
}

}  // namespace

CatalogMap map_catalog(const data::ItemVectors& vectors, const Services& services) {
  CatalogMap out;
  out.items = items_with_vector(vectors);
  out.left_out = vectors.items() - static_cast<std::int64_t>(out.items.size());
  if (out.items.size() < 3) return {{}, {}, {}, {}, vectors.items()};
  const Centred x(vectors, out.items, services.pool);
  auto directions = x.random_directions();
  for (int i = 0; i < kIterations; ++i) {
    services.cancel.check();
    orthonormalize(directions);
    x.lift(x.project(directions), directions);
  }
  orthonormalize(directions);
  const auto scores = x.project(directions);
  Matrix gram(kDirections, kDirections);
  math::gram_of_rows(scores.view(), gram.view());
  std::vector<float> values(static_cast<std::size_t>(kDirections));
  math::eigen_symmetric(gram.view(), values);
  const double total = x.total();
  for (Index component = 0; component < 2; ++component) {
    const auto vector = gram.row(kDirections - 1 - component);
    std::vector<float> all(static_cast<std::size_t>(scores.cols()));
    for (Index r = 0; r < kDirections; ++r)
      math::add_scaled(vector[static_cast<std::size_t>(r)], scores.row(r), all);
    const auto largest =
        *std::max_element(all.begin(), all.end(), [](float a, float b) { return std::abs(a) < std::abs(b); });
    auto& to = component == 0 ? out.x : out.y;
    for (const auto item : out.items)
      to.push_back((largest < 0.0f ? -1.0f : 1.0f) * all[static_cast<std::size_t>(item)]);
    const auto value = std::max(0.0f, values[static_cast<std::size_t>(kDirections - 1 - component)]);
    out.variance[static_cast<std::size_t>(component)] = total > 0.0 ? value / total : 0.0;
  }
  return out;
}

}  // namespace medley::engine
