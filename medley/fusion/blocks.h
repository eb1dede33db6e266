#pragma once

#include "medley/data/item_vectors.h"

#include <memory>
#include <span>
#include <string>
#include <vector>

namespace medley::fusion {

using Block = data::ItemVectors::Block;
using Blocks = std::vector<Block>;
using Tables = std::span<const std::shared_ptr<const data::FeatureTable>>;

/// Written-out rows that take more are refused: 2 GiB of floats a feature.
inline constexpr math::Index kMaxWrittenOut = math::Index{1} << 29;

/// Throws `invalid_argument` unless there is a table and all are of equally many items.
void check_tables(Tables tables);

/// The rows of a table at unit length, centred on those present (or not), as a view. An absent row, and one
/// equal to the mean, has scale 0: nothing here tells them apart.
Block unit_block(const std::shared_ptr<const data::FeatureTable>& table, bool centre);

/// The rows of a block written out, [items x columns], 0 where it has none; what an absent row's place holds
/// is not read. Throws `limit` above `kMaxWrittenOut` numbers.
math::Matrix written_out(const Block& block);

/// A block that holds `rows` as they are. A row of zeros is an absent one.
Block block_of(std::string name, std::string modality, math::Matrix rows);

/// The blocks with dense ones written out, so that a product with all rows never reads an absent one.
Blocks readable(const Blocks& blocks);

/// Whether item i has a row in the block.
inline bool has_row(const Block& block, std::size_t i) {
  return block.centering.scale[i] != 0;
}

/// "color+words".
std::string joined_names(const Blocks& blocks);

}  // namespace medley::fusion
