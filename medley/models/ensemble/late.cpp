#include "medley/models/combines.h"
#include "medley/models/ensemble/score_scale.h"
#include "medley/models/queries.h"
#include "medley/models/registry.h"

#include <algorithm>
#include <map>

namespace medley::models {
namespace {

/// Late fusion: score = sum_k w_k s_k / d_k over other models' scores s_k, each divided by its standard
/// deviation: that of all users' scores of items outside their histories, or (`scale=user`) that of the
/// query's own. Explained where all parts are.
class Late final : public Recommender, public Explains, public Combines {
 public:
  struct Params {
    std::vector<std::string> models{"ease", "graph_filter"};
    std::vector<double> weights;
    std::vector<std::string> scale{"all"};
    int seed = 1;

    void fields(FieldVisitor& v) {
      v.field("models", models, "the models, joined by '+', each with parameters of its own");
      v.field("weights", weights, {0, 1e6}, "one a model, joined by '+', not all 0; equal when empty");
      v.field("scale", scale,
              "all: unit deviation over all users; user: within each; one word or one a model");
      v.field("seed", seed, {0, 1 << 30}, "the seed of each model that takes one and names none");
    }
  };

  Late(const Params& params, const Registry& registry) {
    require(!params.models.empty(), "'models' names no model");
    for (const auto& text : params.models) {
      auto spec = parse_spec(text);
      const auto& fields = registry.at(spec.name).params;
      if (std::ranges::any_of(fields, [](const auto& field) { return field.name == "seed"; }))
        spec.values.try_emplace("seed", std::vector<std::string>{std::to_string(params.seed)});
      for (const auto& combination : spec.combinations()) registry.make(spec.name, combination);
      made_.push_back(registry.make(spec.name, spec.combinations().front()));
      specs_.push_back(std::move(spec));
    }
    set_weights(params.weights);
    set_scale(params.scale);
  }

  std::vector<Spec> parts() const override { return specs_; }

  /// Of the parts that read content, which `fit` needs to agree.
  ContentUse content_use() const override {
    for (const auto& model : made_)
      if (model->content_use().form != ContentUse::Form::none) return model->content_use();
    return {};
  }

  void fit(const TrainingData& data, const Services& services) override {
    const auto wanted = content_use();
    std::vector<FittedPart> parts;
    for (std::size_t k = 0; k < made_.size(); ++k) {
      const auto use = made_[k]->content_use();
      require(
          use.form == ContentUse::Form::none || (use.form == wanted.form && use.features == wanted.features),
          "the models of '{}' and others read different content: fit them apart", specs_[k].text);
      require(!specs_[k].is_search(), "'{}' leaves settings open: choose them first", specs_[k].text);
      made_[k]->fit(data, services);
      parts.push_back({made_[k], deviation_of_scores(*made_[k], interactions_of(data), services)});
    }
    combine(std::move(parts), interactions_of(data).items);
  }

  void combine(std::vector<FittedPart> parts, ItemId items) override {
    require(parts.size() == specs_.size(), "{} fitted models for the {} of 'models'", parts.size(),
            specs_.size());
    parts_ = std::move(parts);
    items_ = items;
  }

  void score(std::span<const Query> queries, math::MatrixView<float> out, ThreadPool& pool) const override {
    check_queries(queries, items_, out);
    std::vector<math::Matrix> scratch(parts_.size(),
                                      math::Matrix(std::min(kQueryBlock, out.rows()), out.cols()));
    for (math::Index first = 0; first < out.rows(); first += kQueryBlock) {
      const auto count = std::min(kQueryBlock, out.rows() - first);
      const auto some = queries.subspan(static_cast<std::size_t>(first), static_cast<std::size_t>(count));
      std::vector<math::MatrixView<const float>> scores;
      for (std::size_t k = 0; k < parts_.size(); ++k) {
        const auto to = scratch[k].view().block(0, count);
        parts_[k].model->score(some, to, pool);
        scores.push_back(to);
      }
      join(some, scores, out.block(first, count), pool);
    }
  }

  void join(std::span<const Query> queries, std::span<const math::MatrixView<const float>> scores,
            math::MatrixView<float> out, ThreadPool& pool) const override {
    parallel_for(pool, out.rows(), 8, [&](std::int64_t begin, std::int64_t end) {
      for (auto q = begin; q < end; ++q) {
        const auto to = out.row(q);
        std::ranges::fill(to, 0.0f);
        for (std::size_t k = 0; k < scores.size(); ++k) {
          const auto from = scores[k].row(q);
          const auto factor =
              static_cast<float>(factor_of(k, from, queries[static_cast<std::size_t>(q)].history));
          if (factor == 0) continue;
          for (std::size_t j = 0; j < to.size(); ++j) to[j] += factor * from[j];
        }
      }
    });
  }

  bool scores_unseen_items() const override {
    for (std::size_t k = 0; k < parts_.size(); ++k)
      if (weights_[k] > 0 && parts_[k].model->scores_unseen_items()) return true;
    return false;
  }

