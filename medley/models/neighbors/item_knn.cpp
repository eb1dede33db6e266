#include "medley/core/hash.h"
#include "medley/math/top_k.h"
#include "medley/models/queries.h"
#include "medley/models/registry.h"
#include "medley/models/stored.h"

#include <algorithm>
#include <cmath>
#include <numeric>

namespace medley::models {
namespace {

using math::Scored;

/// Cosine of binary item columns; each target item keeps its k nearest others, and
/// score(u, j) = sum of sim(i, j) over the history items i among the k nearest of j.
/// Sarwar et al., WWW 2001, in the form of RecBole's ItemKNN (shrink 0).
class ItemKnn final : public Recommender, public Explains {
 public:
  struct Params {
    int k = 100;

    void fields(FieldVisitor& v) { v.field("k", k, {1, 10000}, "neighbours that each item keeps"); }
  };

  explicit ItemKnn(const Params& params) : params_(params) {}

  ContentUse content_use() const override { return {}; }

  void fit(const TrainingData& data, const Services& services) override {
    const auto& interactions = interactions_of(data);
    const auto items = static_cast<std::size_t>(interactions.items);
    std::vector<std::vector<Scored>> nearest(items);
    parallel_for(services.pool, interactions.items, 16, [&](std::int64_t begin, std::int64_t end) {
      services.cancel.check();
      std::vector<float> similarity(items);
      std::vector<ItemId> touched;
      for (auto j = begin; j < end; ++j)
        nearest[static_cast<std::size_t>(j)] =
            nearest_of(static_cast<ItemId>(j), interactions, similarity, touched);
    });
    neighbours_ = StoredCsr(math::transpose(by_target(nearest).view()));
  }

  void score(std::span<const Query> queries, math::MatrixView<float> out, ThreadPool& pool) const override {
    check_queries(queries, neighbours_.view().rows, out);
    sum_rows(queries, neighbours_.view(), out, pool);
  }

  bool scores_unseen_items() const override { return false; }

  Explanation explain(const Query& query, ItemId item) const override {
    return explain_rows(query, neighbours_.view(), item, "cosine of users");
  }

  void save(ArchiveWriter& out) const override { neighbours_.save(out, "neighbours"); }

  void load(const ArchiveReader& in) override { neighbours_ = load_square(in, "neighbours"); }

 private:
  /// The k nearest of `target`, best first. `similarity` is all zero before and after.
  std::vector<Scored> nearest_of(ItemId target, const data::Interactions& interactions,
                                 std::vector<float>& similarity, std::vector<ItemId>& touched) const {
    touched.clear();
    for (const UserId user : interactions.users_of(target)) {
      for (const ItemId other : interactions.items_of(user)) {
        auto& together = similarity[static_cast<std::size_t>(other)];
        if (together == 0) touched.push_back(other);
        ++together;
      }
    }
    std::erase(touched, target);
    const auto own = static_cast<double>(interactions.users_of(target).size());
    for (const ItemId other : touched) {
      auto& value = similarity[static_cast<std::size_t>(other)];
      const auto users = static_cast<double>(interactions.users_of(other).size());
      value = static_cast<float>(static_cast<double>(value) / std::sqrt(own * users));
    }
    // Equal similarities are common among rare items; a hash keeps row numbers from deciding.
    auto best =
        math::top_k(similarity, touched, params_.k, [](ItemId item) { return xxh64(&item, sizeof item); });
    for (const ItemId other : touched) similarity[static_cast<std::size_t>(other)] = 0;
    similarity[static_cast<std::size_t>(target)] = 0;
    return best;
  }

  Params params_;
  StoredCsr neighbours_;  ///< row i, column j: sim(i, j) where i is among the k nearest of j
};

}  // namespace

void register_neighbors_item_knn(Registry& registry) {
  registry.add<ItemKnn>("item_knn", "items whose users also used those of the history (cosine, k nearest)");
}

}  // namespace medley::models
