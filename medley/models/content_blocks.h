#pragma once

#include "medley/math/centered_rows.h"
#include "medley/models/recommender.h"
#include "medley/models/scores_new_items.h"
#include "medley/models/stored.h"

namespace medley::models {

/// The item vectors that a model was given, [x_1 | x_2 | ...], shared with the training data or mapped from
/// the model's file. Const and thread-safe.
class ContentBlocks {
 public:
  ContentBlocks() = default;

  /// Throws `invalid_argument` unless each block has a row for each of `items` items. Null: no blocks.
  ContentBlocks(const std::shared_ptr<const data::ItemVectors>& vectors, math::Index items);

  std::size_t count() const { return blocks_.size(); }
  const std::string& name(std::size_t m) const { return blocks_[m].name; }
  const math::CenteredRows& rows(std::size_t m) const { return blocks_[m].rows; }

  /// Columns of all blocks together.
  math::Index dim() const;

  /// out [dim] += factor * x_i, in double.
  void add_row(ItemId i, double factor, std::span<double> out) const;

  /// The blocks that new items have beside these: the tables of the same names, around the same means, and as
  /// long as these rows are. An absent feature is a block of zeros. Throws `not_found` for a block whose
  /// table is not there, `invalid_argument` for one of another width. The blocks keep what they show alive.
  ContentBlocks beside(std::span<const std::shared_ptr<const data::FeatureTable>> tables) const;

  void save(ArchiveWriter& out, std::string_view name) const;
  /// Maps what `save` wrote, for a model of `items` items; checks every index and throws `corrupt_data`.
  static ContentBlocks load(const ArchiveReader& in, std::string_view name, math::Index items);

 private:
  struct Block {
    std::string name;
    math::CenteredRows rows;
    std::shared_ptr<const void> owner;  ///< of what `rows` shows
  };
  static Block place(const Block& block, const std::shared_ptr<const data::FeatureTable>& table);
  static Block load_block(const ArchiveReader& in, std::string name, math::Index items);

  std::vector<Block> blocks_;
};

/// values(j, i) = factors[m] * <x_j, x_i> in block m, for each new item j and item i.
std::vector<NewItemShares> kernel_shares(const ContentBlocks& items, const ContentBlocks& new_items,
                                         std::span<const double> factors, ThreadPool& pool);

/// The histories of the queries as rows of ones, [queries x items].
math::Csr history_rows(std::span<const Query> queries, math::Index items);

}  // namespace medley::models
