#include "medley/eval/at_k.h"
#include "medley/eval/registry.h"

namespace medley::eval {
namespace {

class HitAtK final : public Metric {
 public:
  using Params = AtK;

  explicit HitAtK(const Params& params) : k_(params.k) {}

  std::string formula() const override {
    return "hit@k = 1 when a held-out item is in the first k, else 0; mean over users";
  }

  std::vector<double> user_values(std::span<const UserResult> results, const ItemFacts&) const override {
    return each_user(results, [&](const UserResult& result) { return of(result); });
  }

  double value(std::span<const UserResult> results, const ItemFacts& facts) const override {
    return mean(user_values(results, facts));
  }

 private:
  double of(const UserResult& result) const { return hits(result, k_) > 0 ? 1.0 : 0.0; }

  int k_;
};

}  // namespace

void register_metrics_hit(Registry& registry) {
  registry.add<HitAtK>("hit", "share of the users whose list holds a held-out item");
}

}  // namespace medley::eval
