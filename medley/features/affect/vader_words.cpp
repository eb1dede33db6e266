#include "medley/features/affect/vader_words.h"

#include <algorithm>
#include <array>

namespace medley::features {
namespace {

// All in byte order, for the binary search.
constexpr auto kNegations = std::to_array<std::string_view>({
    "ain't",   "aint",      "aren't",   "arent",    "can't",    "cannot",  "cant",   "couldn't", "couldnt",
    "daren't", "darent",    "despite",  "didn't",   "didnt",    "doesn't", "doesnt", "don't",    "dont",
    "hadn't",  "hadnt",     "hasn't",   "hasnt",    "haven't",  "havent",  "isn't",  "isnt",     "mightn't",
    "mightnt", "mustn't",   "mustnt",   "needn't",  "neednt",   "neither", "never",  "none",     "nope",
    "nor",     "not",       "nothing",  "nowhere",  "oughtn't", "oughtnt", "rarely", "seldom",   "shan't",
    "shant",   "shouldn't", "shouldnt", "uh-uh",    "uhuh",     "wasn't",  "wasnt",  "weren't",  "werent",
    "without", "won't",     "wont",     "wouldn't", "wouldnt",
});
constexpr auto kIntensifiers = std::to_array<std::string_view>({
    "absolutely",    "amazingly",  "awfully",   "completely", "considerable", "considerably", "decidedly",
    "deeply",        "effing",     "enormous",  "enormously", "entirely",     "especially",   "exceptional",
    "exceptionally", "extreme",    "extremely", "fabulously", "flippin",      "flipping",     "frackin",
    "fracking",      "frickin",    "fricking",  "friggin",    "frigging",     "fuckin",       "fucking",
    "fuggin",        "fugging",    "fully",     "greatly",    "hella",        "highly",       "hugely",
    "incredible",    "incredibly", "intensely", "major",      "majorly",      "more",         "most",
    "particularly",  "purely",     "quite",     "really",     "remarkably",   "so",           "substantially",
    "thoroughly",    "total",      "totally",   "tremendous", "tremendously", "uber",         "unbelievably",
    "unusually",     "utter",      "utterly",   "very",
});
constexpr auto kDampeners = std::to_array<std::string_view>({
    "almost",   "barely", "hardly",   "just enough", "kind of",    "kind-of",      "kinda",  "kindof",
    "less",     "little", "marginal", "marginally",  "occasional", "occasionally", "partly", "scarce",
    "scarcely", "slight", "slightly", "somewhat",    "sort of",    "sort-of",      "sorta",  "sortof",
});
static_assert(std::ranges::is_sorted(kNegations) && std::ranges::is_sorted(kIntensifiers) &&
              std::ranges::is_sorted(kDampeners));

struct Idiom {
  std::string_view words;
  double rating;
};
constexpr std::array<Idiom, 9> kIdioms{{
    {"bad ass", 1.5},
    {"badass", 1.5},
    {"beating heart", 3.5},
    {"bus stop", 0.0},
    {"kiss of death", -1.5},
    {"the bomb", 3.0},
    {"the shit", 3.0},
    {"to die for", 3.0},
    {"yeah right", -2.0},
}};

constexpr double kIntensifies = 0.293;

}  // namespace

bool vader_negates(std::string_view word) {
  return std::ranges::binary_search(kNegations, word) || word.find("n't") != std::string_view::npos;
}

double vader_booster(std::string_view words) {
  if (std::ranges::binary_search(kIntensifiers, words)) return kIntensifies;
  return std::ranges::binary_search(kDampeners, words) ? -kIntensifies : 0.0;
}

const double* vader_idiom(std::string_view words) {
  const auto* const found = std::ranges::find(kIdioms, words, &Idiom::words);
  return found == kIdioms.end() ? nullptr : &found->rating;
}

}  // namespace medley::features
