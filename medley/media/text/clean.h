#pragma once

#include <string>
#include <string_view>

namespace medley::media {

/// The words of an HTML fragment: comments, scripts and styles dropped, tags removed, entities decoded once.
/// Tags within a line of text (b, i, a, span, sub ...) leave nothing, all others a space: "10<br>12" is two
/// numbers, "H<sub>2</sub>O" one word. Prose is kept as it stands: a "<" that opens no tag ("a < b", "<3"), a
/// tag that never closes, an "&" that names nothing ("AT&T").
/// Well-formed UTF-8 gives well-formed UTF-8. Linear in the length.
std::string clean_markup(std::string_view text);

}  // namespace medley::media