  Explanation explain(const Query& query, ItemId item) const override {
    check_history(query.history, items_);
    check_history({&item, 1}, items_);
    Explanation out;
    std::map<std::string, double> by_modality;
    std::vector<double> by_history(query.history.size());
    bool has_history = true;
    for (std::size_t k = 0; k < parts_.size(); ++k) {
      const auto* explains = dynamic_cast<const Explains*>(parts_[k].model.get());
      if (explains == nullptr)
        fail(ErrorCode::unsupported, "the scores of '{}' are no sums that could be taken apart",
             specs_[k].name);
      const auto part = explains->explain(query, item);
      const double factor = factor_for(k, query);
      has_history = has_history && (factor == 0 || part.by_history.size() == by_history.size());
      if (has_history)
        for (std::size_t i = 0; i < part.by_history.size(); ++i)
          by_history[i] += factor * part.by_history[i].second;
      for (const auto& share : part.by_modality) by_modality[share.of] += factor * share.value;
      out.by_term.push_back({label(k), factor * part.score});
      out.score += factor * part.score;
    }
    if (has_history)
      for (std::size_t i = 0; i < by_history.size(); ++i)
        out.by_history.emplace_back(query.history[i], by_history[i]);
    for (const auto& [of, value] : by_modality) out.by_modality.push_back({of, value});
    return out;
  }

  void save(ArchiveWriter& out) const override {
    std::vector<std::string> names;
    std::vector<double> deviations;
    for (std::size_t k = 0; k < parts_.size(); ++k) {
      names.push_back(specs_[k].name);
      deviations.push_back(parts_[k].deviation);
    }
    out.put_value<std::int64_t>("items", items_);
    out.put_texts("names", names);
    out.put("weights", weights_);
    out.put("deviations", deviations);
    for (std::size_t k = 0; k < parts_.size(); ++k) {
      out.enter(std::to_string(k));
      parts_[k].model->save(out);
      out.leave();
    }
  }

  void load(const ArchiveReader& in) override {
    const auto names = in.get_texts("names");
    bool same = names.size() == specs_.size();
    for (std::size_t k = 0; same && k < names.size(); ++k) same = names[k] == specs_[k].name;
    if (!same)
      fail(ErrorCode::corrupt_data, "'{}': the {} models in it are not those of its parameters",
           in.path().string(), names.size());
    const auto weights = in.get<double>("weights", names.size());
    const auto deviations = in.get<double>("deviations", names.size());
    const auto items = items_in(in);
    std::vector<FittedPart> parts;
    ThreadPool alone(1);
    for (std::size_t k = 0; k < names.size(); ++k) {
      made_[k]->load(in.inside(std::to_string(k)));
      // A model refuses places for scores that are not as many as its items, also when nobody asks.
      made_[k]->score({}, {nullptr, 0, items}, alone);
      parts.push_back({made_[k], deviations[k]});
    }
    items_ = items;
    weights_.assign(weights.begin(), weights.end());
    parts_ = std::move(parts);
  }

 private:
  void set_weights(const std::vector<double>& given) {
    weights_ = given.empty() ? std::vector<double>(specs_.size(), 1.0) : given;
    require(weights_.size() == specs_.size(), "{} weights for {} models", weights_.size(), specs_.size());
    require(std::ranges::any_of(weights_, [](double weight) { return weight > 0; }),
            "the weights are all 0: one at least must be above");
  }

  void set_scale(const std::vector<std::string>& given) {
    require(given.size() == 1 || given.size() == specs_.size(), "{} scales for {} models", given.size(),
            specs_.size());
    for (std::size_t k = 0; k < specs_.size(); ++k) {
      const auto& scale = given.size() == 1 ? given.front() : given[k];
      require(scale == "all" || scale == "user", "'scale' must be all or user, got '{}'", scale);
      within_user_.push_back(scale == "user");
    }
  }

  /// What part k's scores of a query are multiplied by.
  double factor_of(std::size_t k, std::span<const float> scores, std::span<const ItemId> history) const {
    const double deviation = within_user_[k] ? deviation_outside(scores, history) : parts_[k].deviation;
    return deviation > 0 ? weights_[k] / deviation : 0.0;
  }

  double factor_for(std::size_t k, const Query& query) const {
    if (!within_user_[k]) return factor_of(k, {}, {});
    std::vector<float> scores(static_cast<std::size_t>(items_));
    ThreadPool alone(1);
    parts_[k].model->score({&query, 1}, {scores.data(), 1, items_}, alone);
    return factor_of(k, scores, query.history);
  }

  /// The model's name, with its parameters where another part has the same.
  std::string label(std::size_t k) const {
    const auto same =
        std::ranges::count_if(specs_, [&](const auto& spec) { return spec.name == specs_[k].name; });
    return same == 1 ? specs_[k].name : specs_[k].text;
  }

  std::vector<Spec> specs_;
  std::vector<std::shared_ptr<Recommender>> made_;  ///< one a part, for `fit` and `load`
  std::vector<double> weights_;
  std::vector<bool> within_user_;
  std::vector<FittedPart> parts_;
  math::Index items_ = 0;
};

}  // namespace

void register_ensemble_late(Registry& registry) {
  registry.add<Late>("late", "a weighted sum of other models' scores, each at unit deviation");
}

}  // namespace medley::models
