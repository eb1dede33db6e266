#include "medley/data/dataset_builder.h"

#include "medley/core/error.h"
#include "medley/core/params.h"
#include "medley/data/npy.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <limits>

namespace medley::data {
namespace {

namespace fs = std::filesystem;

/// The column called `name`, made now if it is new.
template <class Column>
Column& column(std::vector<Column>& columns, std::string_view name) {
  for (auto& known : columns) {
    if (known.name == name) return known;
  }
  columns.emplace_back();
  columns.back().name = std::string(name);
  return columns.back();
}

template <class Values, class Value>
void put(Values& values, std::size_t row, Value value, const typename Values::value_type& absent) {
  if (values.size() <= row) values.resize(row + 1, absent);
  values[row] = std::move(value);
}

/// A feature file beside an MMRec log: row r is the item "r".
struct Vectors {
  fs::path file;
  math::Matrix rows;
};

/// The largest item number. Throws where an id is no number as MMRec writes it.
std::int64_t largest_item(const Dataset& dataset, const fs::path& file) {
  std::int64_t largest = -1;
  for (ItemId item = 0; item < dataset.item_count(); ++item) {
    const auto& id = dataset.items.id(item);
    std::int64_t number = -1;
    if (!parse_int(id, number) || number < 0 || std::to_string(number) != id) {
      fail(ErrorCode::corrupt_data, "'{}': the rows of vectors go by number, and item '{}' is none",
           file.string(), id);
    }
    largest = std::max(largest, number);
  }
  return largest;
}

FeatureTable to_table(const Vectors& vectors, const Dataset& dataset) {
  FeatureTable out;
  const auto stem = vectors.file.stem().string();
  out.name = out.modality = stem.substr(0, stem.find("_feat"));
  math::Matrix rows(dataset.item_count(), vectors.rows.cols());
  out.present.resize(static_cast<std::size_t>(dataset.item_count()));
  for (math::Index row = 0; row < vectors.rows.rows(); ++row) {
    const auto item = *dataset.items.find(std::to_string(row));
    const auto from = vectors.rows.row(row);
    std::copy(from.begin(), from.end(), rows.row(item).begin());
    out.present[static_cast<std::size_t>(item)] =
        std::any_of(from.begin(), from.end(), [](float value) { return value != 0.0f; }) ? 1 : 0;
  }
  out.rows = std::move(rows);
  check_table(out);
  return out;
}

void read_all_features(const fs::path& folder, Dataset& dataset) {
  std::vector<fs::path> files;
  for (const auto& entry : fs::directory_iterator(folder)) {
    const auto name = entry.path().filename().string();
    if (name.size() > 9 && name.ends_with("_feat.npy")) files.push_back(entry.path());
  }
  std::sort(files.begin(), files.end());
  std::vector<Vectors> all;
  for (const auto& file : files) {
    all.push_back({file, load_npy(file)});
    const auto rows = all.back().rows.rows();
    if (const auto largest = largest_item(dataset, file); largest >= rows) {
      fail(ErrorCode::corrupt_data, "'{}' has {} rows, and there is an item {}", file.string(), rows,
           largest);
    }
  }
  // Every row is an item, whatever file it stands in: the tables are as long as the longest.
  for (const auto& vectors : all) {
    for (math::Index row = 0; row < vectors.rows.rows(); ++row) dataset.items.add(std::to_string(row));
  }
  for (const auto& vectors : all) dataset.features.push_back(to_table(vectors, dataset));
}

}  // namespace

std::int32_t DatasetBuilder::kind(std::string_view name) {
  const auto known = kinds_.find(name);
  if (known != kinds_.end()) return known->second;
  if (kinds_.empty()) dataset_.log.kinds.clear();
  const auto number = static_cast<std::int32_t>(dataset_.log.kinds.size());
  dataset_.log.kinds.emplace_back(name);
  kinds_.emplace(name, number);
  return number;
}

void DatasetBuilder::event(const EventRow& row) {
  dataset_.log.events.push_back(
      {dataset_.users.add(row.user), dataset_.items.add(row.item), row.value, kind(row.kind), row.time});
  all_labelled_ = all_labelled_ && row.label.has_value();
  if (all_labelled_) dataset_.log.labels.push_back(*row.label);
}

void DatasetBuilder::item(const ItemRow& row) {
  const auto at = static_cast<std::size_t>(dataset_.items.add(row.id));
  auto& catalog = dataset_.catalog;
  for (const auto& [name, text] : row.texts) put(column(catalog.texts, name).values, at, text, {});
  for (const auto& [name, values] : row.categories)
    put(column(catalog.categories, name).values, at, values, {});
  for (const auto& [name, value] : row.numbers) {
    put(column(catalog.numbers, name).values, at, value, std::numeric_limits<double>::quiet_NaN());
  }
  if (!row.image.empty()) put(catalog.images, at, row.image, {});
  put(catalog.has_row, at, std::uint8_t{1}, 0);
}

Dataset DatasetBuilder::finish() {
  if (!all_labelled_) dataset_.log.labels.clear();
  const bool has_items = !dataset_.catalog.has_row.empty();
  if (has_items) dataset_.catalog.resize(dataset_.item_count());
  all_labelled_ = true;
  kinds_.clear();
  return std::exchange(dataset_, {});
}

Dataset load_benchmark(const fs::path& path, const std::string& format, const Services& services,
                       Quarantine& quarantine) {
  ImportOptions import;
  import.format = format.empty() ? detect_format(path) : format;
  DatasetBuilder builder(quarantine);
  read_source(path, import, {}, builder, services);
  auto dataset = builder.finish();
  const auto folder = fs::is_directory(path) ? path : path.parent_path();
  dataset.name = fs::weakly_canonical(folder).filename().string();
  if (import.format == "mmrec") read_all_features(folder, dataset);
  return dataset;
}

}  // namespace medley::data
