#include "medley/core/file.h"
#include "medley/data/npy.h"
#include "medley/data/writers/cells.h"
#include "medley/data/writers/formats.h"

#include <fmt/format.h>

#include <span>
#include <string>

namespace medley::data {
namespace {

template <class T>
void write_vector(const WriteContext& context, const std::string& name, const std::vector<T>& values) {
  context.services.cancel.check();
  save_npy_vector<T>(context.folder.path(name), values);
  context.folder.add(name, static_cast<std::int64_t>(values.size()));
}

/// A CSV file of numbered names.
void write_names(const WriteContext& context, const std::string& name, const char* header, std::int64_t count,
                 const std::function<std::string(std::int64_t)>& cell) {
  AtomicFile file(context.folder.path(name));
  file.write(header);
  for (std::int64_t row = 0; row < count; ++row) file.write(fmt::format("{},{}\n", row, cell(row)));
  file.commit();
  context.folder.add(name, count);
}

void write_ids(const WriteContext& context, const std::string& name, const IdMap& ids) {
  write_names(context, name, "row,id\n", ids.size(),
              [&](std::int64_t row) { return quoted_cell(ids.id(static_cast<std::int32_t>(row))); });
}

void write_interactions(const WriteContext& context) {
  const auto& rows = context.input.pairs->by_user;
  context.services.progress.begin("export pairs", 0);
  write_vector(context, "interactions_indptr.npy", rows.indptr);
  write_vector(context, "interactions_indices.npy", rows.ids);
  write_vector(context, "interactions_value.npy", rows.value);
  write_vector(context, "interactions_weight.npy", rows.weight);
  write_vector(context, "interactions_time.npy", rows.time);
  write_vector(context, "interactions_kind.npy", rows.kind);
}

/// `name`: what its files begin with.
void write_table(const WriteContext& context, const FeatureTable& table, const std::string& name) {
  context.services.progress.begin("export " + name, 0);
  if (table.is_sparse()) {
    write_vector(context, name + "_indptr.npy", table.sparse().indptr);
    write_vector(context, name + "_indices.npy", table.sparse().indices);
    write_vector(context, name + "_data.npy", table.sparse().values);
  } else {
    context.services.cancel.check();
    save_npy(context.folder.path(name + ".npy"), table.dense().view());
    context.folder.add(name + ".npy", table.items());
  }
  write_vector(context, name + "_present.npy", table.present);
  if (table.columns.empty()) return;
  write_names(
      context, name + "_columns.csv", "column,name\n", static_cast<std::int64_t>(table.columns.size()),
      [&](std::int64_t column) { return quoted_cell(table.columns[static_cast<std::size_t>(column)]); });
}

void write_feature_list(const WriteContext& context, const std::vector<std::string>& files) {
  AtomicFile file(context.folder.path("features.csv"));
  file.write("name,modality,extractor,storage,items,dim,present,files\n");
  for (std::size_t t = 0; t < files.size(); ++t) {
    const auto& table = *context.input.tables[t];
    file.write(fmt::format("{},{},{},{},{},{},{},{}\n", quoted_cell(table.name), quoted_cell(table.modality),
                           quoted_cell(table.extractor), table.is_sparse() ? "sparse" : "dense",
                           table.items(), table.dim(), table.present_count(), quoted_cell(files[t])));
  }
  file.commit();
  context.folder.add("features.csv", static_cast<std::int64_t>(context.input.tables.size()));
}

}  // namespace

ExportReport write_npy(const WriteContext& context) {
  const auto& dataset = context.input.dataset;
  const auto& kinds = dataset.log.kinds;
  ExportReport report;
  report.users = dataset.user_count();
  report.items = dataset.item_count();
  report.events = context.input.pairs->pairs();
  write_ids(context, "users.csv", dataset.users);
  write_ids(context, "items.csv", dataset.items);
  write_names(context, "kinds.csv", "kind,name\n", static_cast<std::int64_t>(kinds.size()),
              [&](std::int64_t kind) { return quoted_cell(kinds[static_cast<std::size_t>(kind)]); });
  write_interactions(context);
  std::vector<std::string> files;
  for (const auto& table : context.input.tables) {
    files.push_back("features_" + context.folder.part_of_name(table->name));
    write_table(context, *table, files.back());
    report.note(fmt::format("items are absent from {}: their rows are zeros", table->name),
                table->items() - table->present_count());
  }
  write_feature_list(context, files);
  return report;
}

}  // namespace medley::data
