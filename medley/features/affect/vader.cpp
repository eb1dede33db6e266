#include "medley/features/affect/vader.h"

#include "medley/features/affect/vader_data.h"
#include "medley/features/affect/vader_words.h"
#include "medley/media/text/cases.h"

#include <algorithm>
#include <cmath>
#include <map>
#include <set>

namespace medley::features {
namespace {

// The constants of the release: what capitals add, what a negation multiplies by, what the sum is tamed by.
constexpr double kCapitals = 0.733;
constexpr double kNegation = -0.74;
constexpr double kNeverSo = 1.25;
constexpr double kTaming = 15.0;

std::size_t bytes_of_character(char first) {
  const auto byte = static_cast<unsigned char>(first);
  return byte < 0x80 ? 1 : byte < 0xE0 ? 2 : byte < 0xF0 ? 3 : 4;
}

std::size_t characters_in(std::string_view text) {
  return static_cast<std::size_t>(
      std::ranges::count_if(text, [](char c) { return (static_cast<unsigned char>(c) & 0xC0U) != 0x80; }));
}

/// ASCII marks at both ends taken off, unless two characters or less are left: those were an emoticon.
std::string_view without_marks(std::string_view token) {
  constexpr std::string_view kMarks = "!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~";
  const auto begin = token.find_first_not_of(kMarks);
  if (begin == std::string_view::npos) return token;
  const auto word = token.substr(begin, token.find_last_not_of(kMarks) + 1 - begin);
  return characters_in(word) <= 2 ? token : word;
}

/// What "!" and "?" add to the strength of the whole.
double emphasis(std::string_view text) {
  const auto calls = std::min<std::ptrdiff_t>(std::ranges::count(text, '!'), 4);
  const auto questions = std::ranges::count(text, '?');
  const double asked = questions <= 1 ? 0.0 : questions <= 3 ? 0.18 * static_cast<double>(questions) : 0.96;
  return 0.292 * static_cast<double>(calls) + asked;
}

/// What comes before the first "but" counts half, what comes behind it one and a half times. As the release
/// does it: each score in turn changes the first of those that equal it.
void weigh_but(std::vector<double>& scores, std::size_t but) {
  std::map<double, std::set<std::size_t>> places;
  for (std::size_t i = 0; i < scores.size(); ++i) places[scores[i]].insert(i);
  for (std::size_t i = 0; i < scores.size(); ++i) {
    const double score = scores[i];
    auto& equal = places[score];
    const auto first = *equal.begin();
    if (first == but) continue;
    equal.erase(equal.begin());
    scores[first] = score * (first < but ? 0.5 : 1.5);
    places[scores[first]].insert(first);
  }
}

template <class Words>
double after_negation(double score, const Words& words, std::size_t i, std::size_t distance) {
  const auto& at = words[i - distance].lower;
  const auto is_so = [&](std::size_t back) {
    return words[i - back].lower == "so" || words[i - back].lower == "this";
  };
  const auto is_doubt = [&](std::size_t back) { return words[i - back].lower == "doubt"; };
  if (distance == 2) {
    if (at == "never" && is_so(1)) return score * kNeverSo;
    if (at == "without" && is_doubt(1)) return score;
  }
  if (distance == 3) {
    if ((at == "never" && is_so(2)) || is_so(1)) return score * kNeverSo;
    if (at == "without" && (is_doubt(2) || is_doubt(1))) return score;
  }
  return vader_negates(at) ? score * kNegation : score;
}

/// The words from `first` to `last`, joined.
template <class Words>
std::string run_of(const Words& words, std::size_t first, std::size_t last) {
  auto out = words[first].lower;
  for (auto i = first + 1; i <= last; ++i) (out += ' ') += words[i].lower;
  return out;
}

/// Idioms around word i, which has three before it.
template <class Words>
double after_idioms(double score, const Words& words, std::size_t i) {
  const auto two_before = run_of(words, i - 2, i - 1);
  const auto three_before = run_of(words, i - 3, i - 1);
  const auto first_two_before = run_of(words, i - 3, i - 2);
  for (const auto& run :
       {run_of(words, i - 1, i), run_of(words, i - 2, i), two_before, three_before, first_two_before}) {
    if (const auto* idiom = vader_idiom(run)) {
      score = *idiom;
      break;
    }
  }
  for (std::size_t more = 1; more <= 2 && i + more < words.size(); ++more) {
    if (const auto* idiom = vader_idiom(run_of(words, i, i + more))) score = *idiom;
  }
  for (const auto& run : {three_before, first_two_before, two_before}) score += vader_booster(run);
  return score;
}

template <class Words>
double after_least(double score, const Words& words, std::size_t i) {
  if (i == 0 || words[i - 1].rating != nullptr || words[i - 1].lower != "least") return score;
  const bool of_all = i > 1 && (words[i - 2].lower == "at" || words[i - 2].lower == "very");
  return of_all ? score : score * kNegation;
}

}  // namespace

Vader::Vader() {
  for (const auto& [token, rating] : vader_lexicon()) lexicon_[std::string(token)] = rating;
  for (const auto& [character, words] : vader_emoji()) emoji_[std::string(character)] = words;
}

std::string Vader::with_emoji_as_words(std::string_view text) const {
  std::string out;
  bool after_space = true;
  for (std::size_t at = 0; at < text.size();) {
    const auto character = text.substr(at, bytes_of_character(text[at]));
    at += character.size();
    const auto found = emoji_.find(character);
    if (found == emoji_.end()) {
      out += character;
      after_space = character == " ";
      continue;
    }
    if (!after_space) out += ' ';
    out += found->second;
    after_space = false;
  }
  return out;
}

Vader::Words Vader::words_of(std::string_view text) const {
  Words out;
  for (const auto token : media::split_at_spaces(text)) {
    const auto plain = without_marks(token);
    Word word{std::string(plain), media::lower_case(plain), media::is_upper_case(plain), nullptr};
    const auto rated = lexicon_.find(word.lower);
    if (rated != lexicon_.end()) word.rating = &rated->second;
    out.push_back(std::move(word));
  }
  return out;
}

double Vader::score(const Words& words, std::size_t i, bool caps_stand_out) const {
  const auto& word = words[i];
  const auto is = [&](std::size_t back, std::string_view what) {
    return i >= back && words[i - back].lower == what;
  };
  double score = *word.rating;
  if (word.lower == "no" && i + 1 < words.size() && words[i + 1].rating != nullptr) score = 0.0;
  if (is(1, "no") || is(2, "no") || (is(3, "no") && (is(1, "or") || is(1, "nor"))))
    score = *word.rating * kNegation;
  if (word.upper && caps_stand_out) score += score > 0 ? kCapitals : -kCapitals;
  constexpr std::size_t kReach = 3;
  constexpr double kFading[] = {1.0, 0.95, 0.9};
  for (std::size_t distance = 1; distance <= kReach && distance <= i; ++distance) {
    const auto& before = words[i - distance];
    if (before.rating != nullptr) continue;
    double boost = vader_booster(before.lower);
    if (boost != 0.0) {
      if (score < 0) boost = -boost;
      if (before.upper && caps_stand_out) boost += score > 0 ? kCapitals : -kCapitals;
    }
    score += boost * kFading[distance - 1];
    score = after_negation(score, words, i, distance);
    if (distance == kReach) score = after_idioms(score, words, i);
  }
  return after_least(score, words, i);
}

Vader::Feeling Vader::feeling(std::string_view given) const {
  const auto text = with_emoji_as_words(given);
  const auto words = words_of(text);
  const auto upper = std::ranges::count_if(words, &Word::upper);
  const bool caps_stand_out = upper > 0 && upper < std::ssize(words);
  std::vector<double> scores;
  for (std::size_t i = 0; i < words.size(); ++i) {
    const bool kind_of = words[i].lower == "kind" && i + 1 < words.size() && words[i + 1].lower == "of";
    const bool neutral = words[i].rating == nullptr || kind_of || vader_booster(words[i].lower) != 0.0;
    scores.push_back(neutral ? 0.0 : score(words, i, caps_stand_out));
  }
  const auto but = std::ranges::find(words, "but", &Word::lower);
  if (but != words.end()) weigh_but(scores, static_cast<std::size_t>(but - words.begin()));

  double sum = 0.0;
  double strength = 0.0;
  double rated = 0.0;
  for (const double one : scores) {
    sum += one;
    strength += std::abs(one);
    rated += one != 0.0 ? 1.0 : 0.0;
  }
  if (sum != 0.0) sum += sum > 0 ? emphasis(text) : -emphasis(text);
  const auto calls = static_cast<double>(std::ranges::count(text, '!'));
  // 4 is the largest rating of the lexicon's scale.
  const double mean = rated > 0 ? strength / rated / 4.0 : 0.0;
  return {std::clamp(sum / std::sqrt(sum * sum + kTaming), -1.0, 1.0), std::min(1.0, mean + 0.1 * calls)};
}

}  // namespace medley::features
