#include "medley/math/dense.h"
#include "medley/models/queries.h"
#include "medley/models/registry.h"
#include "medley/models/stored.h"

namespace medley::models {
namespace {

/// B = I - Q diag(1 / diag Q) with Q = (R'R + lambda I)^-1 (Steck, WWW 2019); score(u, j) = sum of B_ij over
/// the history. Float32 and in place: fitting and the model need items^2 x 4 bytes.
class Ease final : public Recommender, public Explains {
 public:
  struct Params {
    double lambda = 200;
    int max_items = 25000;

    void fields(FieldVisitor& v) {
      v.field("lambda", lambda, {1e-3, 1e9}, "added to the diagonal: larger for sparser data");
      v.field("max_items", max_items, {1, 200000}, "refuse more items: memory is items^2 x 4 bytes");
    }
  };

  explicit Ease(const Params& params) : params_(params) {}

  ContentUse content_use() const override { return {}; }

  void fit(const TrainingData& data, const Services& services) override {
    const auto& interactions = interactions_of(data);
    const math::Index n = interactions.items;
    check_square(
        "ease", n, params_.max_items,
        "raise max_items, keep fewer items by a k-core, or use graph_filter, which has no such limit");
    std::vector<float> weights(static_cast<std::size_t>(n * n));
    const math::MatrixView<float> b(weights.data(), n, n);
    math::gram(interactions.binary().view(), b, services.pool);
    services.cancel.check();
    for (math::Index i = 0; i < n; ++i) b(i, i) += static_cast<float>(params_.lambda);
    math::invert_spd(b);
    services.cancel.check();
    std::vector<float> diagonal;
    for (math::Index i = 0; i < n; ++i) diagonal.push_back(b(i, i));
    parallel_for(services.pool, n, 16, [&](std::int64_t begin, std::int64_t end) {
      for (auto i = begin; i < end; ++i) {
        for (math::Index j = 0; j < n; ++j) b(i, j) = -b(i, j) / diagonal[static_cast<std::size_t>(j)];
        b(i, i) = 0;
      }
    });
    items_ = n;
    weights_ = Stored<float>(std::move(weights));
  }

  void score(std::span<const Query> queries, math::MatrixView<float> out, ThreadPool& pool) const override {
    check_queries(queries, items_, out);
    sum_rows(queries, weights(), out, pool);
  }

  bool scores_unseen_items() const override { return false; }

  Explanation explain(const Query& query, ItemId item) const override {
    check_history(query.history, items_);
    check_history({&item, 1}, items_);
    Explanation out;
    for (const ItemId i : query.history) {
      out.by_history.emplace_back(i, weights()(i, item));
      out.score += out.by_history.back().second;
    }
    out.by_modality = {{"interactions", out.score}};
    out.by_term = {{"item weights", out.score}};
    return out;
  }

  void save(ArchiveWriter& out) const override {
    out.put_value<std::int64_t>("items", items_);
    out.put("weights", weights_.view(), Verify::on_request);
  }

  void load(const ArchiveReader& in) override {
    const auto items = items_in(in);
    weights_ = Stored<float>::mapped(in, "weights", static_cast<std::size_t>(items * items));
    items_ = items;
  }

 private:
  math::MatrixView<const float> weights() const { return {weights_.view().data(), items_, items_}; }

  Params params_;
  math::Index items_ = 0;
  Stored<float> weights_;  ///< [items x items], row i: what history item i adds to each score
};

}  // namespace

void register_linear_ease(Registry& registry) {
  registry.add<Ease>("ease", "closed-form linear item weights with a zero diagonal (EASE)");
}

}  // namespace medley::models
