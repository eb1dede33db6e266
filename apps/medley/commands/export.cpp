#include "medley/engine/export.h"

#include "medley/data/split/split.h"

#include "apps/medley/registry.h"
#include "apps/medley/table.h"
#include <fmt/format.h>
#include <fmt/ranges.h>
#include <nlohmann/json.hpp>

namespace medley::app {
namespace {

using Json = nlohmann::ordered_json;

Json to_json(const std::string& format, const engine::ExportResult& result) {
  Json files = Json::array();
  for (const auto& file : result.files)
    files.push_back({{"name", file.name}, {"rows", file.rows}, {"bytes", file.bytes}});
  Json notes = Json::array();
  for (const auto& note : result.report.notes) notes.push_back({{"note", note.text}, {"count", note.count}});
  Json out{{"format", format},
           {"folder", result.folder.string()},
           {"users", result.report.users},
           {"items", result.report.items},
           {"events", result.report.events}};
  if (!result.split.empty()) {
    out["split"] = result.split;
    out["split_notes"] = result.split_notes;
  }
  out["files"] = std::move(files);
  out["notes"] = std::move(notes);
  return out;
}

std::string to_text(const engine::ExportResult& result) {
  using Align = Table::Align;
  Table table({"file", "rows", "bytes"}, {Align::left, Align::right, Align::right});
  std::uint64_t bytes = 0;
  for (const auto& file : result.files) {
    table.add({file.name, std::to_string(file.rows), std::to_string(file.bytes)});
    bytes += file.bytes;
  }
  auto out = table.text();
  if (!result.split.empty()) out += fmt::format("parts: {}\n", result.split);
  for (const auto& note : result.split_notes) out += note + "\n";
  for (const auto& note : result.report.notes) out += fmt::format("{} {}\n", note.count, note.text);
  return out + fmt::format("{} users, {} items, {} rows of the log: {} files, {} bytes in {}\n",
                           result.report.users, result.report.items, result.report.events,
                           result.files.size(), bytes, result.folder.string());
}

class Export final : public Command {
 public:
  const char* name() const override { return "export"; }
  const char* summary() const override {
    return "write the data as files of RecBole, MMRec, NumPy or as CSV";
  }
  const char* example() const override {
    return R"(Example: medley export --format mmrec --to data/shop
         medley export --format recbole --to dataset/shop --split leave_one_out
         medley export --format csv --to copy && medley import -w copy
The folder appears whole or not at all, and is listed in its medley-export.txt. Its name is the data's name.
recbole: NAME.inter, every event; NAME.item, the catalogue. With --split also NAME.train.inter, NAME.valid.inter and
  NAME.test.inter, a row a pair, for benchmark_filename: [train, valid, test].
  RecBole's files cannot quote. In texts a tab or a line break becomes a space, and a quote in front an apostrophe; in
  values of lists a blank becomes '_'; all are counted. An id with a tab, a line break or a quote in front is refused.
mmrec: NAME.inter, a row a pair with x_label; u_id_mapping.csv and i_id_mapping.csv from ids to its numbers; MODALITY_feat.npy,
  the features of a modality side by side. An absent feature is a row of zeros. An item without a pair is left out,
  because MMRec counts the items by the log.
npy: interactions_*.npy, rows by user as scipy.sparse.csr_matrix((value, indices, indptr)) takes them; features_*.npy;
  users.csv and items.csv name the rows. The time of a pair without one is -2^63, NumPy's NaT.
csv: events.csv, catalog.csv and a medley.toml with which `medley import` brings them back bit for bit;
  where only some events have a time, the others stand in events_without_time.csv.
  A cell that begins with = + - @ is a formula to a spreadsheet; --spreadsheet-safe puts ' before it.
csv and recbole list every event; pairs, and their parts, are those that `medley evaluate` takes.)";
  }
  void declare(CLI::App& app) override {
    app.add_option("--format", options_.format, "see below")
        ->check(CLI::IsMember(data::export_formats()))
        ->required();
    app.add_option("--to", folder_, "folder to write; made, or empty")->required();
    app.add_flag("--overwrite", options_.overwrite, "replace an earlier export there, and nothing else");
    auto splits = data::split_names();
    std::erase(splits, "new_user");  // of whose histories these formats have no part
    auto* split = app.add_option(
        "--split", options_.split,
        fmt::format("of recbole and mmrec: {} (mmrec without it: labels where there are, else random)",
                    fmt::join(splits, " | ")));
    app.add_option("--split-file", options_.split_file, "in place of --split, as `medley evaluate` reads it")
        ->excludes(split);
    app.add_option("--seed", options_.seed, "of a split by chance; 1 is the first run of `medley evaluate`")
        ->check(CLI::NonNegativeNumber)
        ->capture_default_str();
    app.add_flag("--spreadsheet-safe", options_.spreadsheet_safe, "of csv, see below");
  }
  void run(Session& session) override {
    options_.folder = folder_;
    const engine::Workspace workspace(session.workspace);
    const auto result = engine::export_data(workspace, options_, session.services);
    if (session.json) {
      session.print_json(to_json(options_.format, result));
    } else {
      session.print(to_text(result));
    }
  }

 private:
  engine::ExportOptions options_;
  std::string folder_;
};

}  // namespace

void register_commands_export(Registry& registry) {
  registry.add<Export>();
}

}  // namespace medley::app
