#include "medley/media/text/stemmer.h"

#include "medley/core/error.h"

#include <fmt/ranges.h>
#include <libstemmer.h>

#include <algorithm>
#include <cstddef>

namespace medley::media {

std::vector<std::string> stemmer_languages() {
  std::vector<std::string> out;
  for (const char** name = sb_stemmer_list(); *name != nullptr; ++name) out.emplace_back(*name);
  std::ranges::sort(out);
  return out;
}

void Stemmer::Delete::operator()(sb_stemmer* stemmer) const {
  sb_stemmer_delete(stemmer);
}

Stemmer::Stemmer(const std::string& language) {
  const auto known = stemmer_languages();
  // The library also takes aliases (en, eng): one language has one name here.
  require(std::ranges::binary_search(known, language), "there is no stemmer '{}'; there are: {}", language,
          fmt::join(known, ", "));
  stemmer_.reset(sb_stemmer_new(language.c_str(), "UTF_8"));
  if (stemmer_ == nullptr) fail(ErrorCode::internal, "the stemmer '{}' cannot be made", language);
}

void Stemmer::stem(std::string& word) {
  const auto* stemmed = sb_stemmer_stem(stemmer_.get(), reinterpret_cast<const sb_symbol*>(word.data()),
                                        static_cast<int>(word.size()));
  if (stemmed == nullptr)
    fail(ErrorCode::internal, "no memory for the stem of a word of {} bytes", word.size());
  word.assign(reinterpret_cast<const char*>(stemmed),
              static_cast<std::size_t>(sb_stemmer_length(stemmer_.get())));
}

}  // namespace medley::media
