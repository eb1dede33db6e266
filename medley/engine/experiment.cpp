#include "medley/engine/experiment.h"

#include "medley/core/error.h"
#include "medley/core/spec.h"
#include "medley/engine/experiment_split.h"
#include "medley/engine/tuner.h"
#include "medley/engine/variation_plan.h"
#include "medley/eval/metric_set.h"
#include "medley/eval/slice.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <set>

namespace medley::engine {
namespace {

/// Length of a list that is kept to be looked at.
constexpr int kSampleList = 10;

/// Users with no more items than this in train have few.
constexpr std::size_t kFewEvents = 5;

/// A row of the table while it grows: what one model measured in each run.
struct Row {
  Spec spec;
  std::string control;  ///< name of a row that the program adds, or ""
  Tables tables;
  ModelResult result;
  std::vector<std::vector<eval::RunMeasures>> columns;           ///< [column][run]
  std::map<std::string, std::vector<eval::RunMeasures>> slices;  ///< name -> runs
  std::optional<ParamMap> first_choice;
  VariationPlan plan{};
  std::vector<VariationRuns> variations{};
};

bool has_chance(const Plugins& plugins, const std::string& name) {
  const auto& params = plugins.models.at(name).params;
  return std::any_of(params.begin(), params.end(), [](const auto& field) { return field.name == "seed"; });
}

/// The feature in which intra-list diversity is taken, whatever the models are given: the one asked for, or
/// the first that holds no tags of users.
std::optional<eval::ListVectors> list_vectors(const Tables& tables, const std::string& name) {
  const auto found = std::ranges::find_if(
      tables, [&](const auto& table) { return name.empty() ? !table->from_tags : table->name == name; });
  if (found != tables.end()) return eval::ListVectors(*found);
  if (name.empty()) return std::nullopt;
  std::vector<std::string> names;
  for (const auto& table : tables) names.push_back(table->name);
  fail(ErrorCode::not_found, "no feature '{}' to take diversity in; there {}", name,
       names.empty() ? "are none" : fmt::format("are {}", fmt::join(names, ", ")));
}

eval::ItemFacts facts_for(const data::Interactions& train, const eval::Candidates& column,
                          const std::optional<eval::ListVectors>& vectors) {
  eval::ItemFacts facts;
  if (vectors) facts.vectors = &*vectors;
  for (data::ItemId item = 0; item < train.items; ++item) {
    facts.train_users.push_back(static_cast<std::int32_t>(train.users_of(item).size()));
  }
  for (data::UserId user = 0; user < train.users; ++user) facts.users += train.items_of(user).empty() ? 0 : 1;
  facts.candidates = static_cast<std::int32_t>(column.items.size());
  return facts;
}

/// Everything that the rows of one experiment share.
class Experiment {
 public:
  /// `vectors`: what intra-list diversity is taken in.
  Experiment(const data::Dataset& dataset, Tables tables, std::optional<eval::ListVectors> vectors,
             const Plugins& plugins, const ExperimentOptions& options, const Services& services)
      : dataset_(dataset),
        tables_(std::move(tables)),
        vectors_(std::move(vectors)),
        plugins_(plugins),
        options_(options),
        services_(services),
        metrics_(eval::make_metrics(plugins.metrics, options.k, vectors_.has_value())) {}

  ExperimentResult run() {
    describe();
    auto rows = make_rows();
    for (int run = 0; run < options_.seeds; ++run) {
      const auto seed = kFirstSeed + static_cast<std::uint64_t>(run);
      std::vector<std::string> notes;
      if (run == 0 || split_by_chance(dataset_, options_)) new_split(seed, notes);
      if (run == 0) describe_split(notes, rows);
      for (auto& row : rows) {
        const bool again = split_by_chance(dataset_, options_) ||
                           (has_chance(plugins_, row.spec.name) && row.spec.values.count("seed") == 0);
        if (run == 0 || again) run_row(row, seed);
      }
    }
    for (auto& row : rows) finish_row(row);
    compare_rows();
    return std::move(result_);
  }

