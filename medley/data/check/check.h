#pragma once

#include "medley/core/services.h"
#include "medley/data/dataset.h"
#include "medley/data/interactions.h"

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace medley::data {

/// What a look into a picture file gave.
struct PictureLook {
  std::string fault;                  ///< why it is no picture, or ""
  std::optional<std::uint64_t> hash;  ///< perceptual; none for a plain picture, which is like any other
};

/// What to hold the data to.
struct CheckOptions {
  /// Seconds since 1970; later times are in the future. Absent: no time is too late.
  std::optional<std::int64_t> now;
  /// Limits of a value where they are known; an absent one is found from the log (`value_limits`).
  std::optional<double> min_value;
  std::optional<double> max_value;
  /// Decodes a picture. Called from many threads at once. Null: pictures are not looked into.
  std::function<PictureLook(const std::string& path)> look_at_picture;
  KindWeights weights = default_kind_weights();
  std::size_t max_examples = 5;
};

/// One kind of fault. The codes are stable:
///   duplicate_events                 same user, item, kind and time as an earlier event
///   values_out_of_range              see `value_limits`; or not finite
///   impossible_times                 before 1990
///   future_events                    after `now`
///   times_not_in_seconds             see `check_time_units`
///   automatic_users                  see `check_behaviour`
///   ids_differ_by_zeros              of users or items, as `of` says; see `check_ids`
///   missing_times                    events without a time in a log that has times
///   items_without_catalogue_row      items with events; only where there is a catalogue
///   items_without_text               no text in any field; only where the catalogue has texts
///   items_without_picture            only where the catalogue has pictures
///   items_without_features           one problem a feature table, named in `of`
///   broken_pictures                  example: item, path and reason
///   near_duplicate_pictures          like that of an earlier item; see `near_hashes`
struct Problem {
  std::string code;
  std::string of;  ///< the kind of event or the feature table that it speaks of, or ""
  std::int64_t count = 0;
  std::vector<std::string> examples;  ///< the first ones, with outside ids
  std::string help{};                 ///< what to do about it, where a setting does
};

/// A column of times.
struct TimeColumn {
  std::string name;
  std::string unit;  ///< as guessed: s, ms, us, ns, ISO; "" where none fits
  std::int64_t values = 0;
};

/// What a check found. Others may append (features know of items with no usable words).
struct CheckReport {
  /// In the order in which they are shown: users, items, events, pairs (that count), dropped_pairs,
  /// repeated_pairs (of more than one event), users_with_events, items_with_events, density (pairs over
  /// users and items with events), tied_times (share of events whose user has another event at the same
  /// second), first_time and last_time (seconds since 1970; only with times), catalogue_rows,
  /// items_with_text, items_with_picture, items_with_features.NAME.
  std::vector<std::pair<std::string, double>> counts;
  std::vector<Problem> problems;  ///< only those that were found
  std::vector<TimeColumn> time_columns;

  /// The count called `name`, or null.
  const double* count(std::string_view name) const;
  const Problem* problem(std::string_view code) const;
};

/// Looks at everything once. Throws `interrupted`.
CheckReport check(const Dataset& dataset, const CheckOptions& options, const Services& services);

/// Counts a fault and keeps the first examples of it.
class ProblemCounter {
 public:
  ProblemCounter(std::string code, std::size_t max_examples, std::string of = "", std::string help = "")
      : problem_{std::move(code), std::move(of), 0, {}, std::move(help)}, max_examples_(max_examples) {}

  /// `example()` makes the text; it is called for the first ones only.
  template <class Example>
  void add(Example example) {
    ++problem_.count;
    if (problem_.examples.size() < max_examples_) problem_.examples.push_back(example());
  }

  /// Moves the problem into the report if there was any.
  void report_to(CheckReport& report) {
    if (problem_.count > 0) report.problems.push_back(std::move(problem_));
  }

 private:
  Problem problem_;
  std::size_t max_examples_;
};

}  // namespace medley::data
