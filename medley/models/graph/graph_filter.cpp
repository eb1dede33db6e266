#include "medley/core/rng.h"
#include "medley/models/graph/filter_terms.h"
#include "medley/models/queries.h"
#include "medley/models/registry.h"

#include <algorithm>
#include <numeric>

namespace medley::models {
namespace {

// The scale of the terms is taken over all rows up to this many items, else over a sample.
constexpr math::Index kAllRows = 20000;
constexpr math::Index kSampleRows = 2000;
constexpr std::size_t kMaxPowers = 8;

/// score(u, .) = r_u C with C = sum_k c_k P^k + sum_m g_m S_m: a low-pass filter on the graph of users and
/// items (P as in `Propagation`; Shen et al., CIKM 2021) plus content kernels, each term scaled to unit
/// standard deviation over its entries. Closed form. Scores come by repeated sparse products, exact at any
/// size; memory is that of the interactions, the features and some 100 MB. An item without users scores by
/// content alone, an absent feature adds 0.
class GraphFilter final : public Recommender, public Explains, public ScoresNewItems {
 public:
  struct Params {
    double a = 0.5;
    double b = 0.2;
    std::vector<double> c{1, 1, 0.5};
    std::vector<double> g{0.1};
    std::vector<std::string> features;
    int scale_seed = 1;

    void fields(FieldVisitor& v) {
      v.field("a", a, {-2.0, 2.0}, "users weigh (number of items)^-a: larger quiets busy users");
      v.field("b", b, {-2.0, 2.0}, "items weigh (number of users)^-b: larger quiets popular items");
      v.field("c", c, {-1e6, 1e6}, "weights of P, P^2, P^3, ..., joined by '+', 8 at most");
      v.field("g", g, {0, 1e6}, "weight of content: one number for all features, or one a feature");
      v.field("features", features, "names or modalities, joined by '+'; all when empty; none: no content");
      v.field("scale_seed", scale_seed, {0, 1 << 30}, "draws the rows that give the scale above 20000 items");
    }
  };

  explicit GraphFilter(const Params& params) : params_(params) {
    require(!params.c.empty() && params.c.size() <= kMaxPowers, "c takes 1 to {} numbers, got {}", kMaxPowers,
            params.c.size());
    require(!params.g.empty(), "g takes at least one number");
  }

  ContentUse content_use() const override {
    const bool without = params_.features == std::vector<std::string>{"none"} ||
                         std::ranges::all_of(params_.g, [](double weight) { return weight == 0; });
    if (without) return {};
    return {ContentUse::Form::tables, params_.features, "", {}};
  }

  void fit(const TrainingData& data, const Services& services) override {
    const auto& interactions = interactions_of(data);
    FilterTerms terms;
    terms.c = params_.c;
    while (!terms.c.empty() && terms.c.back() == 0) terms.c.pop_back();
    const auto used = used_blocks(data, terms.g);
    terms.content = ContentBlocks(used, interactions.items);
    terms.graph = Propagation(interactions, params_.a, params_.b);
    terms.scale_by_deviation(scale_rows(interactions.items), services);
    terms_ = std::move(terms);
  }

  void score(std::span<const Query> queries, math::MatrixView<float> out, ThreadPool& pool) const override {
    check_queries(queries, terms_.items(), out);
    const auto block = terms_.block_rows();
    for (math::Index first = 0; first < out.rows(); first += block) {
      const auto count = std::min(block, out.rows() - first);
      const auto to = out.block(first, count);
      for (math::Index q = 0; q < count; ++q) std::ranges::fill(to.row(q), 0.0f);
      const auto histories = history_rows(
          queries.subspan(static_cast<std::size_t>(first), static_cast<std::size_t>(count)), terms_.items());
      terms_.visit(histories.view(), pool, [&](std::size_t term, math::MatrixView<const float> values) {
        const auto weight = static_cast<float>(terms_.weight(term));
        if (weight != 0) add_weighted(values, weight, to, pool);
      });
    }
  }

  bool scores_unseen_items() const override { return terms_.content.count() > 0; }

