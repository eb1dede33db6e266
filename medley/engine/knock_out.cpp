#include "medley/engine/knock_out.h"

#include "medley/core/error.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>

namespace medley::engine {
namespace {

using Change = Variation::Change;

/// A row of the table before it is measured.
struct Planned {
  std::string name;
  std::string of;
  std::string change;
  std::optional<Variation> variation;  ///< none: the full model
  std::string against;
};

std::vector<std::string> names_of(const Tables& tables) {
  std::vector<std::string> out;
  for (const auto& table : tables) out.push_back(table->name);
  return out;
}

std::vector<std::string> all_but(std::vector<std::string> names, const std::vector<std::string>& taken) {
  std::erase_if(names, [&](const auto& name) { return std::ranges::find(taken, name) != taken.end(); });
  return names;
}

std::vector<Planned> plan_rows(const std::vector<KnockOutTarget>& targets, const Tables& used,
                               bool required) {
  const auto all = names_of(used);
  const auto control = required ? Change::presence : Change::removed;
  std::vector<Planned> rows{{"full", "", "full", std::nullopt, "control"},
                            {"control", "", "control", Variation{control, all}, ""}};
  for (const auto& target : targets) {
    const auto& [name, features] = target;
    const auto others = all_but(all, features);
    // Of a model's only content there is nothing else to keep: without it is the control, it alone the model.
    const auto without = others.empty() ? "control" : name + " removed";
    if (!others.empty()) {
      rows.push_back({without, name, "removed", Variation{Change::removed, features}, "full"});
    }
    rows.push_back({name + " noise", name, "noise", Variation{Change::noise, features}, without});
    rows.push_back({name + " shuffled", name, "shuffled", Variation{Change::shuffled, features}, without});
    if (!others.empty())
      rows.push_back({name + " alone", name, "alone", Variation{Change::removed, others}, "control"});
  }
  const bool one_is_all = targets.size() == 1 && targets.front().features.size() == all.size();
  if (!one_is_all) {
    rows.push_back({"all noise", "all", "noise", Variation{Change::noise, all}, "control"});
    rows.push_back({"all shuffled", "all", "shuffled", Variation{Change::shuffled, all}, "control"});
  }
  return rows;
}

const eval::MetricSummary& primary_of(const eval::ModelSummary& summary, const std::string& metric) {
  const auto found = std::ranges::find(summary.metrics, metric, &eval::MetricSummary::key);
  require(found != summary.metrics.end(), "a knock-out needs '{}', which was not measured", metric);
  return *found;
}

struct Difference {
  double mean = 0.0;
  eval::Interval interval;
};

Difference difference_of(const eval::ModelSummary& a, const eval::ModelSummary& b, ThreadPool& pool) {
  const std::vector<double> users[] = {eval::paired_differences(a, b)};
  Difference out;
  for (const double value : users[0]) out.mean += value / static_cast<double>(users[0].size());
  out.interval = eval::bootstrap(users, pool).front();
  return out;
}

std::string place_in(const std::optional<eval::Interval>& interval, double mean) {
  if (!interval) return "";
  return mean < interval->low ? "below" : mean > interval->high ? "above" : "within";
}

/// ".0123 (.0050 - .0190)"
std::string shown(double mean, const eval::Interval& interval) {
  return fmt::format("{:.4f} ({:.4f} - {:.4f})", mean, interval.low, interval.high);
}

/// Fills one table, whose summaries are known by the name of their row.
class Judge {
 public:
  Judge(KnockOut& out, ThreadPool& pool) : out_(out), pool_(pool) {}

  void add(const Planned& planned, const eval::ModelSummary& summary) {
    summaries_[planned.name] = &summary;
    const auto& measured = primary_of(summary, out_.metric);
    out_.rows.push_back({planned.name, planned.of, planned.change, measured.mean, measured.interval});
    out_.rows.back().against = planned.against;
  }

  /// Called when all rows are there.
  void compare() {
    for (auto& row : out_.rows) {
      if (row.against.empty()) continue;
      const auto difference = difference_of(*summaries_.at(row.name), *summaries_.at(row.against), pool_);
      row.difference = difference.mean;
      row.difference_interval = difference.interval;
      if (row.change != "noise" && row.change != "shuffled") continue;
      const auto& control = row_called(row.against);
      row.place = place_in(control.interval, row.mean);
      // Beside real content noise takes some of its say: below is what that costs, above would be a leak.
      if (row.place == "above" || (row.place == "below" && control.change == "control"))
        fail_control(row, control);
    }
  }

