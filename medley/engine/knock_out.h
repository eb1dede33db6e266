#pragma once

#include "medley/engine/measured_variation.h"

#include <optional>
#include <string>
#include <vector>

namespace medley::engine {

/// What a user asks of `--knock-out`.
struct KnockOutOptions {
  bool wanted = false;
  std::vector<std::string> names{};        ///< modalities or features; none: every modality
  std::vector<std::string> expect_gain{};  ///< those that alone must lie above the control's interval
};

/// One row of a knock-out table.
struct KnockOutRow {
  std::string name;    ///< "full", "control", or what is changed and how: "image shuffled"
  std::string of;      ///< the modality or feature, "all", or "" for full and control
  std::string change;  ///< full | control | removed | noise | shuffled | alone
  double mean = 0.0;
  std::optional<eval::Interval> interval{};
  std::string against{};    ///< the row that it is held against; "" for the control
  double difference = 0.0;  ///< mean over the users of this row minus that one
  eval::Interval difference_interval{};
  std::string place{};  ///< of noise and shuffled: below | within | above the interval of `against`
};

struct KnockOutVerdict {
  std::string of;
  bool earns = false;
  std::string sentence;
};

/// What each modality adds to one model. Settings were chosen on validation once, for the full model, and are
/// those of every row: rows differ by content alone, and a noise row pays for the weight that was meant for
/// real content. The control has no content; of a model that is nothing without content it has one column a
/// feature instead, which says whether an item has it. A row in which one modality is noise or shuffled
/// is held against the row without this modality, and the rows `all` against the control. It is a failure
/// when noise or shuffled content lies outside the control's interval, or above that of the row without it.
struct KnockOut {
  std::string model;    ///< spec
  std::string metric;   ///< key of the primary metric
  std::string control;  ///< no content | presence only
  std::vector<KnockOutRow> rows;
  std::vector<KnockOutVerdict> verdicts;
  std::vector<std::string> failures;  ///< sentences: a control that does not hold, a gain that is not there
};

/// One thing to knock out of a model: a modality or a feature, and the tables that it stands for.
struct KnockOutTarget {
  std::string name;
  std::vector<std::string> features;
};

/// What the options knock out of a model that is given the tables `used`: those of the names that it uses, or
/// all its modalities. Throws `not_found` for a name that none of `all` has.
std::vector<KnockOutTarget> knock_out_targets(const KnockOutOptions& options, const Tables& all,
                                              const Tables& used);

/// The variations that the table of a model with `targets` needs. `required`: it is nothing without content.
std::vector<Variation> knock_out_variations(const std::vector<KnockOutTarget>& targets, const Tables& used,
                                            bool required);

/// The table, its intervals (paired bootstrap over users of the differences) and its sentences.
KnockOut judge_knock_out(const std::string& model, const std::string& metric, const KnockOutOptions& options,
                         const std::vector<KnockOutTarget>& targets, const Tables& used, bool required,
                         const eval::ModelSummary& full, const std::vector<MeasuredVariation>& measured,
                         ThreadPool& pool);

}  // namespace medley::engine
