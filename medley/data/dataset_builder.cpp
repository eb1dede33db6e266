#include "medley/data/dataset_builder.h"

#include "medley/core/error.h"
#include "medley/data/feature_files.h"

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

void read_all_features(const fs::path& folder, Dataset& dataset) {
  std::vector<fs::path> files;
  for (const auto& entry : fs::directory_iterator(folder)) {
    const auto name = entry.path().filename().string();
    if (name.size() > 9 && name.ends_with("_feat.npy")) files.push_back(entry.path());
  }
  std::sort(files.begin(), files.end());
  std::vector<StoredFeatures> all;
  for (const auto& file : files) all.push_back(load_vectors(file, dataset.items));
  // Every row is an item, whatever file it stands in: the tables are as long as the longest.
  for (const auto& vectors : all) {
    for (const auto& id : vectors.ids) dataset.items.add(id);
  }
  for (auto& vectors : all) {
    auto& name = vectors.table.name;
    name = name.substr(0, name.find("_feat"));
    vectors.table.modality = name;
    dataset.features.push_back(aligned(vectors, dataset.items));
  }
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
  dataset_.log.iso_times = dataset_.log.iso_times || row.iso_time;
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
  for (const auto kind : kMediaKinds) {
    if (!row.files[kind].empty()) put(catalog.files[kind], at, row.files[kind], {});
  }
  if (row.availability) put(catalog.availability, at, *row.availability, {});
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
