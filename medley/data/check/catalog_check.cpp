#include "medley/data/check/catalog_check.h"

#include "medley/core/thread_pool.h"
#include "medley/data/check/near_hashes.h"

#include <fmt/format.h>

#include <algorithm>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

namespace medley::data {
namespace {

/// Counts the items for which `has(item)` holds under `name`, and the others as the problem.
template <class Has>
void count_items(const Dataset& dataset, const std::string& name, ProblemCounter problem, Has has,
                 CheckReport& report) {
  std::int64_t with = 0;
  for (ItemId item = 0; item < dataset.item_count(); ++item) {
    if (has(static_cast<std::size_t>(item))) {
      ++with;
    } else {
      problem.add([&] { return dataset.items.id(item); });
    }
  }
  report.counts.emplace_back(name, static_cast<double>(with));
  problem.report_to(report);
}

void check_rows(const Dataset& dataset, const CheckOptions& options, CheckReport& report) {
  const auto& has_row = dataset.catalog.has_row;
  const auto rows = std::ranges::count(has_row, 1);
  report.counts.emplace_back("catalogue_rows", static_cast<double>(rows));
  if (rows == 0) return;
  ProblemCounter without("items_without_catalogue_row", options.max_examples);
  std::vector<std::uint8_t> looked_at(has_row.size(), 0);
  for (const auto& event : dataset.log.events) {
    const auto item = static_cast<std::size_t>(event.item);
    if (!has_row[item] && !looked_at[item]) without.add([&] { return dataset.items.id(event.item); });
    looked_at[item] = 1;
  }
  without.report_to(report);
}

}  // namespace

void check_catalog(const Dataset& dataset, const CheckOptions& options, CheckReport& report) {
  check_rows(dataset, options, report);
  const auto& texts = dataset.catalog.texts;
  if (!texts.empty()) {
    count_items(
        dataset, "items_with_text", ProblemCounter("items_without_text", options.max_examples),
        [&](std::size_t item) {
          return std::ranges::any_of(texts, [&](const auto& column) { return !column.values[item].empty(); });
        },
        report);
  }
  for (const auto kind : kMediaKinds) {
    const auto& paths = dataset.catalog.files[kind];
    if (paths.empty()) continue;
    const std::string word = word_for(kind);
    count_items(
        dataset, "items_with_" + word, ProblemCounter("items_without_" + word, options.max_examples),
        [&](std::size_t item) { return !paths[item].empty(); }, report);
  }
}

void check_features(const Dataset& dataset, const CheckOptions& options, CheckReport& report) {
  for (const auto& table : dataset.features) {
    count_items(
        dataset, "items_with_features." + table.name,
        ProblemCounter("items_without_features", options.max_examples, table.name),
        [&](std::size_t item) { return table.present[item] != 0; }, report);
  }
}

namespace {

/// Looks at every picture, in parallel; an item without one has no fault and no hash.
std::vector<PictureLook> look_at(const std::vector<std::string>& images, const CheckOptions& options,
                                 const Services& services) {
  constexpr std::int64_t kBlock = 16;
  const auto n = static_cast<std::int64_t>(images.size());
  std::vector<PictureLook> looks(images.size());
  std::mutex mutex;
  std::int64_t done = 0;
  services.progress.begin("pictures", n);
  parallel_for(services.pool, n, kBlock, [&](std::int64_t begin, std::int64_t end) {
    services.cancel.check();
    for (auto i = static_cast<std::size_t>(begin); i < static_cast<std::size_t>(end); ++i) {
      if (!images[i].empty()) looks[i] = options.look_at_picture(images[i]);
    }
    const std::lock_guard lock(mutex);
    done += end - begin;
    services.progress.at(done);
  });
  services.progress.end();
  return looks;
}

}  // namespace

void check_pictures(const Dataset& dataset, const CheckOptions& options, const Services& services,
                    CheckReport& report) {
  const auto& images = dataset.catalog.files[MediaKind::image];
  if (!options.look_at_picture || images.empty()) return;
  const auto looks = look_at(images, options, services);
  const auto id = [&](std::size_t item) { return dataset.items.id(static_cast<ItemId>(item)); };
  ProblemCounter broken("broken_pictures", options.max_examples);
  std::vector<std::optional<std::uint64_t>> hashes;
  for (std::size_t i = 0; i < looks.size(); ++i) {
    hashes.push_back(looks[i].hash);
    if (!looks[i].fault.empty())
      broken.add([&] { return fmt::format("{}: {}: {}", id(i), images[i], looks[i].fault); });
  }
  broken.report_to(report);
  ProblemCounter near("near_duplicate_pictures", options.max_examples);
  for (const auto& [at, like, distance] : near_hashes(hashes))
    near.add([&] { return fmt::format("{} is like {}: {} of 64 bits differ", id(at), id(like), distance); });
  near.report_to(report);
}

}  // namespace medley::data
