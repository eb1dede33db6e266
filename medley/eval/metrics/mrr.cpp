#include "medley/eval/at_k.h"
#include "medley/eval/registry.h"

namespace medley::eval {
namespace {

class MrrAtK final : public Metric {
 public:
  using Params = AtK;

  explicit MrrAtK(const Params& params) : k_(params.k) {}

  std::string formula() const override {
    return "mrr@k = 1 / place of the first held-out item in the first k, 0 without one; mean over users";
  }

  std::vector<double> user_values(std::span<const UserResult> results, const ItemFacts&) const override {
    return each_user(results, [&](const UserResult& result) { return of(result); });
  }

  double value(std::span<const UserResult> results, const ItemFacts& facts) const override {
    return mean(user_values(results, facts));
  }

 private:
  double of(const UserResult& result) const {
    const auto list = top(result, k_);
    const auto first = std::ranges::find_if(list, [&](ItemId item) { return is_relevant(result, item); });
    return first == list.end() ? 0.0 : 1.0 / static_cast<double>(first - list.begin() + 1);
  }

  int k_;
};

}  // namespace

void register_metrics_mrr(Registry& registry) {
  registry.add<MrrAtK>("mrr", "inverse place of the first held-out item");
}

}  // namespace medley::eval
