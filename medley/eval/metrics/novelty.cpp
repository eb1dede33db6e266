#include "medley/core/error.h"
#include "medley/eval/at_k.h"
#include "medley/eval/registry.h"

#include <cmath>

namespace medley::eval {
namespace {

class NoveltyAtK final : public Metric {
 public:
  using Params = AtK;

  explicit NoveltyAtK(const Params& params) : k_(params.k) {}

  std::string formula() const override {
    return "novelty@k = mean of -log2(training users of the item, at least 1 / all users) over the first k; "
           "mean over users";
  }

  std::vector<double> user_values(std::span<const UserResult> results,
                                  const ItemFacts& facts) const override {
    return each_user(results, [&](const UserResult& result) { return of(result, facts); });
  }

  double value(std::span<const UserResult> results, const ItemFacts& facts) const override {
    return mean(user_values(results, facts));
  }

 private:
  // Self-information: Vargas and Castells, RecSys 2011. An item without users counts as one with a single
  // one.
  double of(const UserResult& result, const ItemFacts& facts) const {
    const auto list = top(result, k_);
    if (list.empty()) return 0.0;
    require(facts.users > 0, "novelty needs the number of training users");
    double sum = 0.0;
    for (const ItemId item : list) {
      const auto row = static_cast<std::size_t>(item);
      require(row < facts.train_users.size(), "the item facts end at row {}, item {} was recommended",
              facts.train_users.size(), item);
      sum += std::log2(facts.users / std::max(1.0, static_cast<double>(facts.train_users[row])));
    }
    return sum / static_cast<double>(list.size());
  }

  int k_;
};

}  // namespace

void register_metrics_novelty(Registry& registry) {
  registry.add<NoveltyAtK>("novelty", "how little known the recommended items are, in bits");
}

}  // namespace medley::eval
