#include "medley/data/readers/keyed_texts.h"

#include "medley/core/error.h"
#include "medley/core/file.h"

#include <nlohmann/json.hpp>

#include <utility>

namespace medley::data {
namespace {

using Json = nlohmann::json;

constexpr std::uint64_t kMaxBytes = std::uint64_t{1} << 30;

/// Takes an object of texts; stops at anything else.
class Handler final : public Json::json_sax_t {
 public:
  std::map<std::string, std::string> texts;
  std::string reason;

  bool null() override { return wrong(); }
  bool boolean(bool) override { return wrong(); }
  bool number_integer(number_integer_t) override { return wrong(); }
  bool number_unsigned(number_unsigned_t) override { return wrong(); }
  bool number_float(number_float_t, const string_t&) override { return wrong(); }
  bool binary(binary_t&) override { return wrong(); }
  bool start_array(std::size_t) override { return wrong(); }
  bool end_array() override { return true; }
  bool end_object() override { return true; }

  bool start_object(std::size_t) override {
    if (open_) return wrong();
    open_ = true;
    return true;
  }
  bool key(string_t& name) override {
    key_ = std::move(name);
    if (!texts.contains(key_)) return true;
    reason = fmt::format("the id '{}' stands twice", key_);
    return false;
  }
  bool string(string_t& text) override {
    if (!open_) return wrong();
    texts.emplace(key_, std::move(text));
    return true;
  }
  bool parse_error(std::size_t position, const std::string&, const Json::exception& error) override {
    reason = fmt::format("no JSON at byte {}: {}", position, error.what());
    return false;
  }

 private:
  bool wrong() {
    reason = open_ ? fmt::format("the value of '{}' is no text", key_) : "no object of ids and texts";
    return false;
  }

  bool open_ = false;
  std::string key_;
};

}  // namespace

std::map<std::string, std::string> read_keyed_texts(const std::filesystem::path& path) {
  const auto text = read_file(path, kMaxBytes);
  Handler handler;
  if (!Json::sax_parse(text.begin(), text.end(), &handler))
    fail(ErrorCode::corrupt_data, "'{}': {}", path.string(), handler.reason);
  return std::move(handler.texts);
}

std::int64_t add_texts(Dataset& dataset, const std::string& column,
                       const std::map<std::string, std::string>& texts) {
  require(dataset.catalog.text(column) == nullptr, "the catalogue has texts '{}' already", column);
  Catalog::Texts values{column, std::vector<std::string>(static_cast<std::size_t>(dataset.item_count()))};
  std::int64_t unused = 0;
  for (const auto& [id, text] : texts) {
    if (const auto item = dataset.items.find(id)) {
      values.values[static_cast<std::size_t>(*item)] = text;
    } else {
      ++unused;
    }
  }
  dataset.catalog.texts.push_back(std::move(values));
  return unused;
}

}  // namespace medley::data
