#include "medley/eval/at_k.h"
#include "medley/eval/registry.h"

#include <unordered_set>

namespace medley::eval {
namespace {

class CoverageAtK final : public Metric {
 public:
  using Params = AtK;

  explicit CoverageAtK(const Params& params) : k_(params.k) {}

  std::string formula() const override {
    return "coverage@k = distinct items in the first k of all users' lists / candidates";
  }

  std::vector<double> user_values(std::span<const UserResult>, const ItemFacts&) const override { return {}; }

  double value(std::span<const UserResult> results, const ItemFacts& facts) const override {
    if (facts.candidates <= 0) return 0.0;
    std::unordered_set<ItemId> listed;
    for (const auto& result : results) {
      const auto list = top(result, k_);
      listed.insert(list.begin(), list.end());
    }
    return static_cast<double>(listed.size()) / static_cast<double>(facts.candidates);
  }

 private:
  int k_;
};

}  // namespace

void register_metrics_coverage(Registry& registry) {
  registry.add<CoverageAtK>("coverage", "share of the candidates that some user's list holds");
}

}  // namespace medley::eval
