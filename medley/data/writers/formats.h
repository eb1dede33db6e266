#pragma once

#include "medley/data/writers/writer.h"

namespace medley::data {

/// What the writers of all formats are given.
struct WriteContext {
  const ExportInput& input;
  ExportFolder& folder;
  const Services& services;
};

/// Atomic files of RecBole, split by tabs and never quoted: `NAME.inter` with user_id, item_id, rating, and
/// timestamp and kind where there are any, one row an event; `NAME.item` with the catalogue. With a split
/// also `NAME.train.inter`, `NAME.valid.inter` and `NAME.test.inter`, one row a pair, for
/// `benchmark_filename`.
ExportReport write_recbole(const WriteContext& context);

/// What MMRec reads: `NAME.inter` with userID, itemID, rating, timestamp where every pair has one, and
/// x_label (0 train, 1 valid, 2 test), one row a pair; `u_id_mapping.csv` and `i_id_mapping.csv`, split by
/// tabs, from ids to these numbers; and for each modality M `M_feat.npy`, the tables of it side by side,
/// float32, one row an item, zeros where it is absent. MMRec counts the items by the log, so an item without
/// a pair is left out.
ExportReport write_mmrec(const WriteContext& context);

/// Arrays for NumPy: the pairs as `interactions_{indptr,indices,value,weight,time,kind}.npy`, rows by user;
/// `users.csv`, `items.csv`, `kinds.csv` and `features.csv` name the rows; each table as `features_T.npy`, or
/// as `features_T_{indptr,indices,data}.npy` where it is sparse, with `features_T_present.npy`, and
/// `features_T_columns.csv` where its columns have names.
ExportReport write_npy(const WriteContext& context);

/// `events.csv`, `catalog.csv`, and a `medley.toml` that says what their columns are: a workspace that
/// `medley import` brings back as it was. Where only some events have a time, the others stand in
/// `events_without_time.csv`.
ExportReport write_csv(const WriteContext& context);

}  // namespace medley::data
