#include "medley/data/readers/movielens.h"

#include "medley/core/error.h"
#include "medley/core/file.h"
#include "medley/core/utf8.h"
#include "medley/data/catalog.h"
#include "medley/data/readers/fields.h"
#include "medley/data/readers/formats.h"
#include "medley/data/readers/media_path.h"

#include <fmt/core.h>

#include <array>
#include <map>
#include <set>
#include <string>
#include <system_error>
#include <utility>

namespace medley::data {
namespace {

/// u.item of ml-100k: id, title, release date, video date, address, then a 0/1 column for each genre.
constexpr std::size_t kFlagsFrom = 5;
constexpr std::array<const char*, 19> kGenres = {
    "unknown",     "Action", "Adventure", "Animation", "Children's", "Comedy",  "Crime",
    "Documentary", "Drama",  "Fantasy",   "Film-Noir", "Horror",     "Musical", "Mystery",
    "Romance",     "Sci-Fi", "Thriller",  "War",       "Western"};

constexpr std::array<MovielensLayout, 3> kLayouts = {{{"ratings.csv", "movies.csv", "tags.csv", ",", true},
                                                      {"ratings.dat", "movies.dat", "tags.dat", "::", false},
                                                      {"u.data", "u.item", "", "\t", false}}};

bool is_there(const std::filesystem::path& path) {
  std::error_code error;
  return std::filesystem::exists(path, error);
}

std::vector<std::string> item_header(const MovielensLayout& layout) {
  if (layout.own_header) return {};
  if (std::string_view(layout.items) == "movies.dat") return {"movieId", "title", "genres"};
  std::vector<std::string> names = {"movieId", "title", "released", "video", "url"};
  names.insert(names.end(), kGenres.begin(), kGenres.end());
  return names;
}

/// The old layouts are Latin-1, except for some that were made later; those are UTF-8 throughout.
Encoding encoding_of(const std::filesystem::path& path, const MovielensLayout& layout,
                     const ImportOptions& import) {
  const auto chosen = parse_encoding(import.encoding);
  if (layout.own_header || chosen == Encoding::latin1) return chosen;
  return first_invalid_utf8(MappedFile(path).text()) == std::string_view::npos ? Encoding::utf8
                                                                               : Encoding::latin1;
}

/// Joined by bars in the column `genres`, or flags in the columns of u.item; a file with neither has none.
std::vector<std::string> genres_of(const TableReader& table, std::optional<std::size_t> genres) {
  std::vector<std::string> out;
  if (genres) {
    const auto text = table.field(*genres);
    return text == "(no genres listed)" ? out : split_values(text, "|");
  }
  if (table.find(kGenres.back()) != kFlagsFrom + kGenres.size() - 1) return out;
  for (std::size_t i = 0; i < kGenres.size(); ++i) {
    if (table.field(kFlagsFrom + i) == "1") out.emplace_back(kGenres[i]);
  }
  return out;
}

void read_movies(TableReader& table, const MediaFinder& posters, RowSink& sink) {
  const auto id = table.need("movieId", "the header");
  const auto title = table.need("title", "the header");
  const auto genres = table.find("genres");
  while (table.next()) {
    ItemRow row;
    row.id = table.field(id);
    auto fault = id_fault(row.id, "movieId");
    if (!fault.empty()) {
      table.reject(std::move(fault));
      continue;
    }
    const auto text = table.field(title);
    if (!text.empty()) row.texts.emplace_back("title", std::string(text));
    if (auto values = genres_of(table, genres); !values.empty()) {
      row.categories.emplace_back("genres", std::move(values));
    }
    if (const auto year = year_of_title(text)) row.numbers.emplace_back("year", *year);
    row.files[MediaKind::image] = posters.find(row.id, fault);
    if (!fault.empty()) table.reject(std::move(fault));
    sink.item(row);
  }
}

void read_plots(const std::filesystem::path& path, const ReadContext& context) {
  TableReader table(path, {.delimiter = ",", .encoding = parse_encoding(context.import.encoding)},
                    context.sink, context.services);
  const auto id = table.need("movieId", "the header");
  std::vector<std::pair<std::string_view, std::size_t>> fields;
  for (const std::string_view name : {"plot", "director", "actors"}) {
    if (const auto column = table.find(name)) fields.emplace_back(name, *column);
  }
  while (table.next()) {
    ItemRow row;
    row.id = table.field(id);
    if (auto fault = id_fault(row.id, "movieId"); !fault.empty()) {
      table.reject(std::move(fault));
      continue;
    }
    for (const auto& [name, column] : fields) {
      const auto text = table.field(column);
      // OMDb writes N/A for what it does not know.
      if (!text.empty() && text != "N/A") row.texts.emplace_back(name, std::string(text));
    }
    if (!row.texts.empty()) context.sink.item(row);
  }
}

std::string ascii_lower(std::string_view text) {
  std::string out(text);
  for (auto& c : out)
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  return out;
}

/// The tags that users gave an item, each once, A to Z in lower case. Memory: the distinct ones.
void read_tags(const std::filesystem::path& path, const MovielensLayout& layout, const ReadContext& context) {
  std::vector<std::string> header;
  if (!layout.own_header) header = {"userId", "movieId", "tag", "timestamp"};
  TableReader table(path,
                    {.delimiter = layout.delimiter,
                     .quotes = layout.own_header,
                     .encoding = encoding_of(path, layout, context.import),
                     .header = header},
                    context.sink, context.services);
  const auto id = table.need("movieId", "the header");
  const auto tag = table.need("tag", "the header");
  std::map<std::string, std::set<std::string>> tags;
  while (table.next()) {
    const auto item = table.field(id);
    if (auto fault = id_fault(item, "movieId"); !fault.empty()) {
      table.reject(std::move(fault));
      continue;
    }
    if (const auto text = trimmed(table.field(tag)); !text.empty())
      tags[std::string(item)].insert(ascii_lower(text));
  }
  for (const auto& [item, values] : tags) {
    ItemRow row;
    row.id = item;
    row.categories.emplace_back(kTagsField, std::vector(values.begin(), values.end()));
    context.sink.item(row);
  }
}

struct EventsFile {
  std::filesystem::path path;
  const MovielensLayout& layout;
};

/// The file given as PATH or named by `[import] file`, else the one that the folder's layout names.
EventsFile find_events(const ReadContext& context) {
  auto path = context.path;
  if (path == context.folder && !context.import.file.empty()) path /= context.import.file;
  const auto* layout = movielens_layout(path);
  std::error_code error;
  if (layout == nullptr && std::filesystem::is_directory(path, error)) {
    fail(ErrorCode::not_found, "'{}' holds none of ratings.csv, ratings.dat and u.data", path.string());
  }
  if (layout == nullptr) {
    fail(ErrorCode::invalid_argument,
         "'{}' is named like no MovieLens file: .csv, .dat (split at ::) or .data (tabs)", path.string());
  }
  return {path == context.folder ? path / layout->events : path, *layout};
}

}  // namespace

const MovielensLayout* movielens_layout(const std::filesystem::path& path) {
  std::error_code error;
  const bool folder = std::filesystem::is_directory(path, error);
  for (const auto& layout : kLayouts) {
    const bool found = folder ? is_there(path / layout.events)
                              : path.extension() == std::filesystem::path(layout.events).extension();
    if (found) return &layout;
  }
  return nullptr;
}

void read_movielens_events(const ReadContext& context) {
  const auto [path, layout] = find_events(context);
  std::vector<std::string> header;
  if (!layout.own_header) header = {"userId", "movieId", "rating", "timestamp"};
  TableReader table(path,
                    {.delimiter = layout.delimiter,
                     .quotes = layout.own_header,
                     .encoding = encoding_of(path, layout, context.import),
                     .header = header},
                    context.sink, context.services);
  EventColumns columns;
  columns.user = table.need("userId", "the header");
  columns.item = table.need("movieId", "the header");
  columns.value = table.find("rating");
  columns.time = table.find("timestamp");
  read_event_rows(table, columns, context.sink);
}

void read_movielens_items(const ReadContext& context) {
  const auto& layout = find_events(context).layout;
  const auto movies = context.folder / layout.items;
  if (is_there(movies)) {
    const bool bars = std::string_view(layout.items) == "u.item";
    TableReader table(movies,
                      {.delimiter = bars ? "|" : layout.delimiter,
                       .quotes = layout.own_header,
                       .encoding = encoding_of(movies, layout, context.import),
                       .header = item_header(layout)},
                      context.sink, context.services);
    const bool posters = std::filesystem::is_directory(context.folder / "posters");
    read_movies(table, MediaFinder(context.folder, MediaKind::image, posters ? "posters/{id}.jpg" : ""),
                context.sink);
  }
  if (const auto plots = context.folder / "plots.csv"; is_there(plots)) read_plots(plots, context);
  if (std::string_view(layout.tags).empty()) return;
  if (const auto tags = context.folder / layout.tags; is_there(tags)) read_tags(tags, layout, context);
}

}  // namespace medley::data