  Explanation explain(const Query& query, ItemId item) const override {
    check_history(query.history, terms_.items());
    check_history({&item, 1}, terms_.items());
    Explanation out;
    for (const ItemId i : query.history) out.by_history.emplace_back(i, 0.0);
    // P^k is symmetric: its row `item` holds what each history item gives.
    const auto powers = terms_.graph.rows_of_powers(item, terms_.c.size());
    Share interactions{"interactions", 0.0};
    for (std::size_t k = 0; k < powers.size(); ++k) {
      const auto share = add_shares(out, "P^" + std::to_string(k + 1), [&](ItemId i) {
        return terms_.c[k] * powers[k][static_cast<std::size_t>(i)];
      });
      interactions.value += share;
    }
    out.by_modality.push_back(interactions);
    for (std::size_t m = 0; m < terms_.content.count(); ++m) {
      const auto share = add_shares(out, "content " + terms_.content.name(m), [&](ItemId i) {
        return terms_.g[m] * math::inner_product(terms_.content.rows(m), i, item);
      });
      out.by_modality.push_back({terms_.content.name(m), share});
    }
    return out;
  }

  std::vector<NewItemShares> new_item_shares(
      std::span<const std::shared_ptr<const data::FeatureTable>> features, ThreadPool& pool) const override {
    return kernel_shares(terms_.content, terms_.content.beside(features), terms_.g, pool);
  }

  double history_factor(std::size_t) const override { return 1.0; }

  void save(ArchiveWriter& out) const override {
    out.put("c", terms_.c);
    out.put("g", terms_.g);
    terms_.graph.save(out);
    terms_.content.save(out, "content");
  }

  void load(const ArchiveReader& in) override {
    FilterTerms terms;
    const auto c = in.get<double>("c");
    if (c.size() > kMaxPowers)
      fail(ErrorCode::corrupt_data, "'{}': {} powers, above the limit of {}", in.path().string(), c.size(),
           kMaxPowers);
    terms.c.assign(c.begin(), c.end());
    terms.graph.load(in);
    terms.content = ContentBlocks::load(in, "content", terms.graph.items());
    const auto g = in.get<double>("g", terms.content.count());
    terms.g.assign(g.begin(), g.end());
    terms_ = std::move(terms);
  }

 private:
  /// The features that have a weight; their weights go to `g`.
  std::shared_ptr<const data::ItemVectors> used_blocks(const TrainingData& data,
                                                       std::vector<double>& g) const {
    auto used = std::make_shared<data::ItemVectors>();
    if (data.vectors == nullptr || content_use().form == ContentUse::Form::none) return used;
    const auto& blocks = data.vectors->blocks;
    require(blocks.empty() || params_.g.size() == 1 || params_.g.size() == blocks.size(),
            "g has {} numbers for {} features", params_.g.size(), blocks.size());
    for (std::size_t m = 0; m < blocks.size(); ++m) {
      const double weight = params_.g.size() == 1 ? params_.g.front() : params_.g[m];
      if (weight == 0) continue;
      used->blocks.push_back(blocks[m]);
      g.push_back(weight);
    }
    return used;
  }

  std::vector<ItemId> scale_rows(ItemId items) const {
    std::vector<ItemId> rows(static_cast<std::size_t>(items));
    std::iota(rows.begin(), rows.end(), 0);
    if (items <= kAllRows) return rows;
    Rng rng(static_cast<std::uint64_t>(params_.scale_seed));
    rng.shuffle(rows);
    rows.resize(kSampleRows);
    std::ranges::sort(rows);
    return rows;
  }

  static void add_weighted(math::MatrixView<const float> values, float weight, math::MatrixView<float> out,
                           ThreadPool& pool) {
    parallel_for(pool, out.rows(), 8, [&](std::int64_t begin, std::int64_t end) {
      for (auto q = begin; q < end; ++q) {
        const auto from = values.row(q);
        const auto to = out.row(q);
        for (std::size_t j = 0; j < to.size(); ++j) to[j] += weight * from[j];
      }
    });
  }

  /// Adds one term: `value_of(i)` for each item of the history. Returns their sum.
  template <class ValueOf>
  static double add_shares(Explanation& out, std::string term, ValueOf value_of) {
    double sum = 0;
    for (auto& [i, value] : out.by_history) {
      const double share = value_of(i);
      value += share;
      sum += share;
    }
    out.score += sum;
    out.by_term.push_back({std::move(term), sum});
    return sum;
  }

  Params params_;
  FilterTerms terms_;
};

}  // namespace

void register_graph_graph_filter(Registry& registry) {
  registry.add<GraphFilter>("graph_filter",
                            "a closed-form filter on the user-item graph, plus content kernels");
}

}  // namespace medley::models
