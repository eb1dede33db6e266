#include "medley/eval/at_k.h"
#include "medley/eval/registry.h"

#include <cmath>

namespace medley::eval {
namespace {

class NdcgAtK final : public Metric {
 public:
  using Params = AtK;

  explicit NdcgAtK(const Params& params) : k_(params.k) {}

  std::string formula() const override {
    return "ndcg@k = sum over held-out items in the first k of 1/log2(place+1) / sum over places 1..min(k, "
           "held-out items) of 1/log2(place+1); mean over users";
  }

  std::vector<double> user_values(std::span<const UserResult> results, const ItemFacts&) const override {
    return each_user(results, [&](const UserResult& result) { return of(result); });
  }

  double value(std::span<const UserResult> results, const ItemFacts& facts) const override {
    return mean(user_values(results, facts));
  }

 private:
  static double discount(std::size_t place) { return 1.0 / std::log2(static_cast<double>(place) + 1.0); }

  // Binary gains; Jarvelin and Kekalainen, TOIS 2002, with the discount log2(place + 1).
  double of(const UserResult& result) const {
    const auto list = top(result, k_);
    double gain = 0.0;
    for (std::size_t i = 0; i < list.size(); ++i) {
      if (is_relevant(result, list[i])) gain += discount(i + 1);
    }
    double ideal = 0.0;
    const auto best = std::min(static_cast<std::size_t>(k_), result.relevant.size());
    for (std::size_t i = 0; i < best; ++i) ideal += discount(i + 1);
    return ideal > 0.0 ? gain / ideal : 0.0;
  }

  int k_;
};

}  // namespace

void register_metrics_ndcg(Registry& registry) {
  registry.add<NdcgAtK>("ndcg",
                        "gain that falls with the logarithm of the place, as a share of the best possible");
}

}  // namespace medley::eval
