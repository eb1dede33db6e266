#include "medley/engine/extract.h"

#include "medley/core/error.h"
#include "medley/core/file.h"
#include "medley/core/hash.h"
#include "medley/data/csv.h"
#include "medley/data/feature_files.h"
#include "medley/data/writers/cells.h"
#include "medley/engine/image_rows.h"
#include "medley/engine/material.h"
#include "medley/engine/parameter_files.h"

#include <fmt/format.h>

#include <algorithm>
#include <chrono>

namespace medley::engine {
namespace {

/// One section with what the extraction of it shares.
struct Job {
  const Workspace& workspace;
  const data::Dataset& dataset;
  const FeatureConfig& feature;
  const Services& services;
};

/// What a section says, as text that names its vectors: the plugin, its version, every parameter, and of a
/// file that one names its content.
std::string recipe_of(const FeatureConfig& feature, const features::Extractor& extractor,
                      const features::Registry& extractors, const std::filesystem::path& folder) {
  const auto files = parameter_files(extractors, feature, folder);
  std::string out = fmt::format("{} {}", feature.extractor, extractor.version());
  for (const auto& field : extractors.at(feature.extractor).resolve(feature.params)) {
    const auto file = files.find(field.name);
    out += fmt::format(" {}={}", field.name, file == files.end() ? to_text(field.value) : file->second);
  }
  return out;
}

std::filesystem::path beside(const Job& job, const char* suffix) {
  return job.workspace.features() / (job.feature.name + suffix);
}

/// The whole list of items whose material gave no vector.
void write_absent(const std::filesystem::path& path, const std::vector<AbsentItem>& broken) {
  if (broken.empty()) return;
  std::string text = "item,reason\n";
  for (const auto& item : broken)
    text += data::quoted_cell(item.id) + "," + data::quoted_cell(item.reason) + "\n";
  write_file(path, text);
}

std::vector<AbsentItem> read_absent(const Job& job) {
  const auto path = beside(job, ".absent.csv");
  std::vector<AbsentItem> out;
  if (!std::filesystem::exists(path)) return out;
  data::CsvReader reader(data::open_file(path), {});
  reader.next();
  while (reader.next()) {
    if (reader.good() && reader.fields().size() == 2)
      out.push_back({std::string(reader.fields()[0]), std::string(reader.fields()[1])});
  }
  return out;
}

/// Vectors, reasons and state are one set of files: all of it is replaced, or nothing.
void save(const Job& job, const data::FeatureTable& table, const std::string& key,
          const std::vector<AbsentItem>& broken, const features::Extractor* fitted) {
  const auto write_more = [&](const std::filesystem::path& folder) {
    write_absent(folder / ".absent.csv", broken);
    if (fitted == nullptr) return;
    ArchiveWriter state(folder / ".state", "extractor");
    fitted->save(state);
    state.commit();
  };
  data::save_features(job.workspace.features(), table, job.dataset.items.ids(), key, write_more);
}

data::FeatureTable table_of(const FeatureConfig& feature, features::Vectors vectors,
                            std::vector<std::string> columns) {
  data::FeatureTable table;
  table.name = feature.name;
  table.modality = feature.modality;
  table.extractor = feature.extractor;
  table.rows = std::move(vectors.rows);
  table.present = std::move(vectors.present);
  table.columns = std::move(columns);
  return table;
}

void fill_counts(FeatureReport& report, const data::FeatureTable& table) {
  report.dim = table.dim();
  report.items = table.items();
  report.present = table.present_count();
}

void extract_images(const Job& job, const features::Extractor& extractor, const std::string& recipe,
                    FeatureReport& report) {
  const auto& paths = job.dataset.catalog.images;
  require(!paths.empty(),
          "[features.{}]: the catalogue has no pictures; [catalog] image in medley.toml says where they are",
          job.feature.name);
  Workspace::make_folder(job.workspace.cache());
  RowCache cache(job.workspace.cache() / (content_hash(recipe) + ".rows"));
  job.services.progress.begin("extract " + job.feature.name, static_cast<std::int64_t>(paths.size()));
  media::DecodeLimits limits;
  limits.max_pixels = job.workspace.config().max_pixels;
  auto images = image_rows(paths, extractor, limits, cache, job.services);
  for (std::size_t i = 0; i < paths.size(); ++i) {
    if (paths[i].empty())
      ++report.without_material;
    else if (images.present[i] == 0)
      report.broken.push_back({job.dataset.items.id(static_cast<data::ItemId>(i)), images.reasons[i]});
  }
  report.computed = images.computed;
  report.reused = images.reused;
  const auto table =
      table_of(job.feature, {std::move(images.rows), std::move(images.present), {}}, extractor.columns());
  fill_counts(report, table);
  save(job, table, content_hash(recipe), report.broken, nullptr);
}

/// Text, categories and numbers: the whole catalogue at once, again only when it or the recipe changed.
void extract_columns(const Job& job, features::Extractor& extractor, const std::string& recipe,
                     FeatureReport& report) {
  const Material material(job.dataset.catalog, job.feature, extractor.reads(), job.dataset.item_count());
  const auto folder = job.workspace.features();
  const auto ids = job.dataset.items.ids();
  std::string names;
  for (const auto& id : ids) names += id + '\n';
  const auto key = content_hash(recipe + material.hash() + names);
  const auto items = material.items();
  for (std::size_t i = 0; i < items.size(); ++i) report.without_material += material.has_any(i) ? 0 : 1;
  if (data::stored_key(folder, job.feature.name) == key) {
    const auto stored = data::load_features(folder, job.feature.name);
    fill_counts(report, stored.table);
    report.reused = report.present;
    report.broken = read_absent(job);
    return;
  }
  job.services.progress.begin("extract " + job.feature.name, 0);
  auto vectors = extractor.fitted() ? extractor.fit_transform(items, job.services)
                                    : extractor.transform(items, job.services);
  for (std::size_t i = 0; i < items.size(); ++i) {
    if (vectors.present[i] == 0 && material.has_any(i)) {
      report.broken.push_back(
          {ids[i], vectors.notes.empty() || vectors.notes[i].empty() ? "no vector" : vectors.notes[i]});
    }
  }
  const auto table = table_of(job.feature, std::move(vectors), extractor.columns());
  fill_counts(report, table);
  report.computed = report.present;
  save(job, table, key, report.broken, extractor.fitted() ? &extractor : nullptr);
}

void take_vectors(const Job& job, FeatureReport& report) {
  const auto path = job.workspace.folder() / job.feature.file;
  const auto stored = data::load_vectors(path, job.dataset.items);
  auto table = data::aligned(stored, job.dataset.items);
  table.name = job.feature.name;
  fill_counts(report, table);
  report.computed = report.present;
  report.without_material = report.items - report.present;
  save(job, table, "vectors from " + job.feature.file, {}, nullptr);
}

FeatureReport extract_one(const Job& job, const Plugins& plugins) {
  const auto begun = std::chrono::steady_clock::now();
  FeatureReport report;
  report.name = job.feature.name;
  report.extractor =
      job.feature.extractor.empty() ? "vectors from " + job.feature.file : job.feature.extractor;
  if (job.feature.extractor.empty()) {
    take_vectors(job, report);
  } else {
    const auto& folder = job.workspace.folder();
    const auto extractor = make_extractor(plugins.extractors, job.feature, folder);
    const auto recipe = recipe_of(job.feature, *extractor, plugins.extractors, folder);
    if (extractor->reads() == features::Reads::image) {
      extract_images(job, *extractor, recipe, report);
    } else {
      extract_columns(job, *extractor, recipe, report);
    }
  }
  job.services.progress.end();
  report.seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - begun).count();
  return report;
}

}  // namespace

