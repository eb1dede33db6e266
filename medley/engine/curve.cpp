#include "medley/engine/curve.h"

#include "medley/core/error.h"
#include "medley/core/params.h"

#include <algorithm>

namespace medley::engine {
namespace {

CurvePoint point_of(double share, const std::string& model, const eval::ModelSummary& summary,
                    const std::string& metric) {
  const auto found = std::ranges::find(summary.metrics, metric, &eval::MetricSummary::key);
  require(found != summary.metrics.end(), "a curve needs '{}', which was not measured", metric);
  return {share, model, found->mean, found->interval};
}

}  // namespace

CurveOptions parse_curve(Variation::Change change, std::string_view text) {
  const bool noise = change == Variation::Change::replaced;
  const auto* flag = noise ? "--noise" : "--drop";
  const auto* example = noise ? "log=.1,.2" : "image=.25,.5";
  const auto equals = text.find('=');
  if (equals == std::string_view::npos || equals == 0)
    fail(ErrorCode::usage, "{} takes NAME=SHARE,..., such as {}, got '{}'", flag, example, text);
  CurveOptions out{change, std::string(text.substr(0, equals)), {}};
  if (noise && out.of != "log")
    fail(ErrorCode::usage, "--noise makes noise of 'log' alone, got '{}'; --knock-out does it to content",
         out.of);
  const auto parts = split_list(text.substr(equals + 1), ',');
  if (parts.empty()) fail(ErrorCode::usage, "{}: '{}' names no share", flag, text);
  for (const auto& part : parts) {
    double share = 0.0;
    if (!parse_double(part, share) || share < 0.0 || share > 1.0)
      fail(ErrorCode::usage, "{}: a share is a number in [0, 1], got '{}' in '{}'", flag, part, text);
    if (share > 0.0) out.shares.push_back(share);
  }
  std::ranges::sort(out.shares);
  out.shares.erase(std::unique(out.shares.begin(), out.shares.end()), out.shares.end());
  return out;
}

std::vector<Variation> curve_variations(const CurveOptions& options, const Tables& all, const Tables& used) {
  std::vector<std::string> features;
  if (options.change == Variation::Change::dropped) {
    for (const auto& table : select_tables(all, {options.of})) {
      if (std::ranges::find(used, table) != used.end()) features.push_back(table->name);
    }
    if (features.empty()) return {};
  }
  std::vector<Variation> out;
  for (const double share : options.shares) out.push_back({options.change, features, share});
  return out;
}

void add_points(Curve& curve, const CurveOptions& options, const std::string& model,
                const std::vector<Variation>& variations, const eval::ModelSummary& full,
                const std::vector<MeasuredVariation>& measured) {
  curve.points.push_back(point_of(0.0, model, full, curve.metric));
  for (std::size_t i = 0; i < options.shares.size(); ++i) {
    // A model that does not use what is dropped stays as it is.
    const auto* summary = variations.empty() ? &full : find_variation(measured, variations[i]);
    require(summary != nullptr, "share {} of '{}' was not measured", options.shares[i], options.of);
    curve.points.push_back(point_of(options.shares[i], model, *summary, curve.metric));
  }
}

}  // namespace medley::engine
