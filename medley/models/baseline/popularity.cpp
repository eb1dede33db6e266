#include "medley/models/queries.h"
#include "medley/models/registry.h"
#include "medley/models/stored.h"

#include <algorithm>

namespace medley::models {
namespace {

/// score(u, j) = number of training users of item j, the same for everybody.
class Popularity final : public Recommender, public Explains {
 public:
  struct Params {
    void fields(FieldVisitor&) {}
  };

  explicit Popularity(const Params&) {}

  ContentUse content_use() const override { return {}; }

  void fit(const TrainingData& data, const Services&) override {
    const auto& interactions = interactions_of(data);
    std::vector<float> users;
    users.reserve(static_cast<std::size_t>(interactions.items));
    for (ItemId item = 0; item < interactions.items; ++item)
      users.push_back(static_cast<float>(interactions.users_of(item).size()));
    users_ = Stored<float>(std::move(users));
  }

  void score(std::span<const Query> queries, math::MatrixView<float> out, ThreadPool&) const override {
    check_queries(queries, static_cast<math::Index>(users_.size()), out);
    for (math::Index q = 0; q < out.rows(); ++q) std::ranges::copy(users_.view(), out.row(q).begin());
  }

  bool scores_unseen_items() const override { return false; }

  Explanation explain(const Query&, ItemId item) const override {
    require(item >= 0 && static_cast<std::size_t>(item) < users_.size(), "item {} is not among the {} items",
            item, users_.size());
    const double score = users_[static_cast<std::size_t>(item)];
    return {score, {}, {{"interactions", score}}, {{"users of the item", score}}};
  }

  void save(ArchiveWriter& out) const override { out.put("users", users_.view(), Verify::on_request); }
  void load(const ArchiveReader& in) override { users_ = Stored<float>::mapped(in, "users"); }

 private:
  Stored<float> users_;
};

}  // namespace

void register_baseline_popularity(Registry& registry) {
  registry.add<Popularity>("popularity", "the items with the most users, the same for everybody");
}

}  // namespace medley::models
