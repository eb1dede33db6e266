#pragma once

#include "medley/data/readers/source.h"
#include "medley/data/readers/table.h"

#include <cstddef>
#include <filesystem>
#include <optional>

namespace medley::data {

/// What the readers of one source share.
struct ReadContext {
  std::filesystem::path path;    ///< as given: a folder or a file
  std::filesystem::path folder;  ///< `path`, or the folder of the file
  const ImportOptions& import;
  const CatalogOptions& catalog;
  RowSink& sink;
  const Services& services;
};

/// Which columns of a table make an event.
struct EventColumns {
  std::size_t user = 0;
  std::size_t item = 1;
  std::optional<std::size_t> value;
  std::optional<std::size_t> time;
  std::optional<std::size_t> kind;
  std::optional<std::size_t> label;  ///< 0 train, 1 valid, 2 test
};

/// Streams the rows of a table as events; rows with a bad id, value, time or label go to the sink as such.
void read_event_rows(TableReader& table, const EventColumns& columns, RowSink& sink);

/// The MovieLens layouts: csv (ratings.csv, movies.csv, and where present plots.csv and posters/), `::`
/// (ratings.dat, movies.dat) and ml-100k's own (u.data, u.item).
void read_movielens_events(const ReadContext& context);
void read_movielens_items(const ReadContext& context);

/// Atomic files of RecBole: `.inter` and `.item` with `name:type` headers.
void read_recbole_events(const ReadContext& context);
void read_recbole_items(const ReadContext& context);

/// `.inter` of MMRec: tab-separated, `x_label` gives the part.
void read_mmrec_events(const ReadContext& context);

/// `train.txt`, `test.txt` and where present `valid.txt`: a user and its items on each line.
void read_lightgcn_events(const ReadContext& context);

/// One JSON object a line, with the keys that `[import]` names; a key that a row lacks is an empty column.
void read_jsonl_events(const ReadContext& context);

/// A delimited file with the columns that `[import]` names.
void read_delimited_events(const ReadContext& context);

/// The file that `[catalog]` names: JSON lines by its name (.jsonl, .ndjson), else delimited.
void read_catalog_file(const ReadContext& context);

/// The file inside a folder: `named` where it is set, else the only one with the extension.
/// Throws `not_found` naming what is there.
std::filesystem::path find_file(const ReadContext& context, const std::string& named,
                                std::string_view extension);

}  // namespace medley::data
