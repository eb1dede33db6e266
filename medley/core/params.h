#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace medley {

/// Parameters as text, whatever they came from (a flag, a config file, a model file): name -> value as typed.
/// A list is written with '+': `1+1+.5`, `genres+year`.
using ParamMap = std::map<std::string, std::string>;

/// A parsed parameter value, for help, JSON and tables.
using Value =
    std::variant<bool, std::int64_t, double, std::string, std::vector<double>, std::vector<std::string>>;

/// The text form of `value`, which a FieldReader reads back to the same value.
std::string to_text(const Value& value);

template <class T>
struct Range {
  T min;
  T max;
};

/// Visits the fields of a parameter struct. A struct names each field once, in
///     void fields(FieldVisitor& v) { v.field("lambda", lambda, {0.0, 1e9}, "added to the diagonal"); }
/// and gets parsing, range checks, help, JSON and the reference page from it.
class FieldVisitor {
 public:
  virtual ~FieldVisitor() = default;
  virtual void field(const char* name, int& value, Range<int> range, const char* help) = 0;
  virtual void field(const char* name, double& value, Range<double> range, const char* help) = 0;
  virtual void field(const char* name, bool& value, const char* help) = 0;
  /// `choices` empty: any text.
  virtual void field(const char* name, std::string& value, std::vector<std::string> choices,
                     const char* help) = 0;
  /// A list of numbers; `range` holds for each.
  virtual void field(const char* name, std::vector<double>& value, Range<double> range, const char* help) = 0;
  virtual void field(const char* name, std::vector<std::string>& value, const char* help) = 0;
  /// The path of a file or folder; in medley.toml from the workspace's folder. "" where there is none.
  virtual void file(const char* name, std::string& value, const char* help) = 0;
  /// Another plugin of the same registry, as a spec: `name(key=value)`.
  virtual void plugin(const char* name, std::string& value, const char* help) = 0;
};

/// Sets fields from `params`. Throws `invalid_argument` for a value that its field does not take, and in
/// `finish` for a name that no field claimed (with the nearest known name).
class FieldReader final : public FieldVisitor {
 public:
  explicit FieldReader(const ParamMap& params) : params_(params), unread_(params) {}

  void field(const char* name, int& value, Range<int> range, const char* help) override;
  void field(const char* name, double& value, Range<double> range, const char* help) override;
  void field(const char* name, bool& value, const char* help) override;
  void field(const char* name, std::string& value, std::vector<std::string> choices,
             const char* help) override;
  void field(const char* name, std::vector<double>& value, Range<double> range, const char* help) override;
  void field(const char* name, std::vector<std::string>& value, const char* help) override;
  void file(const char* name, std::string& value, const char* help) override;
  void plugin(const char* name, std::string& value, const char* help) override;

  void finish() const;

 private:
  const std::string* take(const char* name);

  const ParamMap& params_;
  ParamMap unread_;
  std::vector<std::string> known_;
};

struct FieldInfo {
  std::string name;
  std::string help;
  Value value;  ///< the default, or what the struct holds
  std::vector<std::string>
      limits;  ///< {min, max} of a number or list of numbers, the choices of a text, else empty
  bool names_file = false;
  bool names_plugin = false;
};

/// Lists the fields with the values that the struct holds.
class FieldLister final : public FieldVisitor {
 public:
  void field(const char* name, int& value, Range<int> range, const char* help) override;
  void field(const char* name, double& value, Range<double> range, const char* help) override;
  void field(const char* name, bool& value, const char* help) override;
  void field(const char* name, std::string& value, std::vector<std::string> choices,
             const char* help) override;
  void field(const char* name, std::vector<double>& value, Range<double> range, const char* help) override;
  void field(const char* name, std::vector<std::string>& value, const char* help) override;
  void file(const char* name, std::string& value, const char* help) override;
  void plugin(const char* name, std::string& value, const char* help) override;

  std::vector<FieldInfo> fields;
};

template <class P>
P parse_params(const ParamMap& in) {
  P params;
  FieldReader reader(in);
  params.fields(reader);
  reader.finish();
  return params;
}

/// The fields of `params` with the values it holds.
template <class P>
std::vector<FieldInfo> list_params(P params = {}) {
  FieldLister lister;
  params.fields(lister);
  return lister.fields;
}

/// Reads a whole number or a decimal number that fills `text`; false otherwise (also for NaN and infinity).
bool parse_int(std::string_view text, std::int64_t& out);
bool parse_double(std::string_view text, double& out);

/// Splits at every `separator`; "" gives no part.
std::vector<std::string> split_list(std::string_view text, char separator);

/// Splits at every `separator` that is not inside (...) or [...]: `a(x=1+2)+b` at '+' gives `a(x=1+2)` and
/// `b`.
std::vector<std::string> split_outside_brackets(std::string_view text, char separator);

/// The candidate nearest to `name` by edit distance, or "" when none is within a third of its length.
std::string nearest_name(std::string_view name, const std::vector<std::string>& candidates);

}  // namespace medley
