#include "medley/engine/pipeline.h"

#include "medley/core/error.h"
#include "medley/data/feature_files.h"
#include "medley/engine/material.h"
#include "medley/engine/media_file.h"
#include "medley/engine/parameter_files.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <limits>

namespace medley::engine {
namespace {

using features::Reads;

template <class Column>
std::vector<std::string> names_of(const std::vector<Column>& columns) {
  std::vector<std::string> out;
  for (const auto& column : columns) out.push_back(column.name);
  return out;
}

/// The columns that an extractor reads where its section names none: all of the kind.
std::vector<std::string> fields_of(const FeatureConfig& feature, Reads reads, const data::Catalog& catalog) {
  if (!feature.fields.empty()) return feature.fields;
  switch (reads) {
    case Reads::text: return names_of(catalog.texts);
    case Reads::categories: return names_of(catalog.categories);
    case Reads::numbers: return names_of(catalog.numbers);
    case Reads::image:
    case Reads::audio:
    case Reads::video: break;
  }
  return {};
}

template <class Column, class Value>
std::vector<Column> columns_of(const std::vector<std::string>& names, std::size_t items,
                               const Value& absent) {
  std::vector<Column> out;
  for (const auto& name : names) {
    out.push_back({name, {}});
    out.back().values.assign(items, absent);
  }
  return out;
}

/// Puts what one item says into row `row` of the columns.
template <class Column, class Given>
void fill(std::vector<Column>& columns, const Given& given, std::size_t row, const std::string& id,
          const std::vector<std::string>& all, const char* kind) {
  for (const auto& [name, value] : given) {
    const auto column =
        std::find_if(columns.begin(), columns.end(), [&](const auto& one) { return one.name == name; });
    if (column != columns.end()) {
      column->values[row] = value;
      continue;
    }
    if (std::find(all.begin(), all.end(), name) != all.end())
      fail(ErrorCode::invalid_argument, "new item '{}': the catalogue's '{}' does not hold {}", id, name,
           kind);
    const auto near = nearest_name(name, all);
    fail(ErrorCode::invalid_argument, "new item '{}': the catalogue has no field '{}'; {}", id, name,
         near.empty() ? fmt::format("it has: {}", fmt::join(all, ", ")) : "did you mean '" + near + "'?");
  }
}

/// The media files of new items, read once for all features.
class NewMedia {
 public:
  NewMedia(std::span<const NewItem> items, const MediaLimits& limits) : items_(items), limits_(limits) {}

  /// Fills what an extractor of `kind` reads, pictures as `min_side` lets them come.
  void fill(std::vector<features::Item>& rows, data::MediaKind kind, int min_side) {
    auto& files = files_[kind];
    files.resize(items_.size());
    for (std::size_t i = 0; i < items_.size(); ++i) {
      const auto& path = file_for(kind, items_[i].files);
      if (path.empty()) continue;
      if (!files[i]) files[i] = std::make_unique<MediaFile>(read_media(path, kind), kind, limits_);
      const auto reason = files[i]->reason(min_side);
      if (!reason.empty())
        fail(ErrorCode::invalid_argument, "new item '{}': '{}' is no {}: {}", items_[i].id, path,
             data::word_for(kind), reason);
      rows[i] = files[i]->item(min_side);
    }
  }

