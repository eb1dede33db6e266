#include "medley/core/utf8.h"
#include "medley/features/affect/vader.h"
#include "medley/features/per_item.h"
#include "medley/features/registry.h"
#include "medley/media/text/clean.h"
#include "medley/media/text/language.h"

#include <fmt/format.h>

namespace medley::features {
namespace {

/// Valence and arousal of an item's texts, cleaned one by one and joined by a space.
class TextAffect {
 public:
  struct Params {
    std::string language = "auto";
    bool clean = true;

    void fields(FieldVisitor& v) {
      v.field("language", language, {"auto", "en"},
              "the lexicon is English; auto: texts that are surely of another language are absent");
      v.field("clean", clean, "drop HTML tags, decode entities");
    }
  };
  static constexpr Reads kReads = Reads::text;
  static constexpr int kVersion = 1;

  explicit TextAffect(Params params) : params_(std::move(params)) {}

  int dim() const { return 2; }
  std::vector<std::string> columns() const { return {"valence", "arousal"}; }

  bool row(const Item& item, std::span<float> out, std::string& note) const {
    std::string text;
    for (const auto& part : item.texts) {
      if (part.empty()) continue;
      if (first_invalid_utf8(part) != std::string_view::npos) {
        note = "text is not UTF-8";
        return false;
      }
      if (!text.empty()) text += ' ';
      text += params_.clean ? media::clean_markup(part) : part;
    }
    if (text.empty()) return false;
    if (params_.language == "auto") {
      const auto language = media::language_of(text);
      if (!language.empty() && language != "en") {
        note = fmt::format("written in '{}', and the lexicon is English", language);
        return false;
      }
    }
    const auto feeling = vader_.feeling(text);
    out[0] = static_cast<float>(feeling.valence);
    out[1] = static_cast<float>(feeling.arousal);
    return true;
  }

 private:
  Params params_;
  Vader vader_;
};

}  // namespace

void register_affect_text(Registry& registry) {
  registry.add<PerItem<TextAffect>>("affect/text",
                                    "valence and arousal of English words, by VADER's lexicon and rules");
}

}  // namespace medley::features
