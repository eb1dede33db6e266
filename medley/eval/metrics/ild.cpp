#include "medley/core/error.h"
#include "medley/eval/at_k.h"
#include "medley/eval/registry.h"

namespace medley::eval {
namespace {

class IldAtK final : public Metric {
 public:
  using Params = AtK;

  explicit IldAtK(const Params& params) : k_(params.k) {}

  std::string formula() const override {
    return "ild@k = intra-list diversity: mean of 1 - cosine over all pairs of the first k, in one feature; "
           "items without it are left out, fewer than two count 0; mean over users";
  }

  std::vector<double> user_values(std::span<const UserResult> results,
                                  const ItemFacts& facts) const override {
    return each_user(results, [&](const UserResult& result) { return of(result, facts); });
  }

  double value(std::span<const UserResult> results, const ItemFacts& facts) const override {
    return mean(user_values(results, facts));
  }

  bool reads_vectors() const override { return true; }

 private:
  // Smyth and McClave, ICCBR 2001; Ziegler et al., WWW 2005.
  double of(const UserResult& result, const ItemFacts& facts) const {
    require(facts.vectors != nullptr, "intra-list diversity needs the vectors of the items");
    std::vector<ItemId> list;
    for (const ItemId item : top(result, k_)) {
      if (facts.vectors->has(item)) list.push_back(item);
    }
    if (list.size() < 2) return 0.0;
    double sum = 0.0;
    for (std::size_t i = 0; i < list.size(); ++i) {
      for (std::size_t j = 0; j < i; ++j) sum += 1.0 - facts.vectors->cosine(list[i], list[j]);
    }
    return sum / (static_cast<double>(list.size() * (list.size() - 1)) / 2.0);
  }

  int k_;
};

}  // namespace

void register_metrics_ild(Registry& registry) {
  registry.add<IldAtK>("ild", "how unlike each other the recommended items are in one feature");
}

}  // namespace medley::eval
