#include "medley/core/error.h"
#include "medley/features/registry.h"
#include "medley/features/text/term_counts.h"

#include <algorithm>
#include <functional>
#include <numeric>
#include <string_view>
#include <unordered_map>
#include <utility>

namespace medley::features {
namespace {

constexpr std::int32_t kUnknown = 1;
constexpr std::int32_t kFirst = 2;  ///< 0 fills up, 1 is a word that is not known

/// The words of a text as numbers, for networks that read sequences: the most frequent word of the catalogue
/// is 2, and so on. A row has `length` of them: the last ones of a longer text, and 0 before those of a
/// shorter one.
class TextTokens final : public Extractor {
 public:
  struct Params {
    WordParams words{.cjk = "words", .stop_words = "none"};
    int vocabulary = 10'000;
    int length = 100;

    void fields(FieldVisitor& v) {
      words.fields(v);
      v.field("vocabulary", vocabulary, {3, 10'000'000},
              "numbers in use: 0 fills up, 1 is an unknown word, the others are the most frequent words");
      v.field("length", length, {1, 100'000}, "words a row; of a longer text the last ones");
    }
  };

  explicit TextTokens(Params params) : params_(std::move(params)) {}
  TextTokens(const TextTokens&) = delete;  // `number_` looks into `terms_`
  TextTokens& operator=(const TextTokens&) = delete;

  Reads reads() const override { return Reads::text; }
  bool fitted() const override { return true; }
  int version() const override { return 1; }
  int dim() const override { return params_.length; }
  std::vector<std::string> columns() const override { return {}; }

  void fit(const ItemBlocks& items, const Services& services) override;
  Vectors transform(std::span<const Item> items, const Services& services) const override;

  void save(ArchiveWriter& out) const override {
    out.put_text("home", home_);
    out.put_texts("terms", terms_);
  }
  void load(const ArchiveReader& in) override {
    home_ = in.get_text("home");
    set_terms(in.get_texts("terms"));
    if (number_.size() != terms_.size())
      fail(ErrorCode::corrupt_data, "'{}': a word stands twice in the vocabulary", in.path().string());
  }

 private:
  void set_terms(std::vector<std::string> terms) {
    terms_ = std::move(terms);
    number_.clear();
    for (const auto& term : terms_) number_.emplace(term, kFirst + static_cast<std::int32_t>(number_.size()));
  }

  Params params_;
  std::string home_ = "en";
  std::vector<std::string> terms_;  ///< most frequent first; term k has the number k + 2
  std::unordered_map<std::string_view, std::int32_t> number_;
};

void TextTokens::fit(const ItemBlocks& items, const Services& services) {
  home_ = home_language(items, params_.words, services);
  TextParams counting;
  counting.words = params_.words;
  auto counts = count_terms(items, counting, home_, nullptr, services);
  std::vector<std::size_t> order(counts.terms.size());
  std::iota(order.begin(), order.end(), 0);
  // Stable: of words that occur equally often, the first by name.
  std::ranges::stable_sort(order, std::greater<>(), [&](std::size_t t) { return counts.occurrences[t]; });
  order.resize(std::min(order.size(), static_cast<std::size_t>(params_.vocabulary - kFirst)));
  std::vector<std::string> terms;
  for (const auto t : order) terms.push_back(std::move(counts.terms[t]));
  set_terms(std::move(terms));
}

Vectors TextTokens::transform(std::span<const Item> items, const Services& services) const {
  const auto n = static_cast<math::Index>(items.size());
  math::BasicMatrix<std::int32_t> rows(n, params_.length);
  Vectors out{{}, std::vector<std::uint8_t>(items.size()), std::vector<std::string>(items.size())};
  parallel_for(services.pool, n, kTextGrain, [&](math::Index begin, math::Index end) {
    services.cancel.check();
    WordReader reader(params_.words, home_);
    std::vector<std::string> words;
    for (auto i = begin; i < end; ++i) {
      const auto at = static_cast<std::size_t>(i);
      out.notes[at] = reader.read(items[at], words);
      out.present[at] = words.empty() ? 0 : 1;
      const auto row = rows.row(i);
      const auto kept = std::min(words.size(), row.size());
      for (std::size_t k = 0; k < kept; ++k) {
        const auto found = number_.find(words[words.size() - kept + k]);
        row[row.size() - kept + k] = found == number_.end() ? kUnknown : found->second;
      }
    }
  });
  out.rows = std::move(rows);
  return out;
}

}  // namespace

void register_text_tokens(Registry& registry) {
  registry.add<TextTokens>("text/tokens",
                           "numbers of the words in their order, for networks that read sequences");
}

}  // namespace medley::features
