#include "medley/engine/extract.h"

#include "medley/core/error.h"
#include "medley/core/file.h"
#include "medley/core/hash.h"
#include "medley/data/csv.h"
#include "medley/data/feature_files.h"
#include "medley/data/writers/cells.h"
#include "medley/engine/column_rows.h"
#include "medley/engine/file_rows.h"
#include "medley/engine/import.h"
#include "medley/engine/material.h"
#include "medley/engine/parameter_files.h"

#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <iterator>
#include <map>
#include <memory>

namespace medley::engine {
namespace {

/// What all sections share.
struct Extraction {
  const Workspace& workspace;
  const data::IdMap& items;
  const data::CatalogStream& columns;
  const Services& services;
};

/// One section with what the extraction of it shares.
struct Job : Extraction {
  const FeatureConfig& feature;
};

/// What a section says, as text that names its vectors: the plugin, its version, every parameter, and of a
/// file that one names its content.
std::string recipe_of(const FeatureConfig& feature, const features::Extractor& extractor,
                      const features::Registry& extractors, const std::filesystem::path& folder) {
  const auto files = parameter_files(extractors, feature, folder);
  std::string out = fmt::format("{} {}", feature.extractor, extractor.version());
  for (const auto& field : extractors.at(feature.extractor).resolve(feature.params)) {
    if (!files.contains(field.name)) out += fmt::format(" {}={}", field.name, to_text(field.value));
  }
  for (const auto& [name, content] : files) out += fmt::format(" {}={}", name, content);
  return out;
}

/// The rows of an extractor with its parameters, whatever the section is called.
std::filesystem::path cache_path(const Workspace& workspace, const std::string& recipe) {
  return workspace.cache() / (content_hash(recipe) + ".rows");
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
  data::save_features(job.workspace.features(), table, job.items.ids(), key, write_more);
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

/// A section with its extractor.
struct Made {
  const FeatureConfig* feature;
  std::unique_ptr<features::Extractor> extractor;  ///< null where a file gives the vectors
  std::string recipe;
};

std::vector<AbsentItem> absent_of(const Job& job, const FileRows& rows, std::span<const std::string> paths) {
  std::vector<AbsentItem> out;
  for (std::size_t i = 0; i < paths.size(); ++i) {
    if (!paths[i].empty() && rows.present[i] == 0)
      out.push_back({job.items.id(static_cast<data::ItemId>(i)), rows.reasons[i]});
  }
  return out;
}

std::vector<std::string> paths_of(const Extraction& all, data::MediaKind kind) {
  std::vector<std::string> out;
  out.reserve(static_cast<std::size_t>(all.items.size()));
  all.columns(data::ColumnType::file, [&](const data::Catalog& block, data::ItemId, std::int32_t count) {
    std::ranges::move(files_of(block, kind, count), std::back_inserter(out));
  });
  return out;
}

/// Where the files of a kind are named.
std::string keys_of(data::MediaKind kind) {
  return kind == data::MediaKind::audio ? "audio or video" : data::name_of(kind);
}

/// All features that read files of one kind, in one pass. `reports` is parallel to `made`.
void extract_files(const Extraction& all, data::MediaKind kind, std::vector<Made>& made,
                   std::vector<FeatureReport>& reports) {
  std::vector<std::size_t> chosen;
  for (std::size_t m = 0; m < made.size(); ++m) {
    if (made[m].extractor && file_kind(made[m].extractor->reads()) == kind) chosen.push_back(m);
  }
  if (chosen.empty()) return;
  const auto paths = paths_of(all, kind);
  require(std::ranges::any_of(paths, [](const auto& path) { return !path.empty(); }),
          "[features.{}]: the catalogue has no {}s; [catalog] {} in medley.toml says where they are",
          made[chosen[0]].feature->name, data::word_for(kind), keys_of(kind));
  Workspace::make_folder(all.workspace.cache());
  // By recipe: two sections may be made alike, and a cache is one process's and one user's of it.
  std::map<std::string, RowCache> caches;
  std::vector<FileFeature> features;
  std::string names;
  for (const auto m : chosen) {
    auto& cache = caches.try_emplace(made[m].recipe, cache_path(all.workspace, made[m].recipe)).first->second;
    features.push_back({*made[m].extractor, cache});
    names += (names.empty() ? "" : ", ") + made[m].feature->name;
  }
  all.services.progress.begin("extract " + names, static_cast<std::int64_t>(paths.size()));
  const auto& config = all.workspace.config();
  auto rows =
      file_rows(paths, kind, features, MediaLimits::of(config.max_pixels, config.max_seconds), all.services);
  for (std::size_t k = 0; k < chosen.size(); ++k) {
    const auto& one = made[chosen[k]];
    auto& report = reports[chosen[k]];
    const Job job{all, *one.feature};
    report.without_material = std::ranges::count(paths, std::string());
    report.broken = absent_of(job, rows[k], paths);
    report.computed = rows[k].computed;
    report.reused = rows[k].reused;
    report.seconds = rows[k].seconds;
    const auto table = table_of(*one.feature, {std::move(rows[k].rows), std::move(rows[k].present), {}},
                                one.extractor->columns());
    fill_counts(report, table);
    save(job, table, content_hash(one.recipe), report.broken, nullptr);
  }
  all.services.progress.end();
}

/// What the material of a section is, without the material.
struct Survey {
  std::string key;  ///< names the rows: changes with the recipe, the material of any item and the items
  std::vector<std::uint8_t> given;  ///< 1 for an item that has any
};

Survey survey_of(const std::string& recipe, const features::ItemBlocks& material, const data::IdMap& items,
                 const Services& services) {
  Survey out;
  out.given.reserve(material.size());
  MaterialHasher hasher;
  material.for_each([&](std::span<const features::Item> block, std::size_t) {
    services.cancel.check();
    for (const auto& item : block) {
      hasher.add(item);
      out.given.push_back(has_any(item) ? 1 : 0);
    }
  });
  ContentHasher key;
  key.add(recipe);
  key.add(hasher.digest());
  for (data::ItemId item = 0; item < items.size(); ++item) {
    key.add(items.id(item));
    key.add("\n");
  }
  out.key = key.digest();
  return out;
}

/// Rows of columns that changed: by the extractor's state, or item by item with those known already.
features::Vectors column_vectors(const Job& job, const features::ItemBlocks& material,
                                 features::Extractor& extractor, const std::string& recipe,
                                 FeatureReport& report) {
  if (extractor.fitted()) {
    auto vectors = extractor.fit_transform(material, job.services);
    report.computed = std::ranges::count(vectors.present, 1);
    return vectors;
  }
  Workspace::make_folder(job.workspace.cache());
  RowCache cache(cache_path(job.workspace, recipe));
  auto rows = column_rows(material, extractor, cache, job.services);
  report.computed = rows.computed;
  report.reused = rows.reused;
  return std::move(rows.vectors);
}

/// Rows that stand in the folder already.
void take_stored(const Job& job, features::Extractor& extractor, FeatureReport& report) {
  fill_counts(report, data::load_features(job.workspace.features(), job.feature.name).table);
  report.reused = report.present;
  report.broken = read_absent(job);
  // What it was trained on is in its state.
  if (!extractor.racy().empty()) extractor.load({beside(job, ".state"), "extractor"});
  report.racy = extractor.racy();
}

/// Text, categories and numbers: again only when the catalogue or the recipe changed.
void extract_columns(const Job& job, features::Extractor& extractor, const std::string& recipe,
                     FeatureReport& report) {
  const MaterialBlocks material(job.columns, job.feature, extractor.reads(), job.items.size());
  const auto [key, given] = survey_of(recipe, material, job.items, job.services);
  report.without_material = std::ranges::count(given, 0);
  if (data::stored_key(job.workspace.features(), job.feature.name) == key) {
    take_stored(job, extractor, report);
    return;
  }
  job.services.progress.begin("extract " + job.feature.name, job.items.size());
  auto vectors = column_vectors(job, material, extractor, recipe, report);
  report.racy = extractor.racy();
  for (std::size_t i = 0; i < given.size(); ++i) {
    if (vectors.present[i] != 0 || given[i] == 0) continue;
    const bool told = !vectors.notes.empty() && !vectors.notes[i].empty();
    report.broken.push_back(
        {job.items.id(static_cast<data::ItemId>(i)), told ? vectors.notes[i] : "no vector"});
  }
  const auto table = table_of(job.feature, std::move(vectors), extractor.columns());
  fill_counts(report, table);
  save(job, table, key, report.broken, extractor.fitted() ? &extractor : nullptr);
}

void take_vectors(const Job& job, FeatureReport& report) {
  const auto path = job.workspace.folder() / job.feature.file;
  const auto stored = data::load_vectors(path, job.items);
  auto table = data::aligned(stored, job.items);
  table.name = job.feature.name;
  fill_counts(report, table);
  report.computed = report.present;
  report.without_material = report.items - report.present;
  save(job, table, "vectors from " + job.feature.file, {}, nullptr);
}

/// The sections with their extractors; all are held to their plugins before the first one costs time.
std::vector<Made> made_of(const std::vector<FeatureConfig>& sections, const Plugins& plugins,
                          const std::filesystem::path& folder) {
  std::vector<Made> out;
  for (const auto& feature : sections) {
    Made one{&feature, nullptr, ""};
    if (!feature.extractor.empty()) {
      one.extractor = make_extractor(plugins.extractors, feature, folder);
      one.recipe = recipe_of(feature, *one.extractor, plugins.extractors, folder);
    }
    out.push_back(std::move(one));
  }
  return out;
}

/// A section that reads columns, or vectors made elsewhere.
void extract_one(const Job& job, Made& made, FeatureReport& report) {
  const auto begun = std::chrono::steady_clock::now();
  if (made.extractor) {
    extract_columns(job, *made.extractor, made.recipe, report);
  } else {
    take_vectors(job, report);
  }
  job.services.progress.end();
  report.seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - begun).count();
}

}  // namespace

std::vector<FeatureReport> extract(const Workspace& workspace, const Plugins& plugins,
                                   const Services& services) {
  const auto store = open_store(workspace);
  const auto& sections = workspace.config().features;
  require(!sections.empty(), "'{}' names no features; a section such as [features.words] does",
          (workspace.folder() / "medley.toml").string());
  auto made = made_of(sections, plugins, workspace.folder());
  Workspace::make_folder(workspace.features());
  std::vector<FeatureReport> reports(made.size());
  for (std::size_t m = 0; m < made.size(); ++m) {
    const auto& feature = *made[m].feature;
    reports[m].name = feature.name;
    reports[m].extractor = feature.extractor.empty() ? "vectors from " + feature.file : feature.extractor;
  }
  store.read_catalog([&](const data::IdMap& items, const data::CatalogStream& columns) {
    const Extraction all{workspace, items, columns, services};
    for (const auto kind : data::kMediaKinds) extract_files(all, kind, made, reports);
    for (std::size_t m = 0; m < made.size(); ++m) {
      if (!made[m].extractor || !file_kind(made[m].extractor->reads()))
        extract_one({all, *made[m].feature}, made[m], reports[m]);
    }
  });
  return reports;
}

std::shared_ptr<const data::FeatureTable> make_table(const data::Dataset& dataset,
                                                     const FeatureConfig& feature, const Plugins& plugins,
                                                     const Services& services) {
  const auto extractor = plugins.extractors.make(feature.extractor, feature.params);
  require(!file_kind(extractor->reads()), "'{}' reads files; name one of text, categories or numbers",
          feature.extractor);
  const Material material(dataset.catalog, feature, extractor->reads(), dataset.item_count());
  const features::ItemSpan items(material.items());
  auto vectors = extractor->fitted() ? extractor->fit_transform(items, services)
                                     : features::transform_all(*extractor, items, services);
  auto table = table_of(feature, std::move(vectors), extractor->columns());
  require(!table.is_raw(), "'{}' gives the input of a network, and nothing to compare items by",
          feature.extractor);
  return std::make_shared<data::FeatureTable>(std::move(table));
}

void refuse_raw(const Workspace& workspace, const Tables& tables, const std::vector<std::string>& by) {
  for (const auto& name : by) {
    if (std::ranges::any_of(tables, [&](const auto& table) { return is_called(*table, name); })) continue;
    for (const auto& feature : workspace.config().features) {
      const bool named = feature.name == name || feature.modality == name || feature.extractor == name;
      if (!named || !data::stored_key(workspace.features(), feature.name)) continue;
      require(!data::load_features(workspace.features(), feature.name).table.is_raw(),
              "the rows of feature '{}' are raw: '{}' gives the input of a network, and nothing to compare "
              "items by",
              feature.name, feature.extractor);
    }
  }
}

Tables load_tables(const Workspace& workspace, const data::Dataset& dataset, const Services& services,
                   const std::vector<std::string>& only) {
  Tables out;
  for (const auto& feature : workspace.config().features) {
    if (!only.empty() && std::ranges::count(only, feature.name) == 0) continue;
    if (!data::stored_key(workspace.features(), feature.name)) {
      services.warn(fmt::format(
          "feature '{}' has no vectors yet and is left out; `medley extract` makes them", feature.name));
      continue;
    }
    const auto stored = data::load_features(workspace.features(), feature.name);
    if (stored.table.is_raw()) continue;
    auto table = data::aligned(stored, dataset.items);
    table.modality = feature.modality;
    table.extractor = feature.extractor;
    table.from_tags =
        std::find(feature.fields.begin(), feature.fields.end(), data::kTagsField) != feature.fields.end();
    out.push_back(std::make_shared<data::FeatureTable>(std::move(table)));
  }
  return out;
}

}  // namespace medley::engine
