#include "medley/core/error.h"
#include "medley/core/file.h"
#include "medley/data/npy_header.h"
#include "medley/data/writers/cells.h"
#include "medley/data/writers/formats.h"
#include "medley/data/writers/log_facts.h"

#include <fmt/format.h>

#include <algorithm>
#include <cctype>
#include <map>

namespace medley::data {
namespace {

/// The rows that stay, in their order, and the new number of each (-1: it goes).
struct Renumbered {
  std::vector<std::int32_t> rows;
  std::vector<std::int32_t> number;
};

Renumbered renumber(std::int32_t size, const std::function<bool(std::int32_t)>& stays) {
  Renumbered out;
  for (std::int32_t row = 0; row < size; ++row) {
    const bool kept = stays(row);
    out.number.push_back(kept ? static_cast<std::int32_t>(out.rows.size()) : -1);
    if (kept) out.rows.push_back(row);
  }
  return out;
}

void write_mapping(const WriteContext& context, const char* name, const char* header, const IdMap& ids,
                   const Renumbered& numbers) {
  AtomicFile file(context.folder.path(name));
  file.write(header);
  std::int32_t number = 0;
  for (const auto row : numbers.rows)
    file.write(fmt::format("{}\t{}\n", quoted_cell(ids.id(row), '\t'), number++));
  file.commit();
  context.folder.add(name, static_cast<std::int64_t>(numbers.rows.size()));
}

std::int64_t write_pairs(const WriteContext& context, const SplitPairs& split, const Renumbered& users,
                         const Renumbered& items) {
  const auto name = context.input.name + ".inter";
  const bool timed = std::ranges::all_of(split, all_timed);
  AtomicFile file(context.folder.path(name));
  file.write(fmt::format("userID\titemID\trating{}\tx_label\n", timed ? "\ttimestamp" : ""));
  std::int64_t rows = 0;
  for (std::size_t label = 0; label < split.size(); ++label) {
    const auto& pairs = split[label];
    context.services.progress.begin("export pairs", 0);
    each_pair(pairs, context.services, [&](UserId user, ItemId item, std::size_t at) {
      auto line =
          fmt::format("{}\t{}\t{}", users.number[static_cast<std::size_t>(user)],
                      items.number[static_cast<std::size_t>(item)], number_cell(pairs.by_user.value[at]));
      if (timed) line += "\t" + time_cell(pairs.by_user.time[at]);
      file.write(fmt::format("{}\t{}\n", line, label));
      ++rows;
    });
  }
  file.commit();
  context.folder.add(name, rows);
  return rows;
}

using Tables = std::vector<const FeatureTable*>;

/// The tables of each modality, by the name that goes before `_feat`.
std::map<std::string, Tables> by_modality(const ExportInput& input) {
  std::map<std::string, Tables> out;
  for (const auto& table : input.tables) {
    auto name = table->modality.empty() ? table->name : table->modality;
    for (auto& c : name) {
      if (std::isalnum(static_cast<unsigned char>(c)) == 0) c = '_';
    }
    out[name].push_back(table.get());
  }
  return out;
}

/// Copies row `item` of a table to `out`; what is absent stays zero.
void copy_row(const FeatureTable& table, math::Index item, float* out) {
  if (table.present[static_cast<std::size_t>(item)] == 0) return;
  if (!table.is_sparse()) {
    std::ranges::copy(table.dense().row(item), out);
    return;
  }
  const auto rows = table.sparse().view();
  const auto indices = rows.row_indices(item);
  const auto values = rows.row_values(item);
  for (std::size_t k = 0; k < indices.size(); ++k) out[indices[k]] = values[k];
}

/// One row at a time, so that a sparse table never stands in memory as a dense one.
void write_features(const WriteContext& context, const std::string& modality, const Tables& tables,
                    const Renumbered& items, ExportReport& report) {
  const auto name = context.folder.part_of_name(modality) + "_feat.npy";
  std::int64_t width = 0;
  for (const auto* table : tables) width += table->dim();
  AtomicFile file(context.folder.path(name));
  file.write(make_npy_header("<f4", {static_cast<std::int64_t>(items.rows.size()), width}));
  context.services.progress.begin("export " + name, static_cast<std::int64_t>(items.rows.size()));
  std::vector<float> row(static_cast<std::size_t>(width));
  std::int64_t zeros = 0;
  for (const auto item : items.rows) {
    context.services.cancel.check();
    std::ranges::fill(row, 0.0f);
    float* out = row.data();
    for (const auto* table : tables) {
      copy_row(*table, item, out);
      out += table->dim();
    }
    zeros += std::ranges::all_of(row, [](float value) { return value == 0.0f; }) ? 1 : 0;
    file.write(row.data(), row.size() * sizeof(float));
  }
  file.commit();
  context.folder.add(name, static_cast<std::int64_t>(items.rows.size()));
  report.note(fmt::format("items without {}: their rows are zeros", modality), zeros);
}

}  // namespace

ExportReport write_mmrec(const WriteContext& context) {
  const auto& dataset = context.input.dataset;
  const auto& split = *context.input.split;
  const auto users = renumber(dataset.user_count(), [&](UserId user) {
    return std::ranges::any_of(split, [&](const auto& part) { return !part.items_of(user).empty(); });
  });
  const auto items = renumber(dataset.item_count(), [&](ItemId item) {
    return std::ranges::any_of(split, [&](const auto& part) { return !part.users_of(item).empty(); });
  });
  ExportReport report;
  report.users = static_cast<std::int64_t>(users.rows.size());
  report.items = static_cast<std::int64_t>(items.rows.size());
  report.events = write_pairs(context, split, users, items);
  write_mapping(context, "u_id_mapping.csv", "user_id\tuserID\n", dataset.users, users);
  write_mapping(context, "i_id_mapping.csv", "asin\titemID\n", dataset.items, items);
  for (const auto& [modality, tables] : by_modality(context.input))
    write_features(context, modality, tables, items, report);
  report.note("items without a pair are left out: MMRec counts the items by the log",
              dataset.item_count() - report.items);
  if (!std::ranges::all_of(split, all_timed)) {
    std::int64_t without = 0;
    for (const auto& part : split) without += std::ranges::count(part.by_user.time, kNoTime);
    report.note("pairs have no time, so that there is no column of times", without);
  }
  return report;
}

}  // namespace medley::data
