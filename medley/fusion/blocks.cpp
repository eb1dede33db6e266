#include "medley/fusion/blocks.h"

#include "medley/core/error.h"

#include <algorithm>
#include <utility>

namespace medley::fusion {

void check_tables(Tables tables) {
  require(!tables.empty(), "nothing to fuse: give at least one feature");
  for (const auto& table : tables) {
    require(table->items() == tables.front()->items(), "feature '{}' has {} items and '{}' has {}",
            table->name, table->items(), tables.front()->name, tables.front()->items());
  }
}

Block unit_block(const std::shared_ptr<const data::FeatureTable>& table, bool centre) {
  return {table->name, table->modality, table,
          table->is_sparse() ? math::unit_rows(table->sparse().view(), table->present, centre)
                             : math::unit_rows(table->dense().view(), table->present, centre)};
}

math::Matrix written_out(const Block& block) {
  const auto rows = block.rows();
  if (rows.cols() > 0 && rows.rows() > kMaxWrittenOut / rows.cols()) {
    fail(ErrorCode::limit,
         "feature '{}' as {} x {} written-out numbers is above the limit of {}; use a shorter one (text/lsa "
         "in "
         "place of text/tfidf)",
         block.name, rows.rows(), rows.cols(), kMaxWrittenOut);
  }
  math::Matrix out(rows.rows(), rows.cols());
  for (math::Index i = 0; i < rows.rows(); ++i)
    if (has_row(block, static_cast<std::size_t>(i)))
      std::ranges::copy(math::row_of(rows, i), out.row(i).begin());
  return out;
}

Block block_of(std::string name, std::string modality, math::Matrix rows) {
  auto table = std::make_shared<data::FeatureTable>();
  math::Centering centering;
  for (math::Index i = 0; i < rows.rows(); ++i) {
    const auto row = rows.row(i);
    const bool there = std::any_of(row.begin(), row.end(), [](float value) { return value != 0; });
    table->present.push_back(there ? 1 : 0);
    centering.scale.push_back(there ? 1.0f : 0.0f);
  }
  table->name = name;
  table->modality = modality;
  table->rows = std::move(rows);
  return {std::move(name), std::move(modality), std::move(table), std::move(centering)};
}

Blocks readable(const Blocks& blocks) {
  Blocks out;
  for (const auto& block : blocks)
    out.push_back(block.table->is_sparse() ? block
                                           : block_of(block.name, block.modality, written_out(block)));
  return out;
}

std::string joined_names(const Blocks& blocks) {
  std::string out;
  for (const auto& block : blocks) out += (out.empty() ? "" : "+") + block.name;
  return out;
}

}  // namespace medley::fusion