 private:
  std::span<const NewItem> items_;
  MediaLimits limits_;
  data::PerMedia<std::vector<std::unique_ptr<MediaFile>>> files_;
};

/// What no feature can say of the item, feature by feature.
void require_any(std::span<const NewItem> items, const Tables& tables,
                 const std::vector<std::vector<std::string>>& notes) {
  for (std::size_t i = 0; i < items.size(); ++i) {
    std::vector<std::string> reasons;
    bool any = false;
    for (std::size_t m = 0; m < tables.size(); ++m) {
      any = any || tables[m]->present[i] != 0;
      const auto& said = notes[m].size() > i ? notes[m][i] : std::string();
      reasons.push_back(tables[m]->name + ": " + (said.empty() ? "nothing given" : said));
    }
    require(any, "new item '{}' has no modality that the features are made of ({})", items[i].id,
            fmt::join(reasons, "; "));
  }
}

/// A file that a parameter names must be the one that the model's vectors were made with.
void check_files(const ArchiveReader& from, const std::map<std::string, std::string>& now,
                 const FeatureConfig& feature) {
  if (now.empty()) return;  // a model file written before there were such parameters names none
  const auto keys = from.get_texts("files.keys");
  const auto values = from.get_texts("files.values");
  if (keys.size() != values.size())
    fail(ErrorCode::corrupt_data, "'{}': the files of feature '{}' do not fit together", from.path().string(),
         feature.name);
  for (std::size_t i = 0; i < keys.size(); ++i) {
    const auto found = now.find(keys[i]);
    const auto given = feature.params.find(keys[i]);
    require(found != now.end() && found->second == values[i],
            "[features.{}] {}: '{}' is not the one that the model was trained with; `medley extract`, then "
            "`medley train`",
            feature.name, keys[i], given == feature.params.end() ? "its file" : given->second);
  }
}

}  // namespace

Pipeline Pipeline::of(const Workspace& workspace, const data::Catalog& catalog,
                      const features::Registry& extractors) {
  Pipeline out;
  out.texts_ = names_of(catalog.texts);
  out.categories_ = names_of(catalog.categories);
  out.numbers_ = names_of(catalog.numbers);
  out.max_pixels_ = workspace.config().max_pixels;
  out.max_seconds_ = workspace.config().max_seconds;
  for (const auto& feature : workspace.config().features) {
    if (feature.extractor.empty() || !data::stored_key(workspace.features(), feature.name)) continue;
    auto extractor = make_extractor(extractors, feature, workspace.folder());
    if (extractor->fitted()) extractor->load({workspace.features() / (feature.name + ".state"), "extractor"});
    Step step{feature, {}, {}};
    // What a fitted one took of a file is in its state.
    if (!extractor->fitted()) step.files = parameter_files(extractors, feature, workspace.folder());
    step.feature.fields = fields_of(feature, extractor->reads(), catalog);
    step.extractor = std::move(extractor);
    out.steps_.push_back(std::move(step));
  }
  return out;
}

void Pipeline::save(ArchiveWriter& out) const {
  out.put_texts("texts", texts_);
  out.put_texts("categories", categories_);
  out.put_texts("numbers", numbers_);
  out.put_value<std::int64_t>("max_pixels", max_pixels_);
  out.put_value<double>("max_seconds", max_seconds_);
  out.put_value<std::int64_t>("features", static_cast<std::int64_t>(steps_.size()));
  for (std::size_t i = 0; i < steps_.size(); ++i) {
    const auto& feature = steps_[i].feature;
    std::vector<std::string> keys, values;
    for (const auto& [key, value] : feature.params) {
      keys.push_back(key);
      values.push_back(value);
    }
    out.enter(std::to_string(i));
    out.put_texts("names", std::vector<std::string>{feature.name, feature.extractor, feature.modality});
    out.put_texts("fields", feature.fields);
    out.put_texts("params.keys", keys);
    out.put_texts("params.values", values);
    keys.clear();
    values.clear();
    for (const auto& [key, value] : steps_[i].files) {
      keys.push_back(key);
      values.push_back(value);
    }
    out.put_texts("files.keys", keys);
    out.put_texts("files.values", values);
    if (steps_[i].extractor->fitted()) {
      out.enter("state");
      steps_[i].extractor->save(out);
      out.leave();
    }
    out.leave();
  }
}

Pipeline Pipeline::load(const ArchiveReader& in, const features::Registry& extractors) {
  Pipeline out;
  out.texts_ = in.get_texts("texts");
  out.categories_ = in.get_texts("categories");
  out.numbers_ = in.get_texts("numbers");
  out.max_pixels_ = in.get_value<std::int64_t>("max_pixels");
  // Files written before sounds and clips were read do not have it.
  out.max_seconds_ = in.contains("max_seconds") ? in.get_value<double>("max_seconds") : Config().max_seconds;
  const auto count = in.get_value<std::int64_t>("features");
  for (std::int64_t i = 0; i < count; ++i) {
    const auto from = in.inside(std::to_string(i));
    const auto names = from.get_texts("names");
    const auto keys = from.get_texts("params.keys");
    const auto values = from.get_texts("params.values");
    if (names.size() != 3 || keys.size() != values.size())
      fail(ErrorCode::corrupt_data, "'{}': feature {} of its pipeline does not fit together",
           in.path().string(), i);
    Step step;
    step.feature.name = names[0];
    step.feature.extractor = names[1];
    step.feature.modality = names[2];
    step.feature.fields = from.get_texts("fields");
    for (std::size_t p = 0; p < keys.size(); ++p) step.feature.params[keys[p]] = values[p];
    // A model file stands in the workspace's models/, and paths are from the workspace's folder.
    const auto folder = in.path().parent_path().parent_path();
    auto extractor = make_extractor(extractors, step.feature, folder);
    if (extractor->fitted())
      extractor->load(from.inside("state"));
    else
      check_files(from, parameter_files(extractors, step.feature, folder), step.feature);
    step.extractor = std::move(extractor);
    out.steps_.push_back(std::move(step));
  }
  return out;
}

bool Pipeline::has(Reads reads) const {
  return std::any_of(steps_.begin(), steps_.end(),
                     [&](const Step& step) { return step.extractor->reads() == reads; });
}

data::Catalog Pipeline::catalog_of(std::span<const NewItem> items) const {
  data::Catalog out;
  out.texts = columns_of<data::Catalog::Texts>(texts_, items.size(), std::string());
  out.categories =
      columns_of<data::Catalog::Categories>(categories_, items.size(), std::vector<std::string>());
  out.numbers =
      columns_of<data::Catalog::Numbers>(numbers_, items.size(), std::numeric_limits<double>::quiet_NaN());
  std::vector<std::string> all = texts_;
  all.insert(all.end(), categories_.begin(), categories_.end());
  all.insert(all.end(), numbers_.begin(), numbers_.end());
  for (std::size_t i = 0; i < items.size(); ++i) {
    fill(out.texts, items[i].texts, i, items[i].id, all, "text");
    fill(out.categories, items[i].categories, i, items[i].id, all, "categories");
    fill(out.numbers, items[i].numbers, i, items[i].id, all, "numbers");
  }
  return out;
}

Tables Pipeline::transform(std::span<const NewItem> items, const Services& services) const {
  require(!empty(), "there are no features to place a new item by; `medley extract`, then `medley train`");
  const auto catalog = catalog_of(items);
  const auto count = static_cast<std::int32_t>(items.size());
  require_readers(items);
  NewMedia media(items, MediaLimits::of(max_pixels_, max_seconds_));
  Tables out;
  std::vector<std::vector<std::string>> notes;
  for (const auto& step : steps_) {
    const Material material(catalog, step.feature, step.extractor->reads(), count);
    std::vector<features::Item> rows(material.items().begin(), material.items().end());
    if (const auto kind = file_kind(step.extractor->reads()))
      media.fill(rows, *kind, step.extractor->min_side());
    auto vectors = step.extractor->transform(rows, services);
    auto table = std::make_shared<data::FeatureTable>();
    table->name = step.feature.name;
    table->modality = step.feature.modality;
    table->extractor = step.feature.extractor;
    table->rows = std::move(vectors.rows);
    table->present = std::move(vectors.present);
    table->columns = step.extractor->columns();
    out.push_back(std::move(table));
    notes.push_back(std::move(vectors.notes));
  }
  require_files(items, out, notes);
  require_any(items, out, notes);
  return out;
}

void Pipeline::require_readers(std::span<const NewItem> items) const {
  for (const auto& item : items) {
    for (const auto kind : data::kMediaKinds) {
      if (item.files[kind].empty()) continue;
      const bool heard = kind == data::MediaKind::video && has(Reads::audio);
      require(
          heard || std::ranges::any_of(
                       steps_, [&](const Step& step) { return file_kind(step.extractor->reads()) == kind; }),
          "new item '{}' has a {}, and no feature of the catalogue is made of them", item.id,
          data::word_for(kind));
    }
  }
}

void Pipeline::require_files(std::span<const NewItem> items, const Tables& tables,
                             const std::vector<std::vector<std::string>>& notes) const {
  for (const auto given : data::kMediaKinds) {
    for (std::size_t i = 0; i < items.size(); ++i) {
      const auto& path = items[i].files[given];
      if (path.empty()) continue;
      std::string reason;
      bool any = false;
      for (std::size_t m = 0; m < tables.size(); ++m) {
        // A clip may be the sound, too: one that is silent is described by its pictures, and the other way.
        const auto kind = file_kind(steps_[m].extractor->reads());
        if (!kind || file_for(*kind, items[i].files) != path) continue;
        any = any || tables[m]->present[i] != 0;
        reason += fmt::format("; {}: {}", tables[m]->name,
                              notes[m].size() > i && !notes[m][i].empty() ? notes[m][i] : "no vector");
      }
      if (!any && !reason.empty())
        fail(ErrorCode::invalid_argument, "new item '{}': '{}' gives no vector{}", items[i].id, path, reason);
    }
  }
}

}  // namespace medley::engine
