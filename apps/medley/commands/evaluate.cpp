#include "medley/core/error.h"
#include "medley/core/spec.h"
#include "medley/data/dataset_builder.h"
#include "medley/data/filter.h"
#include "medley/data/readers/keyed_texts.h"
#include "medley/engine/extract.h"
#include "medley/engine/import.h"

#include "apps/medley/evaluation.h"
#include "apps/medley/registry.h"
#include "apps/medley/report_document.h"
#include "apps/medley/report_page.h"
#include "apps/medley/usage.h"
#include "apps/medley/variation_tables.h"
#include <fmt/format.h>
#include <nlohmann/json.hpp>
#include <sys/resource.h>

#include <chrono>
#include <filesystem>
#include <optional>

namespace medley::app {
namespace {

/// Data with its features, from a benchmark folder or a workspace.
struct Source {
  data::Dataset dataset;
  engine::Tables tables;
};

Source load_folder(const Session& session, const std::string& path, const std::string& format) {
  data::Quarantine quarantine;
  Source out;
  out.dataset = data::load_benchmark(path, format, session.services, quarantine);
  for (auto& table : out.dataset.features)
    out.tables.push_back(std::make_shared<data::FeatureTable>(std::move(table)));
  out.dataset.features.clear();
  if (quarantine.count() > 0) {
    const auto& first = quarantine.rows().front();
    session.services.warn(fmt::format("{} bad rows were left out, the first is {}:{}: {}", quarantine.count(),
                                      first.file, first.line, first.reason));
  }
  return out;
}

/// Texts from a file by the ids of items, as the feature `text`.
void add_text(const Session& session, const std::string& path, const std::string& extractor, Source& source) {
  const auto taken = [](const auto& table) { return table->name == "text"; };
  require(std::ranges::none_of(source.tables, taken), "--text: there is a feature 'text' already");
  const auto unused = data::add_texts(source.dataset, "text", data::read_keyed_texts(path));
  if (unused > 0) session.services.warn(fmt::format("'{}': {} texts are of no item", path, unused));
  engine::FeatureConfig feature;
  feature.name = feature.modality = "text";
  feature.fields = {"text"};
  const auto spec = parse_spec(extractor);
  require(!spec.is_search(), "--text-by '{}' is searched over; a search stands at a model's own parameters",
          extractor);
  feature.extractor = spec.name;
  feature.params = spec.combinations().front();
  source.tables.push_back(engine::make_table(source.dataset, feature, session.plugins, session.services));
}

class Evaluate final : public Command {
 public:
  const char* name() const override { return "evaluate"; }
  const char* summary() const override {
    return "compare models on held-out events, with intervals and tests";
  }
  const char* example() const override {
    return "Example: medley evaluate --data tiktok --models 'random, popularity, ease(lambda=50), "
           "graph_filter'\n"
           "         medley evaluate --models 'ease(lambda=[50,100,200]), content(features=image+text)' "
           "--seeds 5\n"
           "         medley evaluate --data baby --models 'als, late(models=als+graph_filter)'\n"
           "A value in brackets is a search on the validation part; a bare als, graph_filter, ease, "
           "item_knn, content or\n"
           "content_ridge searches its own small grid, and late the weights of its models. A list is written "
           "with '+': c=1+1+.5.";
  }
  void declare(CLI::App& app) override {
    auto* data = app.add_option("--data", data_, "benchmark folder or file (default: the workspace)");
    app.add_option("--format", format_,
                   "of --data: recbole | mmrec | lightgcn | movielens | csv | jsonl (default: found)");
    auto* text = app.add_option(
        "--text", text_,
        "JSON file {\"ID\": \"text\", ...} beside --data: words of its items, the feature text");
    text->needs(data);
    app.add_option("--text-by", text_by_, "how --text becomes vectors")->capture_default_str()->needs(text);
    app.add_option("--models", options_.models, "specs, separated by commas")->capture_default_str();
    auto* split =
        app.add_option("--split", options_.split,
                       "labels | random | leave_one_out | user_time | global_time | item_cold | new_user "
                       "(default: the one in "
                       "the data, else random)");
    app.add_option("--split-file", options_.split_file,
                   "CSV of item,set or user,item,set, or the prefix of .train.tsv, .valid.tsv, .test.tsv")
        ->excludes(split);
    app.add_option("--k", k_, "lengths of the lists")->capture_default_str();
    app.add_option("--seeds", options_.seeds, "runs, each with its own seed")
        ->check(CLI::Range(1, 1000))
        ->capture_default_str();
    app.add_option("--mask", mask_, "what leaves the candidates at the test")
        ->check(CLI::IsMember({"train", "train+valid"}))
        ->capture_default_str();
    app.add_option("--candidates", candidates_,
                   "heldout | all | has:NAME | FILE of ids; several by commas give columns");
    app.add_option("--min-value", min_value_,
                   "events with a smaller value do not count (default: the workspace's [events] min_value)");
    app.add_option("--k-core", k_core_,
                   "keep users and items with at least so many pairs each, again and again until all have")
        ->check(CLI::Range(0, 1'000'000));
    app.add_option("--save-split", options_.save_split,
                   "write the first run's split to PREFIX.train.tsv, .valid.tsv, .test.tsv");
    app.add_option("--report", report_, "write one HTML page with all of it, which opens without a network");
    app.add_option(
        "--diversity-in", options_.diversity_in,
        "feature in which the intra-list diversity of --json and --report is taken (default: the first)");
    app.add_option("--without", options_.without, "remove a feature or modality before the fit; repeatable");
    app.add_option("--knock-out", knock_out_,
                   "what content adds: a table with each of these features or modalities (all: every one) "
                   "removed, as noise, and shuffled")
        ->expected(0, 1)
        ->type_name("NAME,...");
    app.add_option(
        "--expect-gain", options_.knock_out.expect_gain,
        "with --knock-out: fail unless this one alone lies above the control's interval; repeatable");
    app.add_option("--noise", noise_, "log=SHARE,...: replace that share of the training pairs at random")
        ->type_name("log=SHARE,...");
    app.add_option("--drop", drop_, "take a feature or modality from that share of its items; repeatable")
        ->type_name("NAME=SHARE,...");
  }
  void run(Session& session) override {
    const auto begun = std::chrono::steady_clock::now();
    check_specs(options_.models, session.plugins);
    options_.k.clear();
    for (const auto& part : split_list(k_, ',')) {
      std::int64_t k = 0;
      if (!parse_int(part, k) || k < 1 || k > 10'000)
        fail(ErrorCode::usage, "--k takes numbers in [1, 10000] separated by commas, got '{}'", k_);
      options_.k.push_back(static_cast<int>(k));
    }
    options_.mask_valid = mask_ == "train+valid";
    options_.candidates = split_list(candidates_, ',');
    options_.min_value = min_value_;
    read_variations();
    options_.sample_users = data_.empty() || !report_.empty() ? kSampleUsers : 0;
    auto source = data_.empty() ? load_workspace(session) : load_folder(session, data_, format_);
    if (!text_.empty()) add_text(session, text_, text_by_, source);
    filter(source.dataset);
    const auto result =
        engine::run_experiment(source.dataset, source.tables, session.plugins, options_, session.services);
    session.services.progress.end();
    const Cost cost{std::chrono::duration<double>(std::chrono::steady_clock::now() - begun).count(),
                    peak_memory_mb()};
    const auto json = evaluation_json(result, cost);
    if (session.json) {
      session.print_json(json);
    } else {
      session.print(evaluation_text(result, cost));
    }
    if (options_.sample_users > 0) report(session, source, result, json);
    const auto failures = knock_out_failures(result);
    if (!failures.empty())
      fail(ErrorCode::invalid_argument, "the knock-out is not as it should be: {}", failures);
  }

 private:
  /// Whose lists a report shows.
  static constexpr int kSampleUsers = 12;

  void report(Session& session, const Source& source, const engine::ExperimentResult& result,
              const nlohmann::ordered_json& json) const {
    std::optional<engine::Workspace> workspace;
    if (data_.empty()) workspace.emplace(session.workspace);
    ReportDocument document(session, {source.dataset, source.tables, workspace ? &*workspace : nullptr},
                            "Comparison");
    document.add_evaluation(result, json);
    std::vector<std::string> users;
    for (const auto& user : result.sample) users.push_back(source.dataset.users.id(user.user));
    document.add_recommendations(users);
    document.add_check();
    document.add_map();
    const auto whole = document.finish();
    if (workspace) write_run(*workspace, json, whole, session.services);
    if (report_.empty()) return;
    write_report(report_, whole);
    if (session.json) return;
    session.print(fmt::format("report: {} ({:.1f} MB)\n", report_,
                              static_cast<double>(std::filesystem::file_size(report_)) / 1e6));
  }

  Source load_workspace(const Session& session) {
    const engine::Workspace workspace(session.workspace);
    Source out;
    out.dataset = engine::load_dataset(workspace);
    out.tables = engine::load_tables(workspace, out.dataset, session.services);
    options_.weights = workspace.config().weights;
    if (!min_value_) options_.min_value = workspace.config().min_value;
    return out;
  }

  void read_variations() {
    using Change = engine::Variation::Change;
    options_.knock_out.wanted = knock_out_.has_value();
    if (knock_out_ && *knock_out_ != "all") options_.knock_out.names = split_list(*knock_out_, ',');
    for (const auto& text : noise_) options_.curves.push_back(engine::parse_curve(Change::replaced, text));
    for (const auto& text : drop_) options_.curves.push_back(engine::parse_curve(Change::dropped, text));
  }

  void filter(data::Dataset& dataset) const {
    if (options_.min_value) dataset.log = data::keep_values(dataset.log, *options_.min_value);
    if (k_core_ > 0)
      dataset.log = data::k_core(dataset.log, dataset.user_count(), dataset.item_count(), k_core_, k_core_);
  }

  static double peak_memory_mb() {
    rusage usage{};
    ::getrusage(RUSAGE_SELF, &usage);
    return static_cast<double>(usage.ru_maxrss) / 1024.0;
  }

  engine::ExperimentOptions options_;
  std::string data_;
  std::string report_;
  std::string format_;
  std::string text_;
  std::string text_by_ = "text/lsa";
  std::string k_ = "10,20";
  std::string mask_ = "train";
  std::string candidates_;
  std::optional<std::string> knock_out_;
  std::vector<std::string> noise_;
  std::vector<std::string> drop_;
  std::optional<double> min_value_;
  int k_core_ = 0;
};

}  // namespace

void register_commands_evaluate(Registry& registry) {
  registry.add<Evaluate>();
}

}  // namespace medley::app
