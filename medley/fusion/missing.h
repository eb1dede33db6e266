#pragma once

#include "medley/core/params.h"
#include "medley/core/services.h"
#include "medley/fusion/blocks.h"

#include <string>
#include <vector>

namespace medley::fusion {

/// What stands in for the row of a modality that an item lacks. Every choice sees the content alone, never an
/// event.
struct MissingParams {
  std::string missing = "zero";
  int neighbors = 10;
  int hops = 2;
  double ridge = 1;

  void fields(FieldVisitor& v);
  bool renormalize() const { return missing == "renormalize"; }
};

/// Gives every block rows for the items that lack it, from the rows as they were given:
///  - zero, renormalize: nothing; the second is what the weights are for (see `weigh_blocks`);
///  - mean: the mean of the rows that are there;
///  - propagate: along the graph from each item to its `neighbors` nearest by the sum of the cosines in the
///    other blocks (above 0 only), `hops` times: the mean of the neighbours' rows, those that were given and
///    those that the hop before has filled. An item without neighbours keeps none;
///  - learned: the ridge prediction from the item's rows in the other blocks and a constant, fitted on the
///    items that have the block: of all linear guesses the one with the least squared error of
///    reconstruction plus `ridge` |W|^2. An item without any row gets the constant's part.
/// Filled rows are at most of unit length: what little is known counts little. Blocks that need filling are
/// written out (see `written_out`); `learned` inverts a matrix of the other blocks' columns squared and
/// throws `limit` above 8192 of them.
void fill_missing(Blocks& blocks, const MissingParams& params, const Services& services);

/// What `concat` and `pca` have in common: the tables that have a weight as unit rows, filled, and scaled by
/// their weights (`weigh_blocks`). Throws as `check_tables` and `normalized_weights` do.
Blocks weighed_blocks(Tables tables, const std::vector<double>& weights, bool centre,
                      const MissingParams& params, const Services& services);

}  // namespace medley::fusion
