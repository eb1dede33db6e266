#include "apps/medley/new_item_file.h"

#include "medley/core/error.h"
#include "medley/core/file.h"
#include "medley/core/params.h"

#include <fmt/format.h>
#include <fmt/ranges.h>
#include <nlohmann/json.hpp>

#include <algorithm>
#include <filesystem>

namespace medley::app {
namespace {

constexpr std::uint64_t kMaxBytes = std::uint64_t{64} << 20;

class Reader {
 public:
  Reader(const std::string& path, const engine::Pipeline& pipeline) : path_(path), pipeline_(pipeline) {}

  std::vector<engine::NewItem> read() const {
    const auto json = parsed();
    std::vector<engine::NewItem> out;
    if (json.is_array()) {
      for (const auto& one : json) out.push_back(item(one, out.size() + 1));
    } else {
      out.push_back(item(json, 1));
    }
    require(!out.empty(), "'{}': there is no item in it", path_);
    return out;
  }

 private:
  nlohmann::json parsed() const {
    const auto text = read_file(path_, kMaxBytes);
    try {
      return nlohmann::json::parse(text);
    } catch (const nlohmann::json::exception& error) {
      // "[json.exception.parse_error.101] parse error at line 1, column 2: ...": the code says nothing to
      // users.
      const std::string what = error.what();
      const auto end = what.find("] ");
      fail(ErrorCode::invalid_argument, "'{}': {}", path_,
           end == std::string::npos ? what : what.substr(end + 2));
    }
  }

  engine::NewItem item(const nlohmann::json& json, std::size_t number) const {
    require(json.is_object(), "'{}': item {} is no JSON object", path_, number);
    engine::NewItem out;
    out.id = fmt::format("new {}", number);
    for (const auto& [name, value] : json.items()) {
      if (!value.is_null()) take(out, name, value);
    }
    return out;
  }

  void take(engine::NewItem& item, const std::string& name, const nlohmann::json& value) const {
    if (name == "id") {
      item.id = text(name, value);
    } else if (const auto kind = std::ranges::find(data::kMediaKinds, name, data::name_of);
               kind != data::kMediaKinds.end()) {
      item.files[*kind] = (std::filesystem::path(path_).parent_path() / text(name, value)).string();
    } else if (is_in(pipeline_.texts(), name)) {
      item.texts[name] = text(name, value);
    } else if (is_in(pipeline_.categories(), name)) {
      item.categories[name] = texts(name, value);
    } else if (is_in(pipeline_.numbers(), name)) {
      require(value.is_number(), "'{}': '{}' must be a number, got {}", path_, name, value.dump());
      item.numbers[name] = value.get<double>();
    } else {
      unknown(name);
    }
  }

  std::string text(const std::string& name, const nlohmann::json& value) const {
    require(value.is_string(), "'{}': '{}' must be a text, got {}", path_, name, value.dump());
    return value.get<std::string>();
  }

  std::vector<std::string> texts(const std::string& name, const nlohmann::json& value) const {
    if (!value.is_array()) return {text(name, value)};
    std::vector<std::string> out;
    for (const auto& one : value) out.push_back(text(name, one));
    return out;
  }

  static bool is_in(const std::vector<std::string>& names, const std::string& name) {
    return std::find(names.begin(), names.end(), name) != names.end();
  }

  [[noreturn]] void unknown(const std::string& name) const {
    std::vector<std::string> known{"id", "image", "audio", "video"};
    for (const auto* names : {&pipeline_.texts(), &pipeline_.categories(), &pipeline_.numbers()})
      known.insert(known.end(), names->begin(), names->end());
    const auto near = nearest_name(name, known);
    fail(
        ErrorCode::invalid_argument, "'{}': the catalogue has no field '{}'; {}", path_, name,
        near.empty() ? fmt::format("there are: {}", fmt::join(known, ", ")) : "did you mean '" + near + "'?");
  }

  const std::string& path_;
  const engine::Pipeline& pipeline_;
};

}  // namespace

std::vector<engine::NewItem> read_new_items(const std::string& path, const engine::Pipeline& pipeline) {
  return Reader(path, pipeline).read();
}

}  // namespace medley::app
