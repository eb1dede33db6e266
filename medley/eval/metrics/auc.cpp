#include "medley/core/error.h"
#include "medley/eval/at_k.h"
#include "medley/eval/registry.h"

namespace medley::eval {
namespace {

/// Of the whole order, so it takes no length of lists.
class Auc final : public Metric {
 public:
  struct Params {
    void fields(FieldVisitor&) {}
  };

  explicit Auc(const Params&) {}

  std::string formula() const override {
    return "auc = share of the pairs (held-out item, candidate neither known nor held out) that the scores "
           "put "
           "in this order, equal scores half; mean over users";
  }

  std::vector<double> user_values(std::span<const UserResult> results, const ItemFacts&) const override {
    return each_user(results, [](const UserResult& result) {
      require(result.beaten.size() == result.relevant.size(),
              "auc needs a share of each of {} held-out items, there are {}", result.relevant.size(),
              result.beaten.size());
      return mean(result.beaten);
    });
  }

  double value(std::span<const UserResult> results, const ItemFacts& facts) const override {
    return mean(user_values(results, facts));
  }
};

}  // namespace

void register_metrics_auc(Registry& registry) {
  registry.add<Auc>("auc", "share of the pairs of a held-out and an unseen item in the right order");
}

}  // namespace medley::eval
