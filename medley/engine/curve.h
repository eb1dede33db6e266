#pragma once

#include "medley/engine/measured_variation.h"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace medley::engine {

/// What `--noise log=.1,.2` or `--drop image=.5` asks for.
struct CurveOptions {
  Variation::Change change = Variation::Change::dropped;  ///< replaced | dropped
  std::string of;                                         ///< "log", or a modality or feature
  std::vector<double> shares;  ///< rising, in (0, 1]; share 0 is the model as it is
};

/// Reads `log=.1` or `image=0,.25,.5`. Throws `usage`.
CurveOptions parse_curve(Variation::Change change, std::string_view text);

struct CurvePoint {
  double share = 0.0;
  std::string model;  ///< spec
  double mean = 0.0;
  std::optional<eval::Interval> interval{};
};

/// What wrong or missing data cost: the primary metric of each model at each share, share 0 first. Settings
/// are those that were chosen on validation with the data as it is.
struct Curve {
  std::string kind;  ///< noise | drop
  std::string of;
  std::string metric;
  std::vector<CurvePoint> points;
};

/// The variations that a curve needs of a model with the tables `used`: none where nothing of it changes.
std::vector<Variation> curve_variations(const CurveOptions& options, const Tables& all, const Tables& used);

/// Adds the points of one model; `variations` are those that `curve_variations` gave for it.
void add_points(Curve& curve, const CurveOptions& options, const std::string& model,
                const std::vector<Variation>& variations, const eval::ModelSummary& full,
                const std::vector<MeasuredVariation>& measured);

}  // namespace medley::engine
