#include "apps/medley/completion.h"

#include "medley/core/params.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <vector>

namespace medley::app {
namespace {

struct Flag {
  std::vector<std::string> names;  ///< with their dashes; none: a positional
  std::vector<std::string> values;
  std::string help;
  bool takes_value = false;
};

struct Verb {
  std::string name;
  std::string help;
  std::vector<Flag> flags;
};

/// The values in a type such as "TEXT:{csv,jsonl}", which CLI11 writes for a closed set.
std::vector<std::string> closed_set(const std::string& type) {
  const auto open = type.find('{');
  const auto close = type.find('}', open == std::string::npos ? 0 : open);
  if (open == std::string::npos || close == std::string::npos) return {};
  return split_list(type.substr(open + 1, close - open - 1), ',');
}

std::vector<Flag> flags_of(const CLI::App& app) {
  std::vector<Flag> out;
  for (const auto* option : app.get_options()) {
    Flag flag;
    for (const auto& name : option->get_snames()) flag.names.push_back("-" + name);
    for (const auto& name : option->get_lnames()) flag.names.push_back("--" + name);
    flag.values = closed_set(option->get_type_name());
    flag.help = option->get_description();
    flag.takes_value = option->get_items_expected_max() > 0;
    out.push_back(std::move(flag));
  }
  return out;
}

std::vector<Verb> verbs_of(const CLI::App& program) {
  std::vector<Verb> out;
  for (const auto* verb : program.get_subcommands([](const CLI::App*) { return true; }))
    out.push_back({verb->get_name(), verb->get_description(), flags_of(*verb)});
  return out;
}

std::vector<std::string> names_of(const std::vector<Verb>& verbs) {
  std::vector<std::string> out;
  for (const auto& verb : verbs) out.push_back(verb.name);
  return out;
}

/// What may stand where no option's value does.
std::vector<std::string> words_of(const std::vector<Flag>& flags) {
  std::vector<std::string> out;
  for (const auto& flag : flags) {
    const auto& words = flag.names.empty() ? flag.values : flag.names;
    out.insert(out.end(), words.begin(), words.end());
  }
  return out;
}

/// The `case` lines of options that take a value: those of a closed set offer it, after others nothing is
/// offered, so that the shell completes file names.
std::string value_cases(const Verb& verb) {
  std::string out;
  for (const auto& flag : verb.flags) {
    if (!flag.takes_value || flag.names.empty()) continue;
    std::vector<std::string> patterns;
    for (const auto& name : flag.names) patterns.push_back(verb.name + "," + name);
    const auto pattern = fmt::format("{}", fmt::join(patterns, "|"));
    if (flag.values.empty()) {
      out += fmt::format("    {}) return ;;\n", pattern);
    } else {
      out += fmt::format("    {}) COMPREPLY=($(compgen -W '{}' -- \"$cur\")); return ;;\n", pattern,
                         fmt::join(flag.values, " "));
    }
  }
  return out;
}

/// `text` between single quotes, within a spec of _arguments.
std::string zsh_quoted(const std::string& text) {
  std::string out;
  for (const char c : text) {
    if (c == '\'') {
      out += "'\\''";
    } else {
      if (c == '[' || c == ']' || c == ':' || c == '\\') out += '\\';
      out += c;
    }
  }
  return out;
}

/// One spec of _arguments for each name of the flag.
std::string zsh_specs(const Flag& flag) {
  const auto value =
      flag.values.empty() ? std::string("_files") : fmt::format("({})", fmt::join(flag.values, " "));
  if (flag.names.empty()) return fmt::format(" \\\n        '*:argument:{}'", value);
  std::string out;
  for (const auto& name : flag.names) {
    out += fmt::format(" \\\n        '{}[{}]{}'", name, zsh_quoted(flag.help),
                       flag.takes_value ? ":value:" + value : "");
  }
  return out;
}

}  // namespace

std::string bash_completion(const CLI::App& program) {
  const auto verbs = verbs_of(program);
  auto first = names_of(verbs);
  for (const auto& word : words_of(flags_of(program))) first.push_back(word);
  std::string values, words;
  for (const auto& verb : verbs) {
    values += value_cases(verb);
    words += fmt::format("    {}) words='{}' ;;\n", verb.name, fmt::join(words_of(verb.flags), " "));
  }
  return fmt::format(R"(# Completion of medley for bash, made by `medley completion bash`.
_medley() {{
  local cur=${{COMP_WORDS[COMP_CWORD]}} prev=${{COMP_WORDS[COMP_CWORD-1]}} command= words= i
  COMPREPLY=()
  for ((i = 1; i < COMP_CWORD; i++)); do
    case ${{COMP_WORDS[i]}} in
      {0}) command=${{COMP_WORDS[i]}}; break ;;
    esac
  done
  case $command,$prev in
{1}  esac
  case $command in
    '') words='{2}' ;;
{3}  esac
  COMPREPLY=($(compgen -W "$words" -- "$cur"))
}}
complete -o default -F _medley medley
)",
                     fmt::join(names_of(verbs), "|"), values, fmt::join(first, " "), words);
}

std::string zsh_completion(const CLI::App& program) {
  const auto verbs = verbs_of(program);
  std::string described, cases;
  for (const auto& verb : verbs) {
    described += fmt::format("    '{}:{}'\n", verb.name, zsh_quoted(verb.help));
    cases += fmt::format("    {})\n      _arguments", verb.name);
    for (const auto& flag : verb.flags) cases += zsh_specs(flag);
    cases += " ;;\n";
  }
  return fmt::format(R"(#compdef medley
# Completion of medley for zsh, made by `medley completion zsh`.
_medley() {{
  local -a commands=(
{0}  )
  if (( CURRENT == 2 )); then
    _describe command commands
    return
  fi
  shift words
  (( CURRENT-- ))
  case $words[1] in
{1}  esac
}}
if [ "$funcstack[1]" = _medley ]; then
  _medley "$@"
else
  compdef _medley medley
fi
)",
                     described, cases);
}

}  // namespace medley::app
