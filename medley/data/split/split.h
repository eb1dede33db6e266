#pragma once

#include "medley/data/dataset.h"
#include "medley/data/interactions.h"
#include "medley/data/pairs.h"

#include <cstdint>
#include <initializer_list>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace medley::data {

/// Which part each event of a log belongs to, parallel to `log.events`. All events of a (user, item) pair
/// are in one part, so that a pair never stands on both sides. `Part::none`: in no part (the pair's summed
/// weight is not above 0, or a split file does not name it). `Part::history`: of a user who has no pair in
/// train; known when the user is asked about, and never fitted on.
using Parts = std::vector<Part>;

/// What the splits by chance and by time need.
struct SplitOptions {
  double valid = 0.1;    ///< share of the pairs (or items, or users) for choosing settings
  double test = 0.1;     ///< share for the test; the rest is train
  double history = 0.8;  ///< share of a held-out user's pairs that are known when they are asked about
  std::uint64_t seed = 1;
  KindWeights weights = default_kind_weights();
};

/// The split that the source fixed (`log.labels`). Throws `not_found` where there is none, `corrupt_data`
/// where a pair has two labels, naming the pair.
Parts split_by_labels(const Dataset& dataset, const SplitOptions& options = {});

/// Each user's pairs, shuffled: `split_sizes` of them to each part.
Parts split_random(const Dataset& dataset, const SplitOptions& options = {});

/// Each user's last pair by time is the test, the one before it is for choosing; the same second keeps file
/// order. A user with two pairs has no validation pair, a user with one is all train. Throws
/// `invalid_argument` for a log without times.
Parts split_leave_one_out(const Dataset& dataset, const SplitOptions& options = {});

/// Each user's pairs by time: `split_sizes` of them to each part, the last to the test. The same second
/// keeps file order. Throws `invalid_argument` for a log without times.
Parts split_user_time(const Dataset& dataset, const SplitOptions& options = {});

/// All pairs by time, cut at two moments: from the later one on they are the test, from the earlier one on
/// for choosing. The moments are those of the first pair of each part by `split_sizes` over all pairs; the
/// same second goes whole to the later part. Users of the test may have no past in train. Throws
/// `invalid_argument` for a log without times.
Parts split_global_time(const Dataset& dataset, const SplitOptions& options = {});

/// The items that have events, shuffled: `split_sizes` of them to each part, with all their events.
Parts split_item_cold(const Dataset& dataset, const SplitOptions& options = {});

/// The users, shuffled: `split_sizes` of them to each part. Of a user who is held out the first pairs by time
/// are the history that they are asked about with, at least one; the others, at least one where there are
/// two, are to be found ("strong generalization": Marlin, Collaborative Filtering, 2004). The same second
/// keeps file order. Throws `invalid_argument` for a log without times.
Parts split_new_user(const Dataset& dataset, const SplitOptions& options = {});

/// The split called `labels`, `random`, `leave_one_out`, `user_time`, `global_time`, `item_cold` or
/// `new_user`; throws `usage` for another name.
Parts make_split(std::string_view name, const Dataset& dataset, const SplitOptions& options = {});

/// The names that `make_split` knows.
std::vector<std::string> split_names();

/// Moves a share of each user's train pairs, drawn with the seed, to `valid`: for sources that fix train and
/// test only. At least one of a user with two train pairs or more, none of a user with one.
Parts hold_out(const Dataset& dataset, Parts parts, double share = 0.1, std::uint64_t seed = 1);

/// The pairs of one part, or of several together.
Interactions part_of(const Dataset& dataset, std::span<const Part> parts, Part part,
                     const KindWeights& weights = default_kind_weights());
Interactions parts_of(const Dataset& dataset, std::span<const Part> parts, std::initializer_list<Part> wanted,
                      const KindWeights& weights = default_kind_weights());

/// Throws `corrupt_data`, naming the pair, where events of one pair are in two parts;
/// `invalid_argument` unless `parts` is parallel to the log.
void check_disjoint(const Dataset& dataset, std::span<const Part> parts);

/// How many of `n` things go to each part: floor(share n) to valid and to test, but one where that is 0 and
/// the share is not, first for the test, as long as train keeps one.
struct SplitSizes {
  std::size_t train = 0;
  std::size_t valid = 0;
  std::size_t test = 0;
};
SplitSizes split_sizes(std::size_t n, double valid, double test);

/// How many distinct pairs are in each part.
struct PartCounts {
  std::int64_t train = 0;
  std::int64_t valid = 0;
  std::int64_t test = 0;
  std::int64_t none = 0;
  std::int64_t history = 0;
};
PartCounts count_pairs(const Dataset& dataset, std::span<const Part> parts);

/// Parts of events from parts of pairs.
Parts spread(const Pairs& pairs, std::span<const Part> of_pair);

}  // namespace medley::data
