#include "medley/engine/where.h"

#include "medley/core/error.h"
#include "medley/core/utf8.h"

#include <fmt/format.h>

#include <array>
#include <optional>
#include <utility>

namespace medley::engine {
namespace {

// The parser calls itself for "(" and "not": deeper than any hand writes, shallower than a stack.
constexpr int kMaxDepth = 100;

using Operator = Where::Operator;
constexpr std::array<std::pair<std::string_view, Operator>, 7> kOperators{{{"has", Operator::has},
                                                                           {"=", Operator::equal},
                                                                           {"!=", Operator::unequal},
                                                                           {"<", Operator::less},
                                                                           {"<=", Operator::less_equal},
                                                                           {">", Operator::greater},
                                                                           {">=", Operator::greater_equal}}};

struct Token {
  enum class Kind { word, quoted, symbol, end };
  Kind kind = Kind::end;
  std::string text;  ///< without quotes
  std::size_t column = 1;
};

template <class... Args>
[[noreturn]] void wrong(std::size_t column, fmt::format_string<Args...> text, Args&&... args) {
  fail(ErrorCode::invalid_argument, "where: column {}: {}", column,
       fmt::format(text, std::forward<Args>(args)...));
}

bool is_space(char c) {
  return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}
bool is_symbol(char c) {
  return c == '(' || c == ')' || c == '=' || c == '!' || c == '<' || c == '>';
}
bool is_quote(char c) {
  return c == '\'' || c == '"';
}

bool same_keyword(std::string_view typed, std::string_view keyword) {
  if (typed.size() != keyword.size()) return false;
  for (std::size_t i = 0; i < typed.size(); ++i) {
    const char c = typed[i] >= 'A' && typed[i] <= 'Z' ? static_cast<char>(typed[i] - 'A' + 'a') : typed[i];
    if (c != keyword[i]) return false;
  }
  return true;
}

class Lexer {
 public:
  explicit Lexer(std::string_view text) : text_(text) {}

  Token next() {
    while (at_ < text_.size() && is_space(text_[at_])) ++at_;
    const auto column = column_of(at_);
    if (at_ == text_.size()) return {Token::Kind::end, "", column};
    const char c = text_[at_];
    if (is_quote(c)) return {Token::Kind::quoted, quoted(c, column), column};
    const auto begin = at_++;
    if (is_symbol(c)) {
      const bool longer = (c == '!' || c == '<' || c == '>') && at_ < text_.size() && text_[at_] == '=';
      if (longer) ++at_;
      return {Token::Kind::symbol, std::string(text_.substr(begin, at_ - begin)), column};
    }
    while (at_ < text_.size() && !is_space(text_[at_]) && !is_symbol(text_[at_]) && !is_quote(text_[at_]))
      ++at_;
    return {Token::Kind::word, std::string(text_.substr(begin, at_ - begin)), column};
  }

 private:
  /// Characters before the byte, and 1.
  std::size_t column_of(std::size_t byte) const {
    std::size_t out = 1;
    for (std::size_t i = 0; i < byte; ++i) out += (static_cast<unsigned char>(text_[i]) & 0xC0U) != 0x80U;
    return out;
  }

  std::string quoted(char quote, std::size_t column) {
    std::string out;
    for (++at_; at_ < text_.size(); ++at_) {
      if (text_[at_] != quote) {
        out += text_[at_];
      } else if (at_ + 1 < text_.size() && text_[at_ + 1] == quote) {
        out += quote;
        ++at_;
      } else {
        ++at_;
        return out;
      }
    }
    wrong(column, "the quote {} is never closed", quote);
  }

  std::string_view text_;
  std::size_t at_ = 0;
};

class Parser {
 public:
  explicit Parser(std::string_view text) : lexer_(text), token_(lexer_.next()) {}

  std::vector<Where::Step> parse() {
    if (token_.kind == Token::Kind::end) wrong(1, "expected a field, the expression is empty");
    expression(0);
    if (token_.kind != Token::Kind::end)
      wrong(token_.column, "expected 'and', 'or' or the end, got {}", shown());
    return std::move(steps_);
  }

 private:
  void expression(int depth) {
    term(depth);
    while (take("or")) {
      term(depth);
      steps_.push_back({Where::Step::Kind::either});
    }
  }

  void term(int depth) {
    factor(depth);
    while (take("and")) {
      factor(depth);
      steps_.push_back({Where::Step::Kind::both});
    }
  }

  void factor(int depth) {
    if (depth > kMaxDepth) wrong(token_.column, "nested deeper than {}", kMaxDepth);
    if (take("not")) {
      factor(depth + 1);
      steps_.push_back({Where::Step::Kind::negate});
    } else if (is_open()) {
      const auto open = token_.column;
      advance();
      expression(depth + 1);
      if (token_.kind != Token::Kind::symbol || token_.text != ")")
        wrong(token_.column, "expected ')' for the '(' at column {}, got {}", open, shown());
      advance();
    } else {
      comparison();
    }
  }

  void comparison() {
    Where::Comparison out;
    out.field_column = token_.column;
    out.field = name("a field");
    out.op_column = token_.column;
    const auto op = operator_here();
    if (!op)
      wrong(token_.column, "expected has, =, !=, <, <=, > or >= after '{}', got {}", out.field, shown());
    out.op = *op;
    advance();
    out.value_column = token_.column;
    out.value = name("a value");
    steps_.push_back({Where::Step::Kind::compare, std::move(out)});
  }

  std::string name(const char* what) {
    const bool is_keyword =
        token_.kind == Token::Kind::word && (at("and") || at("or") || at("not") || at("has"));
    if (is_keyword) wrong(token_.column, "expected {}, got '{}' (quote it if it is one)", what, token_.text);
    if (token_.kind != Token::Kind::word && token_.kind != Token::Kind::quoted)
      wrong(token_.column, "expected {}, got {}", what, shown());
    auto out = token_.text;
    advance();
    return out;
  }

  std::optional<Operator> operator_here() const {
    if (token_.kind == Token::Kind::quoted) return {};
    for (const auto& [text, op] : kOperators) {
      if (same_keyword(token_.text, text)) return op;
    }
    return {};
  }

  bool at(std::string_view keyword) const {
    return token_.kind == Token::Kind::word && same_keyword(token_.text, keyword);
  }
  bool take(std::string_view keyword) {
    if (!at(keyword)) return false;
    advance();
    return true;
  }
  bool is_open() const { return token_.kind == Token::Kind::symbol && token_.text == "("; }
  void advance() { token_ = lexer_.next(); }
  std::string shown() const { return token_.kind == Token::Kind::end ? "the end" : "'" + token_.text + "'"; }

  Lexer lexer_;
  Token token_;
  std::vector<Where::Step> steps_;
};

}  // namespace

std::string_view to_string(Operator op) {
  for (const auto& [text, known] : kOperators) {
    if (known == op) return text;
  }
  return "?";
}

Where Where::parse(std::string_view text) {
  if (const auto bad = first_invalid_utf8(text); bad != std::string_view::npos)
    fail(ErrorCode::invalid_argument, "where: byte {} is not UTF-8", bad + 1);
  Where out;
  out.steps_ = Parser(text).parse();
  return out;
}

}  // namespace medley::engine
