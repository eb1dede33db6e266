#include "medley/features/idf.h"
#include "medley/features/registry.h"

#include <algorithm>
#include <cmath>
#include <functional>
#include <map>
#include <set>
#include <utility>

namespace medley::features {
namespace {

/// One column a value of each field, by field and then in byte order. A row holds the IDF
/// ln((1 + n) / (1 + df)) + 1 (or 1) of each value that the item has, n counting every item of the catalogue.
/// The same value in two fields has two columns; a value twice in an item counts once.
class Categories final : public Extractor {
 public:
  struct Params {
    bool idf = true;
    std::vector<std::string> ignore{"(no genres listed)"};

    void fields(FieldVisitor& v) {
      v.field("idf", idf, "weigh rare values more: ln((1 + n) / (1 + df)) + 1; false: 1 each");
      v.field("ignore", ignore, "values that stand for 'none' (MovieLens writes '(no genres listed)')");
    }
  };

  explicit Categories(Params params)
      : idf_(params.idf), ignore_(params.ignore.begin(), params.ignore.end()) {}

  Reads reads() const override { return Reads::categories; }
  bool fitted() const override { return true; }
  int version() const override { return 1; }
  int dim() const override { return static_cast<int>(names_.size()); }
  std::vector<std::string> columns() const override { return names_; }

  void fit(const ItemBlocks& items, const Services&) override {
    std::map<Key, std::int64_t> counts;
    items.for_each([&](std::span<const Item> block, std::size_t) {
      for (const auto& item : block)
        for (const auto& key : keys_of(item)) ++counts[key];
    });
    clear();
    for (const auto& [key, count] : counts)
      add(key.first, key.second, idf_ ? smoothed_idf(items.size(), count) : 1.0);
  }

  Vectors transform(std::span<const Item> items, const Services& services) const override {
    services.cancel.check();
    math::Csr rows;
    rows.rows = static_cast<math::Index>(items.size());
    rows.cols = dim();
    Vectors out{{}, {}, std::vector<std::string>(items.size())};
    for (std::size_t i = 0; i < items.size(); ++i) {
      const auto keys = keys_of(items[i]);
      const auto before = rows.indices.size();
      for (const auto& key : keys) {
        const auto found = column_.find(key);
        if (found == column_.end()) continue;
        rows.indices.push_back(found->second);
        rows.values.push_back(static_cast<float>(weights_[static_cast<std::size_t>(found->second)]));
      }
      const bool present = rows.indices.size() > before;
      if (!present && !keys.empty()) out.notes[i] = "no known category";
      out.present.push_back(present ? 1 : 0);
      rows.indptr.push_back(static_cast<std::int64_t>(rows.indices.size()));
    }
    out.rows = std::move(rows);
    return out;
  }

  void save(ArchiveWriter& out) const override {
    out.put_texts("values", names_);
    out.put("fields", fields_);
    out.put("weights", weights_);
  }

  void load(const ArchiveReader& in) override {
    const auto names = in.get_texts("values");
    const auto fields = in.get<std::int32_t>("fields", names.size());
    const auto weights = in.get<double>("weights", names.size());
    clear();
    for (std::size_t c = 0; c < names.size(); ++c) add(fields[c], names[c], weights[c]);
  }

 private:
  using Key = std::pair<std::int32_t, std::string>;

  /// In the order of the columns, each once.
  std::set<Key> keys_of(const Item& item) const {
    std::set<Key> keys;
    for (std::size_t f = 0; f < item.categories.size(); ++f)
      for (const auto& value : item.categories[f])
        if (!value.empty() && !ignore_.contains(value)) keys.emplace(static_cast<std::int32_t>(f), value);
    return keys;
  }

  void clear() {
    names_.clear();
    fields_.clear();
    weights_.clear();
    column_.clear();
  }

  void add(std::int32_t field, const std::string& value, double weight) {
    column_.emplace(Key{field, value}, static_cast<std::int32_t>(names_.size()));
    names_.push_back(value);
    fields_.push_back(field);
    weights_.push_back(weight);
  }

  bool idf_;
  std::set<std::string> ignore_;
  std::vector<std::string> names_;
  std::vector<std::int32_t> fields_;
  std::vector<double> weights_;
  std::map<Key, std::int32_t> column_;
};

}  // namespace

void register_categories(Registry& registry) {
  registry.add<Categories>("categories", "genres, brands, classes: one column a value, weighted by IDF");
}

}  // namespace medley::features
