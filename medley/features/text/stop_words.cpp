#include "medley/features/text/stop_words.h"

#include <algorithm>
#include <array>

namespace medley::features {
namespace {

// In byte order, for the binary search.
constexpr auto kWords = std::to_array<std::string_view>({
    "a",      "about",  "above",    "after",    "against", "all",    "also",      "although",   "am",
    "an",     "and",    "any",      "are",      "aren't",  "as",     "at",        "be",         "because",
    "been",   "before", "being",    "below",    "between", "both",   "but",       "by",         "can",
    "can't",  "could",  "couldn't", "did",      "didn't",  "do",     "does",      "doesn't",    "doing",
    "don't",  "down",   "during",   "each",     "for",     "from",   "had",       "has",        "have",
    "having", "he",     "he's",     "her",      "here",    "hers",   "herself",   "him",        "himself",
    "his",    "how",    "i",        "i'm",      "i've",    "if",     "in",        "into",       "is",
    "isn't",  "it",     "it's",     "its",      "itself",  "just",   "may",       "me",         "might",
    "mine",   "must",   "my",       "myself",   "no",      "nor",    "not",       "of",         "off",
    "on",     "only",   "or",       "other",    "our",     "ours",   "ourselves", "out",        "over",
    "own",    "same",   "shall",    "she",      "she's",   "should", "so",        "some",       "such",
    "than",   "that",   "that's",   "the",      "their",   "theirs", "them",      "themselves", "then",
    "there",  "these",  "they",     "they're",  "this",    "those",  "though",    "through",    "to",
    "too",    "under",  "until",    "up",       "us",      "very",   "was",       "wasn't",     "we",
    "we're",  "were",   "weren't",  "what",     "when",    "where",  "which",     "while",      "who",
    "whom",   "whose",  "why",      "will",     "with",    "won't",  "would",     "wouldn't",   "you",
    "you're", "your",   "yours",    "yourself",
});
static_assert(std::is_sorted(kWords.begin(), kWords.end()));

}  // namespace

bool is_english_stop_word(std::string_view word) {
  return std::binary_search(kWords.begin(), kWords.end(), word);
}

}  // namespace medley::features
