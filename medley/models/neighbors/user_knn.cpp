#include "medley/core/hash.h"
#include "medley/math/top_k.h"
#include "medley/models/queries.h"
#include "medley/models/registry.h"
#include "medley/models/stored.h"

#include <algorithm>
#include <cmath>

namespace medley::models {
namespace {

using math::Scored;

/// Cosine of binary rows, sim(u, v) = |items of both| / sqrt(|items of u| |items of v|); score(u, j) = sum of
/// sim(u, v) over those of the k nearest users v that have j (Herlocker et al., SIGIR 1999). The asking user
/// is a history, so any user is answered at once. Users with no item beyond the history, the asking one among
/// them, could recommend nothing and take no place among the k.
class UserKnn final : public Recommender, public Explains {
 public:
  struct Params {
    int k = 100;

    void fields(FieldVisitor& v) { v.field("k", k, {1, 100000}, "users whose items are counted"); }
  };

  explicit UserKnn(const Params& params) : params_(params) {}

  ContentUse content_use() const override { return {}; }

  void fit(const TrainingData& data, const Services&) override {
    auto rows = interactions_of(data).binary();
    by_item_ = StoredCsr(math::transpose(rows.view()));
    by_user_ = StoredCsr(std::move(rows));
  }

  void score(std::span<const Query> queries, math::MatrixView<float> out, ThreadPool& pool) const override {
    check_queries(queries, by_item_.view().rows, out);
    parallel_for(pool, out.rows(), 4, [&](std::int64_t begin, std::int64_t end) {
      std::vector<float> shared(users());
      for (auto q = begin; q < end; ++q) {
        const auto to = out.row(q);
        std::ranges::fill(to, 0.0f);
        for (const auto& [user, similarity] : nearest(queries[static_cast<std::size_t>(q)].history, shared))
          for (const ItemId item : by_user_.view().row_indices(user))
            to[static_cast<std::size_t>(item)] += similarity;
      }
    });
  }

  bool scores_unseen_items() const override { return false; }

  /// A neighbour's similarity is the same share for each item that both have.
  Explanation explain(const Query& query, ItemId item) const override {
    check_history(query.history, by_item_.view().rows);
    check_history({&item, 1}, by_item_.view().rows);
    Explanation out;
    for (const ItemId i : query.history) out.by_history.emplace_back(i, 0.0);
    std::vector<float> shared(users());
    for (const auto& [user, similarity] : nearest(query.history, shared)) {
      const auto theirs = by_user_.view().row_indices(user);
      if (!std::ranges::binary_search(theirs, item)) continue;
      out.score += similarity;
      const double share = similarity / common(query.history, user);
      for (auto& [i, value] : out.by_history)
        if (std::ranges::binary_search(theirs, i)) value += share;
    }
    out.by_modality = {{"interactions", out.score}};
    out.by_term = {{"cosine of items", out.score}};
    return out;
  }

  void save(ArchiveWriter& out) const override {
    by_user_.save(out, "by_user");
    by_item_.save(out, "by_item");
  }

  void load(const ArchiveReader& in) override {
    auto by_user = StoredCsr::load(in, "by_user");
    auto by_item = StoredCsr::load(in, "by_item");
    if (by_user.view().rows != by_item.view().cols || by_user.view().cols != by_item.view().rows)
      fail(ErrorCode::corrupt_data, "'{}': [{} x {}] by user do not fit [{} x {}] by item",
           in.path().string(), by_user.view().rows, by_user.view().cols, by_item.view().rows,
           by_item.view().cols);
    by_user_ = std::move(by_user);
    by_item_ = std::move(by_item);
  }

 private:
  std::size_t users() const { return static_cast<std::size_t>(by_user_.view().rows); }

  double common(std::span<const ItemId> history, UserId user) const {
    const auto theirs = by_user_.view().row_indices(user);
    return static_cast<double>(
        std::ranges::count_if(history, [&](ItemId i) { return std::ranges::binary_search(theirs, i); }));
  }

  /// The k nearest users of a history, best first. `shared` holds one number a user, all zero before and
  /// after.
  std::vector<Scored> nearest(std::span<const ItemId> history, std::vector<float>& shared) const {
    std::vector<UserId> touched;
    for (const ItemId item : history) {
      for (const UserId user : by_item_.view().row_indices(item)) {
        auto& together = shared[static_cast<std::size_t>(user)];
        if (together == 0) touched.push_back(user);
        ++together;
      }
    }
    std::vector<UserId> candidates;
    for (const UserId user : touched) {
      auto& value = shared[static_cast<std::size_t>(user)];
      const auto theirs = static_cast<float>(by_user_.view().row_indices(user).size());
      if (value < theirs) candidates.push_back(user);
      value /= std::sqrt(static_cast<float>(history.size()) * theirs);
    }
    // Equal similarities are common; a hash keeps row numbers from deciding.
    auto best =
        math::top_k(shared, candidates, params_.k, [](UserId user) { return xxh64(&user, sizeof user); });
    for (const UserId user : touched) shared[static_cast<std::size_t>(user)] = 0;
    return best;
  }

  Params params_;
  StoredCsr by_user_;  ///< [users x items]: 1 for each training pair
  StoredCsr by_item_;  ///< its transpose
};

}  // namespace

void register_neighbors_user_knn(Registry& registry) {
  registry.add<UserKnn>("user_knn",
                        "what the users with the most similar histories have (cosine, k nearest)");
}

}  // namespace medley::models
