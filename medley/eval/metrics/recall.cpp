#include "medley/eval/at_k.h"
#include "medley/eval/registry.h"

namespace medley::eval {
namespace {

class RecallAtK final : public Metric {
 public:
  using Params = AtK;

  explicit RecallAtK(const Params& params) : k_(params.k) {}

  std::string formula() const override {
    return "recall@k = held-out items in the first k / all held-out items; mean over users";
  }

  std::vector<double> user_values(std::span<const UserResult> results, const ItemFacts&) const override {
    return each_user(results, [&](const UserResult& result) { return of(result); });
  }

  double value(std::span<const UserResult> results, const ItemFacts& facts) const override {
    return mean(user_values(results, facts));
  }

 private:
  double of(const UserResult& result) const {
    if (result.relevant.empty()) return 0.0;
    return static_cast<double>(hits(result, k_)) / static_cast<double>(result.relevant.size());
  }

  int k_;
};

}  // namespace

void register_metrics_recall(Registry& registry) {
  registry.add<RecallAtK>("recall", "share of the held-out items that the list holds");
}

}  // namespace medley::eval
