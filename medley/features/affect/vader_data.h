#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace medley::features {

/// The lexicon of VADER 3.3.2 (MIT, see VADER-LICENSE), built into the program: a token in lower case and the
/// mean of ten ratings, in [-4, 4]; of a token that is named twice the last rating counts.
std::vector<std::pair<std::string_view, double>> vader_lexicon();

/// A character and the words for what it shows.
std::vector<std::pair<std::string_view, std::string>> vader_emoji();

}  // namespace medley::features
