#include "medley/data/split/split_file.h"

#include "medley/core/error.h"
#include "medley/core/file.h"
#include "medley/data/csv.h"

#include <algorithm>
#include <array>
#include <optional>

namespace medley::data {
namespace {

struct PartFile {
  const char* ending;
  Part part;
  bool optional = false;
};
constexpr std::array<PartFile, 4> kPartFiles{{{".train.tsv", Part::train},
                                              {".valid.tsv", Part::valid},
                                              {".test.tsv", Part::test},
                                              {".history.tsv", Part::history, true}}};

std::optional<Part> part_named(std::string_view name) {
  if (name == "train") return Part::train;
  if (name == "valid") return Part::valid;
  if (name == "test") return Part::test;
  if (name == "history") return Part::history;
  return std::nullopt;
}

[[noreturn]] void refuse(const CsvReader& reader, const std::string& reason) {
  fail(ErrorCode::corrupt_data, "{}:{}: {}", reader.name(), reader.line(), reason);
}

/// Collects the rows of a split over the pairs of a log.
class Assignment {
 public:
  Assignment(const Dataset& dataset, const KindWeights& weights)
      : dataset_(dataset),
        joined_(join_pairs(dataset.log, dataset.user_count(), dataset.item_count(), weights)),
        of_pair_(joined_.pairs.size(), Part::none) {}

  void item(const CsvReader& reader, std::string_view item, Part part) {
    ++split_.rows;
    if (split_.items.empty()) {
      split_.items.assign(static_cast<std::size_t>(dataset_.item_count()), Part::none);
    }
    if (const auto row = dataset_.items.find(item)) {
      assign(reader, split_.items[static_cast<std::size_t>(*row)], part, std::string(item));
    } else {
      ++split_.rows_outside_log;
    }
  }

  void pair(const CsvReader& reader, std::string_view user, std::string_view item, Part part) {
    ++split_.rows;
    if (const auto k = find(user, item)) {
      assign(reader, of_pair_[*k], part, std::string(user) + "' with item '" + std::string(item));
    } else {
      ++split_.rows_outside_log;
    }
  }

  FileSplit finish() {
    if (!split_.items.empty()) spread_items();
    for (std::size_t k = 0; k < of_pair_.size(); ++k) {
      if (!joined_.pairs[k].counts()) {
        of_pair_[k] = Part::none;
      } else if (of_pair_[k] == Part::none) {
        ++split_.pairs_outside_file;
      }
    }
    split_.parts = spread(joined_, of_pair_);
    return std::move(split_);
  }

 private:
  static void assign(const CsvReader& reader, Part& slot, Part part, const std::string& what) {
    if (slot != Part::none && slot != part) refuse(reader, "'" + what + "' is in another part already");
    slot = part;
  }

  void spread_items() {
    std::vector<std::uint8_t> has_pair(split_.items.size(), 0);
    for (std::size_t k = 0; k < of_pair_.size(); ++k) {
      const auto item = static_cast<std::size_t>(joined_.pairs[k].item);
      of_pair_[k] = split_.items[item];
      has_pair[item] = 1;
    }
    for (std::size_t item = 0; item < has_pair.size(); ++item) {
      if (split_.items[item] != Part::none && !has_pair[item]) ++split_.rows_outside_log;
    }
  }

  std::optional<std::size_t> find(std::string_view user, std::string_view item) const {
    const auto u = dataset_.users.find(user);
    const auto i = dataset_.items.find(item);
    if (!u || !i) return std::nullopt;
    const auto row = static_cast<std::size_t>(*u);
    const auto begin = joined_.pairs.begin() + static_cast<std::ptrdiff_t>(joined_.indptr[row]);
    const auto end = joined_.pairs.begin() + static_cast<std::ptrdiff_t>(joined_.indptr[row + 1]);
    const auto found = std::ranges::lower_bound(begin, end, *i, {}, &Pair::item);
    if (found == end || found->item != *i) return std::nullopt;
    return static_cast<std::size_t>(found - joined_.pairs.begin());
  }

