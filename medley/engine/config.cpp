#include "medley/engine/config.h"

#include "medley/core/error.h"
#include "medley/core/file.h"
#include "medley/engine/toml.h"

#include <fmt/ranges.h>

#include <algorithm>
#include <cmath>
#include <map>
#include <set>
#include <sstream>

namespace medley::engine {
namespace {

// The spectra of more, at 22,050 Hz, would not fit into the bound of features::Sound: 8 bytes a sample, 512
// MiB.
constexpr double kMaxSeconds = 3000.0;

/// One table of the file, whose keys must all be asked for.
class Section {
 public:
  Section(const toml::table& table, std::string title, const std::string& path)
      : table_(table), title_(std::move(title)), path_(path) {}

  const toml::node* find(const char* key) {
    known_.emplace_back(key);
    return table_.get(key);
  }

  void read(const char* key, std::string& out) {
    if (const auto* node = find(key)) out = text(key, *node);
  }
  void read(const char* key, std::int64_t& out, std::int64_t min, std::int64_t max) {
    if (const auto* node = find(key)) {
      const auto value = node->value_exact<std::int64_t>();
      if (!value || *value < min || *value > max)
        refuse(key, *node, fmt::format("a whole number in [{}, {}]", min, max));
      out = *value;
    }
  }
  void read(const char* key, std::vector<std::string>& out) {
    if (const auto* node = find(key)) out = texts(key, *node);
  }

  std::string text(std::string_view key, const toml::node& node) const {
    const auto value = node.value_exact<std::string>();
    if (!value) refuse(key, node, "a text in quotes");
    return *value;
  }
  std::vector<std::string> texts(std::string_view key, const toml::node& node) const {
    const auto* array = node.as_array();
    if (array == nullptr) return {text(key, node)};
    std::vector<std::string> out;
    for (const auto& entry : *array) out.push_back(text(key, entry));
    return out;
  }
  double number(std::string_view key, const toml::node& node) const {
    const auto value = node.is_number() ? node.value<double>() : std::nullopt;
    if (!value || !std::isfinite(*value)) refuse(key, node, "a finite number");
    return *value;
  }

  /// Complains about the first key that nobody asked for.
  void finish() const {
    for (const auto& [key, node] : table_) {
      const std::string name(key.str());
      if (std::find(known_.begin(), known_.end(), name) != known_.end()) continue;
      const auto near = nearest_name(name, known_);
      const auto hint =
          near.empty() ? fmt::format("known: {}", fmt::join(known_, ", ")) : "did you mean '" + near + "'?";
      fail(ErrorCode::invalid_argument, "{}:{}: unknown key '{}' in {}; {}", path_, key.source().begin.line,
           name, title_, hint);
    }
  }

  [[noreturn]] void refuse(std::string_view key, const toml::node& node, const std::string& expected) const {
    std::ostringstream value;
    node.visit([&](const auto& concrete) {
      if constexpr (requires { value << concrete; }) value << concrete;
    });
    fail(ErrorCode::invalid_argument, "{}:{}: '{}' in {} must be {}, got {}", path_, node.source().begin.line,
         key, title_, expected, value.str());
  }

  const toml::table& table() const { return table_; }

