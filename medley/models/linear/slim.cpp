#include "medley/models/queries.h"
#include "medley/models/registry.h"
#include "medley/models/stored.h"

#include <algorithm>
#include <atomic>
#include <cmath>

namespace medley::models {
namespace {

using math::Index;
using math::Scored;

/// SLIM (Ning and Karypis, ICDM 2011): for each item j the weights w >= 0 with w_j = 0 that minimise
/// 1/2 |r_j - R w|^2 + l2/2 |w|^2 + l1 |w|_1 over the binary columns r; score(u, j) = sum of w_i over the
/// history. Coordinate descent on the Gram matrix G = R'R. Fitting needs items^2 x 4 bytes for G and 24 bytes
/// a weight that is not 0; both are bounded by parameters.
class Slim final : public Recommender, public Explains {
 public:
  struct Params {
    double l1 = 1;
    double l2 = 100;
    double tolerance = 1e-4;
    int max_sweeps = 100;
    int max_items = 25000;
    int max_weights = 100'000'000;

    void fields(FieldVisitor& v) {
      v.field("l1", l1, {0, 1e6}, "in users: an item that shares no more with another gets no weight for it");
      v.field("l2", l2, {1e-3, 1e9}, "in users: larger spreads weight over more items");
      v.field("tolerance", tolerance, {1e-9, 1}, "a column is done when no weight moves by more");
      v.field("max_sweeps", max_sweeps, {1, 100000}, "or after this many passes over its items");
      v.field("max_items", max_items, {1, 200000}, "refuse more items: memory is items^2 x 4 bytes");
      v.field("max_weights", max_weights, {1, 1'000'000'000},
              "stop at more weights: memory is 24 bytes each");
    }
  };

  explicit Slim(const Params& params) : params_(params) {}

  ContentUse content_use() const override { return {}; }

  void fit(const TrainingData& data, const Services& services) override {
    const auto& interactions = interactions_of(data);
    const Index n = interactions.items;
    check_square("slim", n, params_.max_items, "raise max_items, or keep fewer items by a k-core");
    std::vector<std::vector<Scored>> columns(static_cast<std::size_t>(n));
    {
      std::vector<float> products(static_cast<std::size_t>(n * n));
      const math::MatrixView<float> gram(products.data(), n, n);
      math::gram(interactions.binary().view(), gram, services.pool);
      solve_all(gram, columns, services);
    }
    weights_ = StoredCsr(math::transpose(by_target(columns).view()));
  }

  void score(std::span<const Query> queries, math::MatrixView<float> out, ThreadPool& pool) const override {
    check_queries(queries, weights_.view().rows, out);
    sum_rows(queries, weights_.view(), out, pool);
  }

  bool scores_unseen_items() const override { return false; }

  Explanation explain(const Query& query, ItemId item) const override {
    return explain_rows(query, weights_.view(), item, "item weights");
  }

  void save(ArchiveWriter& out) const override { weights_.save(out, "weights"); }

  void load(const ArchiveReader& in) override { weights_ = load_square(in, "weights"); }

 private:
  void solve_all(math::MatrixView<const float> gram, std::vector<std::vector<Scored>>& columns,
                 const Services& services) const {
    std::atomic<std::int64_t> weights = 0;
    parallel_for(services.pool, gram.rows(), 4, [&](std::int64_t begin, std::int64_t end) {
      services.cancel.check();
      for (auto j = begin; j < end; ++j) {
        auto& column = columns[static_cast<std::size_t>(j)];
        column = solve(gram, j);
        weights += static_cast<std::int64_t>(column.size());
        if (weights > params_.max_weights)
          fail(ErrorCode::limit, "slim found more than max_weights {} weights; raise it, or raise l1",
               params_.max_weights);
      }
    });
  }

  /// The weights of target `j` that are not 0, by rising item.
  std::vector<Scored> solve(math::MatrixView<const float> gram, Index j) const {
    const auto products = gram.row(j);
    // G and w are not negative, so w_i stays 0 where G_ij alone does not exceed l1.
    std::vector<ItemId> active;
    for (Index i = 0; i < gram.rows(); ++i)
      if (i != j && products[static_cast<std::size_t>(i)] > params_.l1)
        active.push_back(static_cast<ItemId>(i));
    std::vector<double> left;  ///< G_ij - (G w)_i of each active item
    for (const ItemId i : active) left.push_back(products[static_cast<std::size_t>(i)]);
    std::vector<double> w(active.size());
    for (int sweep = 0; sweep < params_.max_sweeps; ++sweep) {
      double largest = 0.0;
      for (std::size_t a = 0; a < active.size(); ++a) {
        const auto row = gram.row(active[a]);
        const double own = row[static_cast<std::size_t>(active[a])];
        const double better = std::max(0.0, (left[a] + own * w[a] - params_.l1) / (own + params_.l2));
        const double change = better - w[a];
        if (change == 0.0) continue;
        w[a] = better;
        for (std::size_t b = 0; b < active.size(); ++b)
          left[b] -= change * static_cast<double>(row[static_cast<std::size_t>(active[b])]);
        largest = std::max(largest, std::abs(change));
      }
      if (largest <= params_.tolerance) break;
    }
    std::vector<Scored> out;
    for (std::size_t a = 0; a < active.size(); ++a)
      if (w[a] > 0.0) out.push_back({active[a], static_cast<float>(w[a])});
    return out;
  }

  Params params_;
  StoredCsr weights_;  ///< row i, column j: what history item i adds to the score of j
};

}  // namespace

void register_linear_slim(Registry& registry) {
  registry.add<Slim>("slim", "sparse item weights that are not negative, by an elastic net a target (SLIM)");
}

}  // namespace medley::models