 private:
  void new_split(std::uint64_t seed, std::vector<std::string>& notes) {
    split_ = make_run_split(dataset_, options_, seed, notes);
    asked_ = split_.asked_with(&split_.train, kept_);
    asked_for_choice_ = split_.asked_with(&split_.choice_train, kept_for_choice_);
    memory_ = {};
  }

  void describe() {
    result_.data = dataset_.name;
    result_.split = split_name(dataset_, options_);
    result_.seeds = options_.seeds;
    result_.users = dataset_.user_count();
    result_.items = dataset_.item_count();
    result_.primary = metrics_.entries[metrics_.primary].key;
    for (const auto& curve : options_.curves)
      result_.curves.push_back(
          {curve.change == Variation::Change::replaced ? "noise" : "drop", curve.of, result_.primary, {}});
    for (const auto& [key, metric] : metrics_.entries)
      result_.formulas.emplace_back(
          key, metric->reads_vectors() ? fmt::format("{}; here in '{}'", metric->formula(), vectors_->name())
                                       : metric->formula());
    if (!options_.without.empty())
      result_.notes.push_back(fmt::format("without {}", fmt::join(options_.without, ", ")));
  }

  std::vector<Row> make_rows() const {
    std::vector<Row> rows;
    for (const auto& spec : parse_specs(options_.models)) {
      plugins_.models.at(spec.name);
      for (const auto& params : spec.combinations()) plugins_.models.make(spec.name, params);
      rows.push_back({spec, "", tables_, {}, {}, {}, {}});
    }
    // What chance finds stands in every table.
    const bool named =
        std::any_of(rows.begin(), rows.end(), [](const Row& row) { return row.spec.name == "random"; });
    if (!named) rows.push_back({parse_spec("random"), "random", tables_, {}, {}, {}, {}});
    return rows;
  }

  void describe_split(const std::vector<std::string>& notes, std::vector<Row>& rows) {
    result_.train_pairs = split_.train.pairs();
    result_.valid_pairs = split_.held_out ? 0 : split_.choice.pairs();
    result_.test_pairs = split_.test.pairs();
    result_.notes.insert(result_.notes.end(), notes.begin(), notes.end());
    if (split_.held_out)
      result_.notes.emplace_back(
          "settings were chosen on a tenth of each user's train items, then fitted again on all of train");
    if (split_.history.pairs() > 0)
      result_.notes.emplace_back(
          "held-out users are new: no model was fitted with them, and their first events are what they are "
          "asked about with");
    if (result_.split == "global_time" && split_.without_past > 0)
      result_.notes.push_back(
          fmt::format("{} of the test users have no event before the test: models know nothing of them",
                      split_.without_past));
    if (!split_.item_cold) return;
    result_.notes.emplace_back(
        "items never seen: IDF, SVD and centring have seen the content of the whole catalogue");
    if (tables_.empty()) return;
    leave_out_tags(rows);
    result_.notes.emplace_back(
        "presence_only: one 0/1 column a modality through content_ridge; what it finds is a leak, not "
        "content");
    rows.push_back({parse_spec("content_ridge"),
                    "presence_only",
                    {presence_table(tables_, dataset_.item_count())},
                    {},
                    {},
                    {},
                    {}});
  }

  /// Takes the tables of users' tags from the rows that do not name them, and says what became of them.
  void leave_out_tags(std::vector<Row>& rows) {
    for (const auto& table : tables_) {
      if (!table->from_tags) continue;
      std::vector<std::string> used;
      for (const auto& row : rows)
        if (!without_unnamed_tags({table}, names_of(row.spec)).empty()) used.push_back(row.spec.text);
      result_.notes.push_back(
          used.empty()
              ? fmt::format(
                    "'{}' holds tags, which users write after an item's release: no model was given it",
                    table->name)
              : fmt::format(
                    "'{}' holds tags, which users write after an item's release: what {} finds with it is "
                    "a leak; the others were not given it",
                    table->name, fmt::join(used, ", ")));
    }
    for (auto& row : rows) row.tables = without_unnamed_tags(row.tables, names_of(row.spec));
  }

