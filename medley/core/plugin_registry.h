#pragma once

#include "medley/core/error.h"
#include "medley/core/params.h"

#include <functional>
#include <map>
#include <memory>
#include <string>
#include <type_traits>
#include <utility>
#include <vector>

namespace medley {

/// Names the implementations of `Interface`. An ordinary object, not a global:
/// a test can build one with only the plugins it needs.
template <class Interface>
class PluginRegistry {
 public:
  struct Entry {
    std::string summary;
    std::vector<FieldInfo> params;  ///< with their defaults
    std::function<std::unique_ptr<Interface>(const ParamMap&, const PluginRegistry&)> make;
    /// All fields with the values that `ParamMap` gives, defaults included. Throws as `make` does.
    std::function<std::vector<FieldInfo>(const ParamMap&)> resolve;
  };

  /// Adds `Impl`, which is constructed from `Impl::Params`, or, where it is made of other plugins, from these
  /// and the registry (for the time of the call) that makes it.
  template <class Impl>
  void add(std::string name, std::string summary) {
    using Params = typename Impl::Params;
    Entry entry{std::move(summary), list_params<Params>(),
                [](const ParamMap& in, const PluginRegistry& others) -> std::unique_ptr<Interface> {
                  if constexpr (std::is_constructible_v<Impl, Params, const PluginRegistry&>)
                    return std::make_unique<Impl>(parse_params<Params>(in), others);
                  else
                    return std::make_unique<Impl>(parse_params<Params>(in));
                },
                [](const ParamMap& in) { return list_params(parse_params<Params>(in)); }};
    const auto [it, inserted] = entries_.emplace(std::move(name), std::move(entry));
    require(inserted, "plugin '{}' is registered twice", it->first);
  }

  bool contains(const std::string& name) const { return entries_.count(name) != 0; }

  /// Throws `not_found` with the nearest name, or all names, when there is no such plugin.
  const Entry& at(const std::string& name) const {
    const auto it = entries_.find(name);
    if (it != entries_.end()) return it->second;
    std::string known;
    for (const auto& entry : names()) known += " " + entry;
    const auto near = nearest_name(name, names());
    fail(ErrorCode::not_found, "no plugin '{}'{}; known:{}", name,
         near.empty() ? "" : "; did you mean '" + near + "'?", known);
  }

  /// Throws `not_found` as `at`, and `invalid_argument` naming the plugin for a bad parameter.
  std::unique_ptr<Interface> make(const std::string& name, const ParamMap& params = {}) const {
    const auto& entry = at(name);
    try {
      return entry.make(params, *this);
    } catch (const Error& error) {
      fail(error.code(), "{}: {}", name, error.what());
    }
  }

  std::vector<std::string> names() const {
    std::vector<std::string> out;
    for (const auto& [name, entry] : entries_) out.push_back(name);
    return out;
  }

  const std::map<std::string, Entry>& entries() const { return entries_; }

 private:
  std::map<std::string, Entry> entries_;
};

}  // namespace medley
