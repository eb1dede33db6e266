#include "medley/features/text/subwords.h"

#include <string>

namespace medley::features {
namespace {

bool continues_character(char c) {
  return (static_cast<unsigned char>(c) & 0xC0U) == 0x80;
}

/// FNV-1a, of signed characters as in fastText, whose files depend on it.
std::uint32_t next_hash(std::uint32_t hash, char c) {
  return (hash ^ static_cast<std::uint32_t>(static_cast<std::int8_t>(c))) * 16777619U;
}

}  // namespace

std::vector<std::int32_t> subword_buckets(std::string_view word, const SubwordRule& rule) {
  std::vector<std::int32_t> out;
  if (rule.buckets <= 0 || rule.max_length <= 0) return out;
  const std::string marked = "<" + std::string(word) + ">";
  for (std::size_t begin = 0; begin < marked.size(); ++begin) {
    if (continues_character(marked[begin])) continue;
    std::uint32_t hash = 2166136261U;
    std::size_t end = begin;
    for (int length = 1; end < marked.size() && length <= rule.max_length; ++length) {
      hash = next_hash(hash, marked[end++]);
      while (end < marked.size() && continues_character(marked[end])) hash = next_hash(hash, marked[end++]);
      const bool bare_mark = length == 1 && (begin == 0 || end == marked.size());
      if (length >= rule.min_length && !bare_mark)
        out.push_back(static_cast<std::int32_t>(hash % static_cast<std::uint32_t>(rule.buckets)));
    }
  }
  return out;
}

}  // namespace medley::features