  /// The features that a spec names, each alternative split at its '+'.
  static std::vector<std::string> names_of(const Spec& spec) {
    std::vector<std::string> out;
    const auto given = spec.values.find("features");
    if (given == spec.values.end()) return out;
    for (const auto& alternative : given->second)
      for (auto& name : split_list(alternative, '+')) out.push_back(std::move(name));
    return out;
  }

  RankingTask task(const data::Interactions& history, const data::Interactions& masked,
                   const data::Interactions& relevant) const {
    return {&dataset_.users, &dataset_.items, &history,
            &masked,         &relevant,       make_columns(dataset_, tables_, options_, split_, relevant)};
  }

  void run_row(Row& row, std::uint64_t seed) {
    FitContext context(plugins_, row.tables, services_, &memory_);
    auto spec = row.spec;
    if (has_chance(plugins_, spec.name) && spec.values.count("seed") == 0)
      spec.values["seed"] = {std::to_string(seed)};
    Choice choice;
    if (needs_search(spec, context)) {
      choice = choose(spec, split_.choice_train, task(*asked_for_choice_, *asked_for_choice_, split_.choice),
                      metrics_.max_k, context);
    } else {
      choice.params = spec.combinations().front();
    }
    const auto model = context.fit(spec.name, choice.params, split_.train, row.result.fit_s);
    const auto test = task(*asked_, split_.test_masked, split_.test);
    const auto results = rank(*model, test, metrics_.max_k, services_);
    if (!row.first_choice) {
      first_run(row, choice, test, results);
      if (row.control.empty()) plan_variations(row, context);
    }
    row.result.same_choice =
        row.result.same_choice && (choice.params == *row.first_choice || spec.values.count("seed") > 0);
    row.result.runs = static_cast<int>(row.columns.front().size()) + 1;
    for (std::size_t i = 0; i < results.size(); ++i) {
      row.columns[i].push_back(
          eval::measure(metrics_, results[i], facts_for(split_.train, test.columns[i], vectors_)));
    }
    const auto facts = facts_for(split_.train, test.columns.front(), vectors_);
    measure_slices(row, results.front(), facts);
    measure_cold_slices(row, results.front(), facts);
    for (auto& [variation, runs] : row.variations) {
      rank_variation(
          variation, spec.name, choice.params, context, split_, test, metrics_.max_k, seed,
          [&](const auto& varied, const auto& train) {
            runs.push_back(eval::measure(metrics_, varied, facts_for(train, test.columns.front(), vectors_)));
          });
    }
  }

  void first_run(Row& row, const Choice& choice, const RankingTask& test,
                 const std::vector<std::vector<eval::UserResult>>& results) {
    row.first_choice = choice.params;
    row.columns.resize(results.size());
    row.result.settings_tried = choice.tried;
    row.result.params = plugins_.models.at(row.spec.name).resolve(choice.params);
    if (result_.columns.empty())
      result_.sample = sample_users(results.front(), *asked_, dataset_, options_.sample_users);
    add_lists(result_.sample, results.front(), kSampleList);
    if (!result_.columns.empty()) return;
    for (std::size_t i = 0; i < results.size(); ++i) {
      result_.columns.push_back({test.columns[i].name,
                                 static_cast<std::int64_t>(test.columns[i].items.size()),
                                 static_cast<std::int64_t>(results[i].size())});
    }
  }

  /// The held-out items that lack a modality, for each modality that some lack.
  void measure_slices(Row& row, const std::vector<eval::UserResult>& results,
                      const eval::ItemFacts& facts) const {
    std::set<std::string> modalities;
    for (const auto& table : tables_) modalities.insert(table->modality);
    for (const auto& modality : modalities) {
      std::vector<std::uint8_t> present(static_cast<std::size_t>(dataset_.item_count()));
      for (const auto& table : select_tables(tables_, {modality})) {
        for (std::size_t i = 0; i < present.size(); ++i) present[i] |= table->present[i];
      }
      add_slice(row, "without " + modality, eval::slice_lacking(results, present), facts);
    }
  }

