#include "medley/features/encoder.h"

#include "medley/core/error.h"
#include "medley/encode/tokenizer.h"
#include "medley/features/registry.h"
#include "medley/media/text/clean.h"

#include <fmt/ranges.h>

#include <algorithm>

namespace medley::features {
namespace {

using math::Index;

// Texts that are held as tokens at once, of which those of like length go together: six megabytes at
// 128 tokens, 400 at the most that may be asked for.
constexpr std::size_t kBlock = 2048;

/// A text by a pretrained network, for example sentence embeddings (Reimers and Gurevych, EMNLP 2019).
class TextEncoder final : public Extractor {
 public:
  struct Params {
    EncoderParams encoder;
    std::string tokenizer;
    int max_tokens = 256;
    std::string clean = "auto";
    std::string join = ". ";

    void fields(FieldVisitor& v) {
      encoder.fields(v);
      v.file("tokenizer", tokenizer,
             "the .xml that tools/tokenizer.py makes of the network's tokenizer.json");
      v.field("max_tokens", max_tokens, {2, 8192}, "longer texts are cut");
      v.field("clean", clean, {"auto", "yes", "no"}, "drop HTML tags, decode entities; auto: yes");
      v.field("join", join, {}, "stands between the columns of an item's text");
    }
  };

  explicit TextEncoder(const Params& params)
      : encoder_(params.encoder),
        tokenizer_path_(params.tokenizer),
        max_tokens_(params.max_tokens),
        clean_(params.clean != "no"),
        join_(params.join) {
    require(!tokenizer_path_.empty(),
            "tokenizer names no file; tools/tokenizer.py makes one of a tokenizer.json");
  }

  Reads reads() const override { return Reads::text; }
  bool fitted() const override { return false; }
  int version() const override { return 2; }
  int dim() const override { return encoder_.dim(); }
  std::vector<std::string> columns() const override { return {}; }

  Vectors transform(std::span<const Item> items, const Services& services) const override {
    math::Matrix rows(static_cast<Index>(items.size()), dim());
    Vectors out{{}, std::vector<std::uint8_t>(items.size()), std::vector<std::string>(items.size())};
    for (std::size_t begin = 0; begin < items.size(); begin += kBlock) {
      services.cancel.check();
      fill(items.subspan(begin, std::min(kBlock, items.size() - begin)), begin, rows, out, services);
    }
    out.rows = std::move(rows);
    return out;
  }

 private:
  /// The texts of a block as tokens.
  struct Block {
    encode::Tokens tokens;
    std::vector<std::size_t> items;  ///< of each text
  };

  const encode::Tokenizer& tokenizer(const Services& services) const {
    std::call_once(once_, [&] {
      const auto threads = encoder_.params().threads;
      tokenizer_ = std::make_unique<encode::Tokenizer>(tokenizer_path_, longest(),
                                                       threads > 0 ? threads : services.pool.size());
    });
    return *tokenizer_;
  }

  /// The length that the network is made for, 0 where it takes any.
  int fixed_length() const {
    const auto& shape = encoder_.network().inputs().front().shape;
    return shape.size() == 2 && shape[1] > 0 ? static_cast<int>(shape[1]) : 0;
  }
  int longest() const { return fixed_length() > 0 ? std::min(max_tokens_, fixed_length()) : max_tokens_; }

  static bool is_blank(const std::string& text) {
    return text.find_first_not_of(" \t\r\n") == std::string::npos;
  }

  /// The columns that say something, joined; with a note where they say nothing but markup.
  std::string text_of(const Item& item, std::string& note) const {
    std::string out;
    for (const auto& part : item.texts) {
      if (is_blank(part)) continue;
      const auto text = clean_ ? media::clean_markup(part) : part;
      if (is_blank(text)) {
        note = "its text is markup alone";
        continue;
      }
      if (!out.empty()) out += join_;
      out += text;
    }
    if (!out.empty()) note.clear();
    return out;
  }

  void fill(std::span<const Item> items, std::size_t first, math::Matrix& rows, Vectors& out,
            const Services& services) const {
    std::vector<std::string> texts;
    Block block;
    for (std::size_t i = 0; i < items.size(); ++i) {
      auto text = text_of(items[i], out.notes[first + i]);
      if (text.empty()) continue;
      texts.push_back(std::move(text));
      block.items.push_back(first + i);
    }
    const auto& words = tokenizer(services);
    block.tokens = words.encode(texts);
    std::vector<std::size_t> order;
    for (std::size_t i = 0; i < texts.size(); ++i) {
      if (block.tokens.lengths[i] > words.special())
        order.push_back(i);
      else
        out.notes[block.items[i]] = "its text has no tokens";
    }
    // Longest first: the largest buffers are taken once.
    std::stable_sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) {
      return block.tokens.lengths[a] > block.tokens.lengths[b];
    });
    for (std::size_t begin = 0; begin < order.size();) {
      services.cancel.check();
      const auto end = end_of_batch(block.tokens, order, begin);
      run(block, std::span(order).subspan(begin, end - begin), rows, out, services);
      begin = end;
    }
  }

