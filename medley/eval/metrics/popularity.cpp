#include "medley/core/error.h"
#include "medley/eval/at_k.h"
#include "medley/eval/registry.h"

namespace medley::eval {
namespace {

class PopularityAtK final : public Metric {
 public:
  using Params = AtK;

  explicit PopularityAtK(const Params& params) : k_(params.k) {}

  std::string formula() const override {
    return "popularity@k = mean number of training users of the items in the first k; mean over users";
  }

  std::vector<double> user_values(std::span<const UserResult> results,
                                  const ItemFacts& facts) const override {
    return each_user(results, [&](const UserResult& result) { return of(result, facts.train_users); });
  }

  double value(std::span<const UserResult> results, const ItemFacts& facts) const override {
    return mean(user_values(results, facts));
  }

 private:
  double of(const UserResult& result, std::span<const std::int32_t> train_users) const {
    const auto list = top(result, k_);
    if (list.empty()) return 0.0;
    double sum = 0.0;
    for (const ItemId item : list) {
      const auto row = static_cast<std::size_t>(item);
      require(row < train_users.size(), "the item facts end at row {}, item {} was recommended",
              train_users.size(), item);
      sum += train_users[row];
    }
    return sum / static_cast<double>(list.size());
  }

  int k_;
};

}  // namespace

void register_metrics_popularity(Registry& registry) {
  registry.add<PopularityAtK>("popularity", "how much used the recommended items are: lower is more novel");
}

}  // namespace medley::eval