  const Dataset& dataset_;
  Pairs joined_;
  std::vector<Part> of_pair_;
  FileSplit split_;
};

void read_csv(const std::filesystem::path& path, Assignment& assignment) {
  CsvReader reader(open_file(path), {});
  if (!reader.next()) fail(ErrorCode::corrupt_data, "the split file '{}' is empty", path.string());
  if (!reader.good()) refuse(reader, reader.reason());
  const std::size_t columns = reader.fields().size();
  if (columns != 2 && columns != 3) {
    refuse(reader,
           fmt::format("a split file has the columns item,set or user,item,set, got {} columns", columns));
  }
  if (part_named(reader.fields().back())) refuse(reader, "the header is missing (item,set or user,item,set)");
  while (reader.next()) {
    if (!reader.good()) refuse(reader, reader.reason());
    const auto& fields = reader.fields();
    if (fields.size() != columns)
      refuse(reader, fmt::format("{} fields, expected {}", fields.size(), columns));
    const auto part = part_named(fields.back());
    if (!part) refuse(reader, fmt::format("set '{}' is not train, valid, test or history", fields.back()));
    if (columns == 2) {
      assignment.item(reader, fields[0], *part);
    } else {
      assignment.pair(reader, fields[0], fields[1], *part);
    }
  }
}

void read_tsv(const std::filesystem::path& path, Part part, Assignment& assignment) {
  CsvOptions options;
  options.delimiter = "\t";
  options.quotes = false;
  CsvReader reader(open_file(path), options);
  while (reader.next()) {
    if (!reader.good()) refuse(reader, reader.reason());
    if (reader.fields().size() < 2) refuse(reader, "expected user and item, split by a tab");
    assignment.pair(reader, reader.fields()[0], reader.fields()[1], part);
  }
}

std::filesystem::path with_ending(const std::filesystem::path& prefix, const char* ending) {
  return prefix.string() + ending;
}

void check_plain(const std::string& id) {
  if (id.find_first_of("\t\r\n") != std::string::npos) {
    fail(ErrorCode::unsupported, "the id '{}' holds a tab or a line break, which a split file cannot", id);
  }
}

std::string line_of(const Dataset& dataset, const Event& event) {
  const auto& user = dataset.users.id(event.user);
  const auto& item = dataset.items.id(event.item);
  return event.time == kNoTime ? fmt::format("{}\t{}\n", user, item)
                               : fmt::format("{}\t{}\t{}\n", user, item, event.time);
}

}  // namespace

FileSplit read_split_file(const std::filesystem::path& path, const Dataset& dataset,
                          const KindWeights& weights) {
  Assignment assignment(dataset, weights);
  if (std::filesystem::exists(path) && !std::filesystem::is_directory(path)) {
    read_csv(path, assignment);
    return assignment.finish();
  }
  if (!std::filesystem::exists(with_ending(path, kPartFiles[0].ending))) {
    fail(ErrorCode::not_found, "no split: neither the file '{}' nor '{}.train.tsv' is there", path.string(),
         path.string());
  }
  for (const auto& file : kPartFiles) {
    const auto part = with_ending(path, file.ending);
    if (!file.optional || std::filesystem::exists(part)) read_tsv(part, file.part, assignment);
  }
  return assignment.finish();
}

void write_split(const std::filesystem::path& prefix, const Dataset& dataset, std::span<const Part> parts) {
  check_disjoint(dataset, parts);
  for (const auto& event : dataset.log.events) {
    check_plain(dataset.users.id(event.user));
    check_plain(dataset.items.id(event.item));
  }
  const auto joined = join_pairs(dataset.log, dataset.user_count(), dataset.item_count(), {});
  for (const auto& file : kPartFiles) {
    const auto path = with_ending(prefix, file.ending);
    if (file.optional && std::ranges::find(parts, file.part) == parts.end()) {
      std::filesystem::remove(path);  // of an earlier split
      continue;
    }
    AtomicFile out(path);
    for (std::size_t i = 0; i < parts.size(); ++i) {
      const auto& pair = joined.pairs[static_cast<std::size_t>(joined.of_event[i])];
      if (parts[i] == file.part && pair.last == i) out.write(line_of(dataset, dataset.log.events[i]));
    }
    out.commit();
  }
}

}  // namespace medley::data
