#pragma once

#include <span>

namespace medley::eval {

/// Two-sided p-value of Wilcoxon's signed-rank test for paired differences, with the choices of
/// `scipy.stats.wilcoxon` 1.17 by default: zero differences leave the sample; exact distribution for up to 50
/// differences without ties and zeros; with ties or zeros all sign patterns for up to 13 differences, else
/// the normal approximation with tie correction and without continuity correction. No differences, or zeros
/// only: 1. Throws `invalid_argument` for a difference that is not finite.
double wilcoxon(std::span<const double> differences);

}  // namespace medley::eval