 private:
  const toml::table& table_;
  std::string title_;
  const std::string& path_;
  std::vector<std::string> known_;
};

/// Calls `read` for the table `key`, if it is there, and then for what it left unread.
template <class Read>
void section(Section& parent, const char* key, const std::string& path, Read read) {
  const auto* node = parent.find(key);
  if (node == nullptr) return;
  if (!node->is_table()) parent.refuse(key, *node, "a section");
  Section child(*node->as_table(), fmt::format("[{}]", key), path);
  read(child);
  child.finish();
}

void read_import(Section& in, Config& out) {
  in.read("format", out.import.format);
  in.read("file", out.import.file);
  in.read("user", out.import.user);
  in.read("item", out.import.item);
  in.read("time", out.import.time);
  in.read("value", out.import.value);
  in.read("kind", out.import.kind);
  in.read("delimiter", out.import.delimiter);
  in.read("encoding", out.import.encoding);
  in.read("join_ids", out.import.join_ids);
  if (const auto& how = out.import.join_ids; how != "exact" && how != "numeric")
    in.refuse("join_ids", *in.find("join_ids"), "exact or numeric");
}

void read_catalog(Section& in, Config& out) {
  in.read("file", out.catalog.file);
  in.read("id", out.catalog.id);
  in.read("text", out.catalog.text);
  in.read("numbers", out.catalog.numbers);
  for (const auto kind : data::kMediaKinds) in.read(data::name_of(kind), out.catalog.files[kind]);
  in.read("available", out.catalog.available);
  in.read("available_from", out.catalog.available_from);
  in.read("available_until", out.catalog.available_until);
  if (const auto* node = in.find("categories")) {
    if (!node->is_table()) in.refuse("categories", *node, "a table such as { genres = \"|\" }");
    for (const auto& [column, separator] : *node->as_table()) {
      out.catalog.categories[std::string(column.str())] = in.text(column.str(), separator);
    }
  }
}

void read_events(Section& in, Config& out) {
  if (const auto* node = in.find("min_value")) out.min_value = in.number("min_value", *node);
  if (const auto* node = in.find("weight")) {
    if (!node->is_table()) in.refuse("weight", *node, "a table such as { view = 1, cart = 3 }");
    for (const auto& [kind, weight] : *node->as_table()) {
      out.weights[std::string(kind.str())] = in.number(kind.str(), weight);
    }
  }
}

/// A parameter of a plugin as text: arrays become `a+b+c`.
std::string param_text(const Section& in, std::string_view key, const toml::node& node) {
  if (const auto* array = node.as_array()) {
    std::vector<std::string> parts;
    for (const auto& entry : *array) parts.push_back(param_text(in, key, entry));
    return fmt::format("{}", fmt::join(parts, "+"));
  }
  if (const auto text = node.value_exact<std::string>()) return *text;
  if (const auto flag = node.value_exact<bool>()) return *flag ? "true" : "false";
  if (const auto whole = node.value_exact<std::int64_t>()) return fmt::format("{}", *whole);
  if (const auto real = node.value_exact<double>()) return fmt::format("{}", *real);
  in.refuse(key, node, "a text, a number, true, false, or a list of these");
}

bool is_feature_name(std::string_view name) {
  return !name.empty() && name.size() <= 64 && name.find("..") == std::string_view::npos &&
         name.front() != '/' && name.back() != '/' &&
         std::all_of(name.begin(), name.end(), [](unsigned char c) {
           return std::isalnum(c) != 0 || c == '_' || c == '-' || c == '/';
         });
}

FeatureConfig read_feature(const std::string& name, const toml::node& node, const std::string& path) {
  const auto title = "[features." + name + "]";
  const auto line = node.source().begin.line;
  if (!is_feature_name(name)) {
    fail(ErrorCode::invalid_argument,
         "{}:{}: feature name '{}' may hold letters, digits, '_', '-' and '/' (at most 64)", path, line,
         name);
  }
  if (!node.is_table()) fail(ErrorCode::invalid_argument, "{}:{}: {} must be a section", path, line, title);
  Section in(*node.as_table(), title, path);
  FeatureConfig out;
  out.name = name;
  in.read("extractor", out.extractor);
  in.read("modality", out.modality);
  in.read("fields", out.fields);
  in.read("file", out.file);
  if (out.extractor.empty() == out.file.empty()) {
    fail(ErrorCode::invalid_argument, "{}:{}: {} needs either 'extractor' or 'file'", path, line, title);
  }
  if (out.modality.empty())
    out.modality = out.extractor.empty() ? name : out.extractor.substr(0, out.extractor.find('/'));
  const std::set<std::string> own{"extractor", "modality", "fields", "file"};
  for (const auto& [key, value] : in.table()) {
    if (own.count(std::string(key.str())) == 0)
      out.params[std::string(key.str())] = param_text(in, key.str(), value);
  }
  return out;
}

}  // namespace

Config parse_config(std::string_view text, const std::string& path) {
  toml::table parsed;
  try {
    parsed = toml::parse(text, path);
  } catch (const toml::parse_error& error) {
    fail(ErrorCode::invalid_argument, "{}:{}: {}", path, error.source().begin.line, error.description());
  }
  Config out;
  Section root(parsed, "the file", path);
  section(root, "import", path, [&](Section& in) { read_import(in, out); });
  section(root, "catalog", path, [&](Section& in) { read_catalog(in, out); });
  section(root, "events", path, [&](Section& in) { read_events(in, out); });
  section(root, "train", path, [&](Section& in) { in.read("model", out.model); });
  section(root, "limits", path, [&](Section& in) {
    in.read("max_pixels", out.max_pixels, 1, std::int64_t{1} << 34);
    if (const auto* node = in.find("max_seconds")) {
      out.max_seconds = in.number("max_seconds", *node);
      if (!(out.max_seconds >= 1.0 && out.max_seconds <= kMaxSeconds))
        in.refuse("max_seconds", *node, fmt::format("a number in [1, {}]", kMaxSeconds));
    }
    in.read("threads", out.threads, 0, 1024);
  });
  if (const auto* features = root.find("features")) {
    if (!features->is_table()) root.refuse("features", *features, "sections such as [features.color]");
    // The order of the file, which is the order of weights in specs; the table itself is sorted by name.
    std::map<std::pair<toml::source_index, toml::source_index>, FeatureConfig> in_order;
    for (const auto& [name, node] : *features->as_table()) {
      const auto at = node.source().begin;
      in_order.emplace(std::pair(at.line, at.column), read_feature(std::string(name.str()), node, path));
    }
    for (auto& [at, feature] : in_order) out.features.push_back(std::move(feature));
  }
  root.finish();
  return out;
}

Config read_config(const std::filesystem::path& path) {
  return parse_config(read_file(path, std::uint64_t{1} << 20), path.string());
}

}  // namespace medley::engine