  /// Held-out items without an event in train, users without one, and users of whom few are known.
  void measure_cold_slices(Row& row, const std::vector<eval::UserResult>& results,
                           const eval::ItemFacts& facts) const {
    std::vector<std::uint8_t> known;
    for (const auto users : facts.train_users) known.push_back(users > 0 ? 1 : 0);
    add_slice(row, "cold items", eval::slice_lacking(results, known), facts);
    const auto events = [&](data::UserId user) { return split_.train.items_of(user).size(); };
    add_slice(row, "new users", eval::slice_users(results, [&](auto user) { return events(user) == 0; }),
              facts);
    const auto few = [&](auto user) {
      const auto count = asked_->items_of(user).size();
      return count > 0 && count <= kFewEvents;
    };
    add_slice(row, fmt::format("users with 1 to {} items", kFewEvents), eval::slice_users(results, few),
              facts);
  }

  void add_slice(Row& row, const std::string& name, const std::vector<eval::UserResult>& results,
                 const eval::ItemFacts& facts) const {
    if (!results.empty()) row.slices[name].push_back(eval::measure(metrics_, results, facts));
  }

  void plan_variations(Row& row, const FitContext& context) const {
    row.plan = VariationPlan(options_, tables_, context, row.spec.name, *row.first_choice);
    for (const auto& variation : row.plan.variations()) row.variations.push_back({variation, {}});
  }

  void finish_row(Row& row) {
    row.result.spec = row.control.empty() ? row.spec.text : row.control;
    row.result.name = row.control.empty() ? row.spec.name : row.control;
    row.result.control = !row.control.empty();
    for (const auto& runs : row.columns)
      row.result.columns.push_back(eval::summarize(metrics_, runs, services_.pool));
    for (const auto& [name, runs] : row.slices) {
      row.result.slices.emplace_back(name, eval::summarize(metrics_, runs, services_.pool));
    }
    if (!row.variations.empty() || !result_.curves.empty()) finish_variations(row);
    result_.models.push_back(std::move(row.result));
  }

  void finish_variations(const Row& row) {
    if (!row.control.empty()) return;
    std::vector<MeasuredVariation> measured;
    for (const auto& [variation, runs] : row.variations)
      measured.push_back({variation, eval::summarize(metrics_, runs, services_.pool)});
    row.plan.report(row.spec.text, row.result.columns.front(), measured, services_.pool, result_);
  }

  void compare_rows() {
    std::vector<const eval::ModelSummary*> compared;
    for (const auto& model : result_.models) {
      if (!model.control) compared.push_back(&model.columns.front());
    }
    if (compared.size() > 1) result_.tests = eval::compare(compared);
  }

  const data::Dataset& dataset_;
  const Tables tables_;
  const std::optional<eval::ListVectors> vectors_;
  const Plugins& plugins_;
  const ExperimentOptions& options_;
  const Services& services_;
  const eval::MetricSet metrics_;
  RunSplit split_;
  const data::Interactions* asked_ = nullptr;  ///< what users are asked about with at the test
  const data::Interactions* asked_for_choice_ = nullptr;
  data::Interactions kept_;  ///< what these point to where it is no part of `split_`
  data::Interactions kept_for_choice_;
  SplitMemory memory_;
  ExperimentResult result_;
};

}  // namespace

ExperimentResult run_experiment(const data::Dataset& dataset, const Tables& tables, const Plugins& plugins,
                                const ExperimentOptions& options, const Services& services) {
  require(options.seeds >= 1 && options.seeds <= 1000, "seeds must be in [1, 1000], got {}", options.seeds);
  require(!dataset.log.events.empty(), "'{}' holds no events", dataset.name);
  const auto used = without_tables(tables, options.without);
  check_variations(options, used, plugins, services);
  auto result =
      Experiment(dataset, used, list_vectors(tables, options.diversity_in), plugins, options, services).run();
  const auto& events = dataset.log.events;
  if (options.min_value) {
    result.notes.insert(result.notes.begin(),
                        fmt::format("events with a value of at least {} count", *options.min_value));
  } else if (std::any_of(events.begin(), events.end(),
                         [](const auto& event) { return event.value != 1.0f; })) {
    result.notes.insert(result.notes.begin(),
                        "every event counts, whatever its value (min_value is not set)");
  }
  return result;
}

}  // namespace medley::engine
