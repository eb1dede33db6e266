#pragma once

#include "medley/core/params.h"

#include <string>
#include <string_view>
#include <vector>

namespace medley {

/// A plugin with parameters as a user writes it: `name` or `name(key=value, key=[v1,v2])`.
/// A value in brackets is a list of alternatives to search over.
struct Spec {
  std::string text;  ///< as typed, trimmed
  std::string name;
  std::map<std::string, std::vector<std::string>> values;  ///< one or more alternatives a key

  /// True when some key has more than one alternative.
  bool is_search() const;

  /// Every combination of the alternatives; the last key varies fastest. One map when nothing is searched.
  std::vector<ParamMap> combinations() const;
};

/// Reads one spec. Throws `invalid_argument` with the column of the fault.
Spec parse_spec(std::string_view text);

/// Reads `a, b(x=1,y=[2,3]), c`: specs between top-level commas. Throws as `parse_spec`; an empty list is an
/// error.
std::vector<Spec> parse_specs(std::string_view text);

/// `name` or `name(key=value, ...)` for the given parameters.
std::string to_text(const std::string& name, const ParamMap& params);

}  // namespace medley