  /// A network without a mask takes its padding for words: only texts of one length go together.
  std::size_t end_of_batch(const encode::Tokens& tokens, const std::vector<std::size_t>& order,
                           std::size_t begin) const {
    const auto limit = std::min(order.size(), begin + static_cast<std::size_t>(encoder_.batch()));
    if (takes("attention_mask")) return limit;
    auto end = begin + 1;
    while (end < limit && tokens.lengths[order[end]] == tokens.lengths[order[begin]]) ++end;
    return end;
  }

  bool takes(const std::string& input) const {
    const auto& inputs = encoder_.network().inputs();
    return std::any_of(inputs.begin(), inputs.end(), [&](const auto& port) { return port.name == input; });
  }

  void run(const Block& block, std::span<const std::size_t> batch, math::Matrix& rows, Vectors& out,
           const Services& services) const {
    const auto& tokens = block.tokens;
    auto width = tokens.lengths[batch.front()];
    if (fixed_length() > 0) width = fixed_length();
    const auto n = encoder_.batch_rows(batch.size());
    std::vector<std::int64_t> lengths;
    for (const auto text : batch) lengths.push_back(tokens.lengths[text]);
    lengths.resize(static_cast<std::size_t>(n));
    const auto& ports = encoder_.network().inputs();
    std::vector<std::vector<std::int64_t>> values(ports.size());
    std::vector<encode::Input> inputs;
    for (std::size_t p = 0; p < ports.size(); ++p) {
      values[p] = column(tokens, ports[p].name, batch, n, width);
      inputs.push_back({ports[p].name, {n, width}, std::span<const std::int64_t>(values[p])});
      check_vocabulary(ports[p].name, values[p]);
    }
    const auto made = encoder_.rows(inputs, lengths, services);
    for (std::size_t i = 0; i < batch.size(); ++i) {
      const auto item = block.items[batch[i]];
      const auto at = static_cast<Index>(item);
      out.present[item] =
          encoder_.take(made.row(static_cast<Index>(i)), rows.row(at), out.notes[item]) ? 1 : 0;
    }
  }

  /// What an input gets: [n x width], padded with zeros, which the mask hides.
  std::vector<std::int64_t> column(const encode::Tokens& tokens, const std::string& input,
                                   std::span<const std::size_t> batch, std::int64_t n,
                                   std::int64_t width) const {
    std::vector<std::int64_t> out(static_cast<std::size_t>(n * width));
    const auto* given = tokens.find(input);
    if (given == nullptr) {
      // The kinds of a pair of texts, all 0 for one text; many tokenizers leave them out.
      if (input == "token_type_ids") return out;
      std::vector<std::string> names;
      for (const auto& one : tokens.columns) names.push_back(one.input);
      fail(ErrorCode::invalid_argument,
           "'{}' takes an input '{}', which the tokenizer '{}' does not give; it gives: {}",
           encoder_.params().network, input, tokenizer_path_, fmt::join(names, ", "));
    }
    const auto count = std::min(width, tokens.width);
    for (std::size_t i = 0; i < batch.size(); ++i) {
      const auto from = given->values.begin() + static_cast<std::ptrdiff_t>(batch[i]) * tokens.width;
      std::copy_n(from, count, out.begin() + static_cast<std::ptrdiff_t>(i) * width);
    }
    return out;
  }

  void check_vocabulary(const std::string& input, const std::vector<std::int64_t>& ids) const {
    const auto known = encoder_.network().vocabulary(input);
    const auto largest = ids.empty() ? 0 : *std::max_element(ids.begin(), ids.end());
    require(known == 0 || largest < known,
            "the tokenizer '{}' gives {} as '{}', and '{}' has a table of {}: they do not belong together",
            tokenizer_path_, largest, input, encoder_.params().network, known);
  }

  Encoder encoder_;
  std::string tokenizer_path_;
  int max_tokens_;
  bool clean_;
  std::string join_;
  mutable std::once_flag once_;
  mutable std::unique_ptr<encode::Tokenizer> tokenizer_;
};

}  // namespace

void register_text_encoder(Registry& registry) {
  registry.add<TextEncoder>("text/encoder", "texts by a pretrained network, such as sentence embeddings");
}

}  // namespace medley::features
