#include "medley/eval/at_k.h"
#include "medley/eval/registry.h"

namespace medley::eval {
namespace {

class PrecisionAtK final : public Metric {
 public:
  using Params = AtK;

  explicit PrecisionAtK(const Params& params) : k_(params.k) {}

  std::string formula() const override {
    return "precision@k = held-out items in the first k / k, also where the list is shorter; mean over users";
  }

  std::vector<double> user_values(std::span<const UserResult> results, const ItemFacts&) const override {
    return each_user(results, [&](const UserResult& result) { return of(result); });
  }

  double value(std::span<const UserResult> results, const ItemFacts& facts) const override {
    return mean(user_values(results, facts));
  }

 private:
  double of(const UserResult& result) const { return static_cast<double>(hits(result, k_)) / k_; }

  int k_;
};

}  // namespace

void register_metrics_precision(Registry& registry) {
  registry.add<PrecisionAtK>("precision", "share of the k places that held-out items take");
}

}  // namespace medley::eval
