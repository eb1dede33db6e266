#include "medley/engine/import.h"

#include "medley/engine/workspace_lock.h"

#include "apps/medley/registry.h"
#include "apps/medley/table.h"
#include <fmt/format.h>
#include <nlohmann/json.hpp>

namespace medley::app {
namespace {

using Json = nlohmann::ordered_json;

Json to_json(const data::ImportResult::Counts& counts) {
  return {{"added", counts.added}, {"updated", counts.updated}, {"unchanged", counts.unchanged}};
}

Json to_json(const engine::ImportReport& report) {
  Json bad = Json::array();
  for (const auto& [reason, count] : report.bad_by_reason)
    bad.push_back({{"reason", reason}, {"count", count}});
  Json out{{"events", to_json(report.result.events)},
           {"items", to_json(report.result.items)},
           {"repeated", report.result.repeated}};
  if (report.result.missing > 0) out["now_unavailable"] = report.result.missing;
  if (report.result.returned > 0) out["available_again"] = report.result.returned;
  out["bad"] = report.result.bad;
  out["bad_by_reason"] = bad;
  if (report.result.bad > 0) out["quarantine"] = report.quarantine.string();
  out["store"] = {{"users", report.store.users},
                  {"items", report.store.items},
                  {"events", report.store.events},
                  {"catalogue_rows", report.store.catalogue_rows}};
  return out;
}

std::string to_text(const engine::ImportReport& report) {
  using Align = Table::Align;
  Table table({"", "added", "updated", "unchanged"}, {Align::left, Align::right, Align::right, Align::right});
  const auto row = [&](const char* name, const data::ImportResult::Counts& counts) {
    table.add({name, std::to_string(counts.added), std::to_string(counts.updated),
               std::to_string(counts.unchanged)});
  };
  row("events", report.result.events);
  row("catalogue rows", report.result.items);
  auto out = table.text();
  if (report.result.repeated > 0)
    out += fmt::format("{} rows repeat an event of the same file\n", report.result.repeated);
  if (report.result.missing > 0)
    out += fmt::format("{} items that the catalogue does not name are unavailable from now on\n",
                       report.result.missing);
  if (report.result.returned > 0)
    out += fmt::format("{} items that were missing are available again\n", report.result.returned);
  if (report.result.bad > 0) {
    out += fmt::format("{} bad row{} in {}, for example\n", report.result.bad,
                       report.result.bad == 1 ? "" : "s", report.quarantine.string());
    for (const auto& bad : report.examples)
      out += fmt::format("  {}:{}: {}\n", bad.file, bad.line, bad.reason);
  }
  out += fmt::format("the store holds {} users, {} items, {} events\n", report.store.users,
                     report.store.items, report.store.events);
  return out;
}

class Import final : public Command {
 public:
  const char* name() const override { return "import"; }
  const char* summary() const override { return "read a log and a catalogue into the workspace"; }
  const char* example() const override {
    return "Example: medley import --format movielens ml-latest-small\n"
           "The same data again changes nothing; changed rows are updated. Bad rows go to quarantine.csv.";
  }
  void declare(CLI::App& app) override {
    app.add_option("path", path_, "file or folder to read (default: the workspace's own)");
    app.add_option("--format", format_,
                   "movielens | recbole | mmrec | lightgcn | csv | jsonl (default: the one in medley.toml)");
    app.add_flag("--sync", sync_,
                 "the catalogue read is the whole of it: items that it does not name are not recommended "
                 "until one does");
  }
  void run(Session& session) override {
    const engine::Workspace workspace(session.workspace);
    const engine::WorkspaceLock lock(workspace, "medley import");
    const auto report =
        engine::import(workspace, path_.empty() ? session.workspace : path_, format_, session.services,
                       sync_ ? data::Missing::unavailable : data::Missing::stay);
    if (session.json) {
      session.print_json(to_json(report));
    } else {
      session.print(to_text(report));
    }
  }

 private:
  std::string path_;
  std::string format_;
  bool sync_ = false;
};

}  // namespace

void register_commands_import(Registry& registry) {
  registry.add<Import>();
}

}  // namespace medley::app
