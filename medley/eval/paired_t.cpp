#include "medley/eval/paired_t.h"

#include "medley/core/error.h"
#include "medley/eval/at_k.h"

#include <cmath>
#include <limits>

namespace medley::eval {
namespace {

// The continued fraction of the incomplete beta function by the modified Lentz method (DLMF 8.17.22; Thompson
// and Barnett 1986). Converges fast for x < (a + 1) / (a + b + 2).
double beta_fraction(double a, double b, double x) {
  constexpr int kMostTerms = 10000;
  constexpr double kTiny = 1e-300;
  const auto away_from_0 = [](double value) { return std::abs(value) < kTiny ? kTiny : value; };
  double c = 1.0;
  double d = 1.0 / away_from_0(1.0 - (a + b) * x / (a + 1.0));
  double out = d;
  for (int m = 1; m <= kMostTerms; ++m) {
    const double even = m * (b - m) * x / ((a + 2.0 * m - 1.0) * (a + 2.0 * m));
    d = 1.0 / away_from_0(1.0 + even * d);
    c = away_from_0(1.0 + even / c);
    out *= d * c;
    const double odd = -(a + m) * (a + b + m) * x / ((a + 2.0 * m) * (a + 2.0 * m + 1.0));
    d = 1.0 / away_from_0(1.0 + odd * d);
    c = away_from_0(1.0 + odd / c);
    out *= d * c;
    if (std::abs(d * c - 1.0) < 4 * std::numeric_limits<double>::epsilon()) return out;
  }
  fail(ErrorCode::internal, "the incomplete beta function of ({}, {}) at {} did not settle", a, b, x);
}

// log Gamma(a) without the global that std::lgamma writes to.
double log_gamma(double a) {
  int sign = 0;
  return lgamma_r(a, &sign);
}

// The regularised incomplete beta function I_x(a, b) with y = 1 - x given, which may be too small to
// subtract.
double incomplete_beta(double a, double b, double x, double y) {
  if (x <= 0.0) return 0.0;
  if (y <= 0.0) return 1.0;
  const double front =
      std::exp(log_gamma(a + b) - log_gamma(a) - log_gamma(b) + a * std::log(x) + b * std::log(y));
  if (x < (a + 1.0) / (a + b + 2.0)) return front * beta_fraction(a, b, x) / a;
  return 1.0 - front * beta_fraction(b, a, y) / b;
}

}  // namespace

double paired_t(std::span<const double> differences) {
  for (const double one : differences)
    require(std::isfinite(one), "a difference must be finite, got {}", one);
  if (differences.size() < 2) return 1.0;
  const double center = mean(differences);
  double squares = 0.0;
  for (const double one : differences) squares += (one - center) * (one - center);
  if (squares == 0.0) return center == 0.0 ? 1.0 : 0.0;
  const auto n = static_cast<double>(differences.size());
  const double freedom = n - 1.0;
  const double t_squared = center * center * n * freedom / squares;
  const double whole = freedom + t_squared;
  return incomplete_beta(freedom / 2.0, 0.5, freedom / whole, t_squared / whole);
}

}  // namespace medley::eval
