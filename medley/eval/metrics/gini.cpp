#include "medley/eval/at_k.h"
#include "medley/eval/registry.h"

#include <unordered_map>

namespace medley::eval {
namespace {

class GiniAtK final : public Metric {
 public:
  using Params = AtK;

  explicit GiniAtK(const Params& params) : k_(params.k) {}

  std::string formula() const override {
    return "gini@k = Gini index over the candidates, of how many lists hold each in their first k";
  }

  std::vector<double> user_values(std::span<const UserResult>, const ItemFacts&) const override { return {}; }

  // With the counts x_1 <= ... <= x_n: sum of (2 i - n - 1) x_i / (n sum of x_i). Items never listed come
  // first and add nothing.
  double value(std::span<const UserResult> results, const ItemFacts& facts) const override {
    std::unordered_map<ItemId, std::int64_t> times;
    for (const auto& result : results) {
      for (const ItemId item : top(result, k_)) ++times[item];
    }
    if (times.empty() || facts.candidates <= 0) return 0.0;
    std::vector<std::int64_t> counts;
    for (const auto& [item, count] : times) counts.push_back(count);
    std::ranges::sort(counts);
    const auto n = static_cast<double>(facts.candidates);
    double place = n - static_cast<double>(counts.size());
    double weighted = 0.0;
    double sum = 0.0;
    for (const auto count : counts) {
      place += 1.0;
      weighted += (2.0 * place - n - 1.0) * static_cast<double>(count);
      sum += static_cast<double>(count);
    }
    return weighted / (n * sum);
  }

 private:
  int k_;
};

}  // namespace

void register_metrics_gini(Registry& registry) {
  registry.add<GiniAtK>("gini", "how unevenly the lists use the candidates: 0 evenly, 1 one item only");
}

}  // namespace medley::eval
