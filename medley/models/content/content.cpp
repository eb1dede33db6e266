#include "medley/models/content_blocks.h"
#include "medley/models/queries.h"
#include "medley/models/registry.h"

#include <algorithm>
#include <utility>

namespace medley::models {
namespace {

/// score(u, j) = <mean of x_i over the history, x_j>, x the fused item vectors. An item without any modality
/// has a zero vector: it scores 0 and adds nothing to a profile.
class Content final : public Recommender, public Explains, public ScoresNewItems {
 public:
  struct Params {
    std::vector<std::string> features;
    std::string fusion = "concat";
    std::vector<double> weights;
    int dim = 0;
    std::string missing = "zero";

    void fields(FieldVisitor& v) {
      v.field("features", features, "names or modalities, joined by '+'; all when empty");
      v.field("fusion", fusion, {},
              "the plugin that joins them to one vector, with its parameters: mean(hops=3)");
      v.field("weights", weights, {0, 1e6}, "of the fusion: one a feature, joined by '+'; equal when empty");
      v.field("dim", dim, {0, 4096},
              "of the fusion: length of the vector; 0: what the fusion takes by itself");
      v.field("missing", missing, {"zero", "mean", "propagate", "renormalize", "learned"},
              "of the fusion: what stands in for a modality that an item lacks");
    }
  };

  explicit Content(const Params& params) : params_(params) {}

  ContentUse content_use() const override {
    ParamMap of_fusion;
    if (params_.missing != "zero") of_fusion["missing"] = params_.missing;
    if (!params_.weights.empty()) of_fusion["weights"] = to_text(Value(params_.weights));
    if (params_.dim > 0) of_fusion["dim"] = std::to_string(params_.dim);
    return {ContentUse::Form::fused, params_.features, params_.fusion, std::move(of_fusion), true};
  }

  void fit(const TrainingData& data, const Services&) override {
    const math::Index items = interactions_of(data).items;
    ContentBlocks vectors(data.vectors, items);
    require(vectors.count() > 0, "content needs at least one feature");
    vectors_ = std::move(vectors);
    items_ = items;
  }

  void score(std::span<const Query> queries, math::MatrixView<float> out, ThreadPool& pool) const override {
    check_queries(queries, items_, out);
    for (math::Index first = 0; first < out.rows(); first += kQueryBlock) {
      const auto count = std::min(kQueryBlock, out.rows() - first);
      score_block(queries.subspan(static_cast<std::size_t>(first), static_cast<std::size_t>(count)),
                  out.block(first, count), pool);
    }
  }

  bool scores_unseen_items() const override { return true; }

  Explanation explain(const Query& query, ItemId item) const override {
    check_history(query.history, items_);
    check_history({&item, 1}, items_);
    const auto n = static_cast<double>(query.history.size());
    Explanation out;
    for (const ItemId i : query.history) out.by_history.emplace_back(i, 0.0);
    for (std::size_t m = 0; m < vectors_.count(); ++m) {
      Share share{vectors_.name(m), 0.0};
      for (auto& [i, value] : out.by_history) {
        const double part = math::inner_product(vectors_.rows(m), i, item) / n;
        value += part;
        share.value += part;
      }
      out.score += share.value;
      out.by_modality.push_back(std::move(share));
    }
    return out;
  }

  std::vector<NewItemShares> new_item_shares(
      std::span<const std::shared_ptr<const data::FeatureTable>> features, ThreadPool& pool) const override {
    // Other fusions mix the features, or weigh them item by item: their blocks are not those of the tables.
    if (params_.fusion != "concat" || params_.missing != "zero")
      fail(ErrorCode::unsupported, "fusion={} with missing={} cannot place new items; concat with zero can",
           params_.fusion, params_.missing);
    const std::vector<double> ones(vectors_.count(), 1.0);
    return kernel_shares(vectors_, vectors_.beside(features), ones, pool);
  }

  double history_factor(std::size_t history) const override {
    return history == 0 ? 0.0 : 1.0 / static_cast<double>(history);
  }

  void save(ArchiveWriter& out) const override {
    out.put_value<std::int64_t>("items", items_);
    vectors_.save(out, "vectors");
  }

  void load(const ArchiveReader& in) override {
    const auto items = items_in(in);
    vectors_ = ContentBlocks::load(in, "vectors", items);
    items_ = items;
  }

 private:
  void score_block(std::span<const Query> queries, math::MatrixView<float> out, ThreadPool& pool) const {
    auto histories = history_rows(queries, items_);
    for (math::Index q = 0; q < histories.rows; ++q) {
      const auto begin = histories.indptr[static_cast<std::size_t>(q)];
      const auto end = histories.indptr[static_cast<std::size_t>(q) + 1];
      std::fill(histories.values.begin() + begin, histories.values.begin() + end,
                1.0f / static_cast<float>(end - begin));
      std::ranges::fill(out.row(q), 0.0f);
    }
    for (std::size_t m = 0; m < vectors_.count(); ++m) {
      math::Matrix profiles(out.rows(), vectors_.rows(m).cols());
      math::weighted_sum(histories.view(), vectors_.rows(m), profiles.view(), pool);
      math::add_inner_products(profiles.view(), vectors_.rows(m), 1.0f, out, pool);
    }
  }

  Params params_;
  math::Index items_ = 0;
  ContentBlocks vectors_;
};

}  // namespace

void register_content_content(Registry& registry) {
  registry.add<Content>("content", "items that look, read or sound like those of the history");
}

}  // namespace medley::models