std::vector<FeatureReport> extract(const Workspace& workspace, const data::Dataset& dataset,
                                   const Plugins& plugins, const Services& services) {
  const auto& sections = workspace.config().features;
  require(!sections.empty(), "'{}' names no features; a section such as [features.words] does",
          (workspace.folder() / "medley.toml").string());
  // All sections are held to their plugins before the first one costs time.
  for (const auto& feature : sections) {
    if (feature.extractor.empty()) continue;
    try {
      make_extractor(plugins.extractors, feature, workspace.folder());
    } catch (const Error& error) {
      fail(error.code(), "[features.{}]: {}", feature.name, error.what());
    }
  }
  Workspace::make_folder(workspace.features());
  std::vector<FeatureReport> out;
  for (const auto& feature : sections)
    out.push_back(extract_one({workspace, dataset, feature, services}, plugins));
  return out;
}

Tables load_tables(const Workspace& workspace, const data::Dataset& dataset, const Services& services) {
  Tables out;
  for (const auto& feature : workspace.config().features) {
    if (!data::stored_key(workspace.features(), feature.name)) {
      services.warn(fmt::format(
          "feature '{}' has no vectors yet and is left out; `medley extract` makes them", feature.name));
      continue;
    }
    auto table = data::aligned(data::load_features(workspace.features(), feature.name), dataset.items);
    table.modality = feature.modality;
    table.extractor = feature.extractor;
    table.from_tags =
        std::find(feature.fields.begin(), feature.fields.end(), data::kTagsField) != feature.fields.end();
    out.push_back(std::make_shared<data::FeatureTable>(std::move(table)));
  }
  return out;
}

}  // namespace medley::engine
