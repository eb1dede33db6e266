#include "medley/core/error.h"
#include "medley/core/file.h"
#include "medley/data/writers/cells.h"
#include "medley/data/writers/formats.h"
#include "medley/data/writers/log_facts.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <cmath>
#include <functional>
#include <set>
#include <string>
#include <utility>

namespace medley::data {
namespace {

void check_ids(const IdMap& ids, std::string_view what) {
  for (std::int32_t row = 0; row < ids.size(); ++row) {
    if (!breaks_tabs(ids.id(row))) continue;
    fail(ErrorCode::unsupported,
         "{} '{}' holds a tab or a line break, or begins with a quote, which a RecBole file cannot hold; "
         "--format csv or mmrec can",
         what, ids.id(row));
  }
}

/// A column of the `.item` file.
struct ItemColumn {
  std::string head;
  std::function<std::string(std::size_t item)> cell;
};

class ItemFile {
 public:
  explicit ItemFile(const WriteContext& context)
      : context_(context), catalog_(context.input.dataset.catalog) {
    for (const auto& texts : catalog_.texts)
      add(texts.name, "token_seq",
          [this, &values = texts.values](std::size_t item) { return cells_.text(values[item]); });
    for (const auto& categories : catalog_.categories) add_categories(categories);
    for (const auto& numbers : catalog_.numbers)
      add(numbers.name, "float",
          [&values = numbers.values](std::size_t item) { return number_cell(values[item]); });
  }

  void write(ExportReport& report) {
    const auto& items = context_.input.dataset.items;
    const auto name = context_.input.name + ".item";
    AtomicFile file(context_.folder.path(name));
    std::string line = "item_id:token";
    for (const auto& column : columns_) line += "\t" + column.head;
    file.write(line + "\n");
    std::int64_t rows = 0;
    for (ItemId item = 0; item < items.size(); ++item) {
      const auto at = static_cast<std::size_t>(item);
      if (catalog_.has_row[at] == 0) continue;
      context_.services.cancel.check();
      line = items.id(item);
      for (const auto& column : columns_) line += "\t" + column.cell(at);
      file.write(line + "\n");
      ++rows;
    }
    file.commit();
    context_.folder.add(name, rows);
    report.note(
        "texts and values in which a tab or a line break became a space, or a quote in front an apostrophe",
        cells_.changed());
    report.note("values of lists in which blanks became '_', because RecBole parts lists at them", joined_);
  }

 private:
  /// A colon would be taken for the start of the type.
  std::string header(const std::string& name) {
    auto plain = TabCells().text(name);
    std::ranges::replace(plain, ':', '_');
    auto out = plain;
    for (int n = 2; !names_.insert(out).second; ++n) out = fmt::format("{}_{}", plain, n);
    return out;
  }

  void add(const std::string& name, const char* type, std::function<std::string(std::size_t)> cell) {
    columns_.push_back({header(name) + ":" + type, std::move(cell)});
  }

  void add_categories(const Catalog::Categories& categories) {
    if (is_split_text(categories)) return;
    const bool single =
        std::ranges::all_of(categories.values, [](const auto& list) { return list.size() <= 1; });
    if (single) {
      add(categories.name, "token", [this, &values = categories.values](std::size_t item) {
        return values[item].empty() ? std::string() : cells_.text(values[item].front());
      });
    } else {
      add(categories.name, "token_seq",
          [this, &values = categories.values](std::size_t item) { return joined(values[item]); });
    }
  }

  /// A catalogue that came from RecBole has its lists as texts of the same name, too: they are one column.
  bool is_split_text(const Catalog::Categories& categories) const {
    const auto* texts = catalog_.text(categories.name);
    if (texts == nullptr) return false;
    for (std::size_t item = 0; item < texts->values.size(); ++item) {
      if (texts->values[item] != fmt::format("{}", fmt::join(categories.values[item], " "))) return false;
    }
    return true;
  }

  std::string joined(const std::vector<std::string>& values) {
    std::string out;
    for (const auto& value : values) {
      auto cell = cells_.text(value);
      if (cell.find(' ') != cell.npos) ++joined_;
      std::ranges::replace(cell, ' ', '_');
      out += (out.empty() ? "" : " ") + cell;
    }
    return out;
  }

  const WriteContext& context_;
  const Catalog& catalog_;
  std::vector<ItemColumn> columns_;
  std::set<std::string> names_{"item_id"};
  TabCells cells_;
  std::int64_t joined_ = 0;
};

void write_events(const WriteContext& context, ExportReport& report) {
  const auto& dataset = context.input.dataset;
  const auto facts = facts_of(context.input, context.services);
  const auto name = context.input.name + ".inter";
  std::vector<std::string> kinds;
  TabCells cells;
  for (const auto& kind : dataset.log.kinds) kinds.push_back(cells.text(kind));
  AtomicFile file(context.folder.path(name));
  file.write(fmt::format("user_id:token\titem_id:token\trating:float{}{}\n",
                         facts.any_time() ? "\ttimestamp:float" : "",
                         facts.several_kinds ? "\tkind:token" : ""));
  each_event(context.input, facts.events, context.services, [&](const Event& event, std::optional<Part>) {
    auto line = fmt::format("{}\t{}\t{}", dataset.users.id(event.user), dataset.items.id(event.item),
                            number_cell(event.value));
    if (facts.any_time()) line += "\t" + time_cell(event.time);
    if (facts.several_kinds) line += "\t" + kinds[static_cast<std::size_t>(event.kind)];
    file.write(line + "\n");
  });
  file.commit();
  context.folder.add(name, facts.events);
  report.events = facts.events;
  if (facts.any_time()) report.note("events without a time: their cell is empty", facts.without_time);
}

void write_part(const WriteContext& context, const Interactions& pairs, const char* part, bool timed) {
  const auto& dataset = context.input.dataset;
  const auto name = fmt::format("{}.{}.inter", context.input.name, part);
  AtomicFile file(context.folder.path(name));
  file.write(fmt::format("user_id:token\titem_id:token\trating:float{}\n", timed ? "\ttimestamp:float" : ""));
  each_pair(pairs, context.services, [&](UserId user, ItemId item, std::size_t at) {
    auto line = fmt::format("{}\t{}\t{}", dataset.users.id(user), dataset.items.id(item),
                            number_cell(pairs.by_user.value[at]));
    if (timed) line += "\t" + time_cell(pairs.by_user.time[at]);
    file.write(line + "\n");
  });
  file.commit();
  context.folder.add(name, pairs.pairs());
}

}  // namespace

ExportReport write_recbole(const WriteContext& context) {
  const auto& dataset = context.input.dataset;
  check_ids(dataset.users, "user");
  check_ids(dataset.items, "item");
  ExportReport report;
  report.users = dataset.user_count();
  report.items = dataset.item_count();
  write_events(context, report);
  if (std::ranges::count(dataset.catalog.has_row, 1) > 0) ItemFile(context).write(report);
  if (const auto* split = context.input.split) {
    const bool timed = std::ranges::all_of(*split, all_timed);
    constexpr std::array kParts{"train", "valid", "test"};
    for (std::size_t i = 0; i < kParts.size(); ++i) write_part(context, (*split)[i], kParts[i], timed);
  }
  return report;
}

}  // namespace medley::data