  void judge(const KnockOutTarget& target) {
    const auto& [name, features] = target;
    const auto without = summaries_.count(name + " removed") > 0 ? name + " removed" : "control";
    const auto& full = *summaries_.at("full");
    const auto gain = difference_of(full, *summaries_.at(without), pool_);
    const auto over_shuffled = difference_of(full, *summaries_.at(name + " shuffled"), pool_);
    KnockOutVerdict verdict{name, gain.interval.low > 0 && over_shuffled.interval.low > 0, ""};
    const auto by = shown(std::abs(gain.mean), gain.mean < 0 ? negative(gain.interval) : gain.interval);
    if (verdict.earns) {
      verdict.sentence = fmt::format("{} earns its place: without it {} falls by {}", name, out_.metric, by);
    } else if (gain.interval.low > 0) {
      verdict.sentence = fmt::format(
          "{} does not earn its place: without it {} falls by {}, but shuffled among the items it does as "
          "well, "
          "so that what helps is which items have it, not what it says",
          name, out_.metric, by);
    } else if (gain.interval.high < 0) {
      verdict.sentence = fmt::format("{} does harm: without it {} rises by {}", name, out_.metric, by);
    } else if (gain.interval.low == 0.0 && gain.interval.high == 0.0) {
      verdict.sentence = fmt::format(
          "{} has no say: with the settings that were chosen {} is the same without it", name, out_.metric);
    } else {
      verdict.sentence =
          fmt::format("{} does not earn its place: with it {} changes by {}, which may be nothing", name,
                      out_.metric, shown(gain.mean, gain.interval));
      add_alone(name, verdict.sentence);
    }
    out_.verdicts.push_back(std::move(verdict));
  }

  void expect_gain(const KnockOutTarget& target) {
    const auto alone = summaries_.count(target.name + " alone") > 0 ? target.name + " alone" : "full";
    const auto& row = row_called(alone);
    const auto& control = row_called("control");
    if (place_in(control.interval, row.mean) == "above") return;
    out_.failures.push_back(fmt::format(
        "{}: a gain was expected of {}, but alone its {} of {:.4f} is not above the control's "
        "interval, {:.4f} to {:.4f}",
        out_.model, target.name, out_.metric, row.mean, control.interval->low, control.interval->high));
  }

 private:
  static eval::Interval negative(const eval::Interval& interval) { return {-interval.high, -interval.low}; }

  const KnockOutRow& row_called(const std::string& name) const {
    return *std::ranges::find(out_.rows, name, &KnockOutRow::name);
  }

  /// What does not help beside the others may still help alone.
  void add_alone(const std::string& name, std::string& sentence) const {
    const auto alone = std::ranges::find(out_.rows, name + " alone", &KnockOutRow::name);
    if (alone == out_.rows.end() || alone->difference_interval.low <= 0) return;
    sentence += fmt::format("; alone it adds {} to the control, so that the others say the same",
                            shown(alone->difference, alone->difference_interval));
  }

  void fail_control(const KnockOutRow& row, const KnockOutRow& control) {
    out_.failures.push_back(fmt::format(
        "{}: '{}' has {} {:.4f}, {} the 95 % interval of '{}', {:.4f} to {:.4f}: {}", out_.model, row.name,
        out_.metric, row.mean, row.place, control.name, control.interval->low, control.interval->high,
        row.place == "above" ? "content that says nothing seems to help"
                             : "content that says nothing does harm at the weight that was chosen"));
  }

  KnockOut& out_;
  ThreadPool& pool_;
  std::map<std::string, const eval::ModelSummary*> summaries_;
};

}  // namespace

std::vector<KnockOutTarget> knock_out_targets(const KnockOutOptions& options, const Tables& all,
                                              const Tables& used) {
  auto names = options.names;
  if (names.empty()) {
    for (const auto& table : used) {
      if (std::ranges::find(names, table->modality) == names.end()) names.push_back(table->modality);
    }
  }
  std::vector<KnockOutTarget> out;
  for (const auto& name : names) {
    KnockOutTarget target{name, {}};
    for (const auto& table : select_tables(all, {name})) {
      if (std::ranges::find(used, table) != used.end()) target.features.push_back(table->name);
    }
    if (!target.features.empty()) out.push_back(std::move(target));
  }
  return out;
}

std::vector<Variation> knock_out_variations(const std::vector<KnockOutTarget>& targets, const Tables& used,
                                            bool required) {
  std::vector<Variation> out;
  if (targets.empty()) return out;
  for (auto& row : plan_rows(targets, used, required)) {
    if (row.variation) out.push_back(std::move(*row.variation));
  }
  return out;
}

KnockOut judge_knock_out(const std::string& model, const std::string& metric, const KnockOutOptions& options,
                         const std::vector<KnockOutTarget>& targets, const Tables& used, bool required,
                         const eval::ModelSummary& full, const std::vector<MeasuredVariation>& measured,
                         ThreadPool& pool) {
  KnockOut out{model, metric, required ? "presence only" : "no content", {}, {}, {}};
  Judge judge(out, pool);
  for (const auto& row : plan_rows(targets, used, required)) {
    const auto* summary = row.variation ? find_variation(measured, *row.variation) : &full;
    require(summary != nullptr, "the row '{}' of a knock-out was not measured", row.name);
    judge.add(row, *summary);
  }
  judge.compare();
  for (const auto& target : targets) judge.judge(target);
  for (const auto& target : targets) {
    if (std::ranges::find(options.expect_gain, target.name) != options.expect_gain.end())
      judge.expect_gain(target);
  }
  return out;
}

}  // namespace medley::engine
