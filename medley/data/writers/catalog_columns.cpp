#include "medley/data/writers/catalog_columns.h"

#include "medley/data/readers/fields.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <filesystem>
#include <set>
#include <string_view>

namespace medley::data {
namespace {

using Values = std::vector<std::vector<std::string>>;

/// Separators that people read, then the one that ASCII has for it, lengthened until no value holds it.
std::string separator_for(const Values& values) {
  const auto in_a_value = [&](const std::string& separator) {
    return std::ranges::any_of(values, [&](const auto& list) {
      return std::ranges::any_of(
          list, [&](const std::string& value) { return value.find(separator) != value.npos; });
    });
  };
  for (const std::string separator : {"|", ";", ",", "/"}) {
    if (!in_a_value(separator)) return separator;
  }
  std::string separator = "\x1f";
  while (in_a_value(separator)) separator += '\x1f';
  return separator;
}

/// The separator by which a text column of the same name holds the categories already, as those of RecBole
/// do.
std::optional<std::string> parts_text(const Catalog::Texts& texts, const Values& values) {
  for (const char* separator : {" ", "|", ";", ","}) {
    bool same = true;
    for (std::size_t item = 0; same && item < values.size(); ++item)
      same = split_values(texts.values[item], separator) == values[item];
    if (same) return separator;
  }
  return std::nullopt;
}

/// The pattern that gives every path with its item's id in place of {id}.
std::string pattern_of(const Dataset& dataset, const std::vector<std::string>& paths) {
  const auto first = std::ranges::find_if(paths, [](const auto& path) { return !path.empty(); });
  if (first == paths.end()) return {};
  const auto absolute = [](const std::string& path) {
    return std::filesystem::absolute(path).lexically_normal().string();
  };
  const auto path = absolute(*first);
  const auto& id = dataset.items.id(static_cast<ItemId>(first - paths.begin()));
  for (auto at = path.rfind(id); at != path.npos; at = at == 0 ? path.npos : path.rfind(id, at - 1)) {
    const auto before = path.substr(0, at);
    const auto behind = path.substr(at + id.size());
    bool all = before.find("{id}") == path.npos && behind.find("{id}") == path.npos;
    for (std::size_t item = 0; all && item < paths.size(); ++item) {
      all = paths[item].empty() ||
            absolute(paths[item]) ==
                fmt::format("{}{}{}", before, dataset.items.id(static_cast<ItemId>(item)), behind);
    }
    if (all) return fmt::format("{}{{id}}{}", before, behind);
  }
  return {};
}

class Headings {
 public:
  explicit Headings(std::vector<std::string>& renamed) : renamed_(renamed) {}

  std::string take(const std::string& name, bool of_a_field = true) {
    auto out = name.empty() ? std::string("column") : name;
    const auto base = out;
    for (int n = 2; !taken_.insert(out).second; ++n) out = fmt::format("{}_{}", base, n);
    if (of_a_field && out != name) renamed_.push_back(name);
    return out;
  }

 private:
  std::set<std::string> taken_;
  std::vector<std::string>& renamed_;
};

/// A basic string of TOML.
std::string toml_text(std::string_view text) {
  std::string out = "\"";
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    if (c == '"' || c == '\\') {
      out += '\\';
      out += c;
    } else if (byte < 0x20 || byte == 0x7f) {
      out += fmt::format("\\u{:04X}", byte);
    } else {
      out += c;
    }
  }
  return out + '"';
}

std::string toml_list(const std::vector<CatalogColumns::Field>& fields) {
  std::string out;
  for (const auto& field : fields) out += (out.empty() ? "" : ", ") + toml_text(field.column);
  return "[" + out + "]";
}

}  // namespace

CatalogColumns catalog_columns(const Dataset& dataset) {
  const auto& catalog = dataset.catalog;
  CatalogColumns out;
  Headings headings(out.renamed);
  for (std::size_t i = 0; i < catalog.texts.size(); ++i)
    out.texts.push_back({headings.take(catalog.texts[i].name), i, "", false});
  for (std::size_t i = 0; i < catalog.categories.size(); ++i) {
    const auto& [name, values] = catalog.categories[i];
    const auto* texts = catalog.text(name);
    const auto shared = texts == nullptr ? std::nullopt : parts_text(*texts, values);
    if (shared) {
      out.categories.push_back({name, i, *shared, true});
    } else {
      out.categories.push_back({headings.take(name), i, separator_for(values), false});
    }
  }
  for (std::size_t i = 0; i < catalog.numbers.size(); ++i)
    out.numbers.push_back({headings.take(catalog.numbers[i].name), i, "", false});
  out.id = headings.take("id", false);
  for (const auto kind : kMediaKinds) {
    const auto& paths = catalog.files[kind];
    out.patterns[kind] = pattern_of(dataset, paths);
    if (std::ranges::any_of(paths, [](const auto& path) { return !path.empty(); }))
      out.files[kind] = headings.take(name_of(kind), false);
  }
  const auto any = [&](auto said) { return std::ranges::any_of(catalog.availability, said); };
  if (any([](const Availability& when) { return !when.listed; }))
    out.available = headings.take("available", false);
  if (any([](const Availability& when) { return when.from != kNoTime; }))
    out.available_from = headings.take("available_from", false);
  if (any([](const Availability& when) { return when.until != kNoTime; }))
    out.available_until = headings.take("available_until", false);
  return out;
}

std::string workspace_toml(const std::optional<CatalogColumns>& columns) {
  std::string out =
      "# Written by `medley export --format csv`: this folder is a workspace, and `medley import` reads "
      "it.\n\n"
      "[import]\nformat = \"csv\"\nfile = \"events.csv\"\n";
  if (!columns) return out;
  out += fmt::format("\n[catalog]\nfile = \"catalog.csv\"\nid = {}\n", toml_text(columns->id));
  if (!columns->texts.empty()) out += fmt::format("text = {}\n", toml_list(columns->texts));
  std::string categories;
  for (const auto& field : columns->categories) {
    categories += fmt::format("{}{} = {}", categories.empty() ? " " : ", ", toml_text(field.column),
                              toml_text(field.separator));
  }
  if (!categories.empty()) out += fmt::format("categories = {{{} }}\n", categories);
  if (!columns->numbers.empty()) out += fmt::format("numbers = {}\n", toml_list(columns->numbers));
  const auto add = [&](const char* key, const std::string& value) {
    if (!value.empty()) out += fmt::format("{} = {}\n", key, toml_text(value));
  };
  for (const auto kind : kMediaKinds) add(name_of(kind), columns->patterns[kind]);
  add("available", columns->available);
  add("available_from", columns->available_from);
  add("available_until", columns->available_until);
  return out;
}

}  // namespace medley::data
