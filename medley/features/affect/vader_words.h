#pragma once

#include <string_view>

namespace medley::features {

/// The word lists of VADER 3.3.2 beside its lexicon, in lower case.

/// Whether a word turns the feeling of what follows: "not", "never", "didn't", and all with "n't".
bool vader_negates(std::string_view word);

/// What an intensifier ("very") or a dampener ("hardly", "kind of") adds to a word of good feeling; 0 for
/// others.
double vader_booster(std::string_view words);

/// The rating of an idiom, or null.
const double* vader_idiom(std::string_view words);

}  // namespace medley::features
