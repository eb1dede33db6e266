#include "medley/eval/at_k.h"
#include "medley/eval/registry.h"

namespace medley::eval {
namespace {

class MapAtK final : public Metric {
 public:
  using Params = AtK;

  explicit MapAtK(const Params& params) : k_(params.k) {}

  std::string formula() const override {
    return "map@k = sum of precision@i over the places i <= k of held-out items / all held-out items; mean "
           "over users";
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
    const auto list = top(result, k_);
    double sum = 0.0;
    int found = 0;
    for (std::size_t i = 0; i < list.size(); ++i) {
      if (is_relevant(result, list[i])) sum += ++found / static_cast<double>(i + 1);
    }
    return sum / static_cast<double>(result.relevant.size());
  }

  int k_;
};

}  // namespace

void register_metrics_map(Registry& registry) {
  registry.add<MapAtK>("map", "precision averaged over the places of the held-out items");
}

}  // namespace medley::eval
