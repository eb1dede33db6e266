#include "medley/models/content_blocks.h"

#include "medley/math/unit_scales.h"

#include <algorithm>
#include <cmath>

namespace medley::models {
namespace {

// A profile is as wide as a feature: above this a damaged width would take gigabytes for each query.
constexpr math::Index kMaxColumns = math::Index{1} << 26;

void add_block_row(const math::CenteredRows& x, ItemId i, double factor, std::span<double> out) {
  const double weight = factor * static_cast<double>(x.scale[static_cast<std::size_t>(i)]);
  if (weight == 0) return;
  if (x.sparse) {
    const auto indices = x.sparse->row_indices(i);
    const auto values = x.sparse->row_values(i);
    for (std::size_t k = 0; k < indices.size(); ++k)
      out[static_cast<std::size_t>(indices[k])] += weight * static_cast<double>(values[k]);
  } else {
    const auto row = x.dense.row(i);
    for (std::size_t c = 0; c < row.size(); ++c) out[c] += weight * static_cast<double>(row[c]);
  }
  for (std::size_t c = 0; c < x.mean.size(); ++c) out[c] -= weight * static_cast<double>(x.mean[c]);
}

void check_width(const ArchiveReader& in, const std::string& name, math::Index cols) {
  if (cols < 0 || cols > kMaxColumns)
    fail(ErrorCode::corrupt_data, "'{}': feature '{}' has {} columns, the limit is {}", in.path().string(),
         name, cols, kMaxColumns);
}

/// The length of the block's rows, which is the same for all that are there (1, or the root of the block's
/// weight in a fusion).
double length_of(const math::CenteredRows& rows) {
  for (math::Index i = 0; i < rows.rows(); ++i) {
    if (rows.scale[static_cast<std::size_t>(i)] != 0) return std::sqrt(math::inner_product(rows, i, i));
  }
  return 0.0;
}

/// What a placed block shows.
struct Placed {
  std::shared_ptr<const data::FeatureTable> table;
  std::shared_ptr<const void> mean_owner;
  std::vector<float> scale;
};

}  // namespace

ContentBlocks::ContentBlocks(const std::shared_ptr<const data::ItemVectors>& vectors, math::Index items) {
  if (vectors == nullptr) return;
  for (const auto& block : vectors->blocks) {
    const auto rows = block.rows();
    require(rows.rows() == items && rows.scale.size() == static_cast<std::size_t>(items),
            "feature '{}' has {} rows and {} scales for {} items", block.name, rows.rows(), rows.scale.size(),
            items);
    blocks_.push_back({block.name, rows, vectors});
  }
}

math::Index ContentBlocks::dim() const {
  math::Index out = 0;
  for (const auto& block : blocks_) out += block.rows.cols();
  return out;
}

void ContentBlocks::add_row(ItemId i, double factor, std::span<double> out) const {
  for (const auto& block : blocks_) {
    const auto width = static_cast<std::size_t>(block.rows.cols());
    add_block_row(block.rows, i, factor, out.first(width));
    out = out.subspan(width);
  }
}

ContentBlocks ContentBlocks::beside(std::span<const std::shared_ptr<const data::FeatureTable>> tables) const {
  ContentBlocks out;
  for (const auto& block : blocks_) {
    const auto table =
        std::find_if(tables.begin(), tables.end(), [&](const auto& one) { return one->name == block.name; });
    if (table == tables.end())
      fail(ErrorCode::not_found, "the new items have no vectors of the feature '{}'", block.name);
    out.blocks_.push_back(place(block, *table));
  }
  return out;
}

ContentBlocks::Block ContentBlocks::place(const Block& block,
                                          const std::shared_ptr<const data::FeatureTable>& table) {
  require(table->dim() == block.rows.cols(), "the new vectors of '{}' have {} columns, the model's {}",
          block.name, table->dim(), block.rows.cols());
  auto placed = std::make_shared<Placed>(Placed{table, block.owner, {}});
  math::CenteredRows rows;
  rows.mean = block.rows.mean;
  if (table->is_sparse()) {
    rows.sparse = table->sparse().view();
    placed->scale = math::unit_scales(*rows.sparse, table->present, rows.mean);
  } else {
    rows.dense = table->dense().view();
    placed->scale = math::unit_scales(rows.dense, table->present, rows.mean);
  }
  const auto length = static_cast<float>(length_of(block.rows));
  for (auto& scale : placed->scale) scale *= length;
  rows.scale = placed->scale;
  return {block.name, rows, std::move(placed)};
}

void ContentBlocks::save(ArchiveWriter& out, std::string_view name) const {
  out.enter(name);
  std::vector<std::string> names;
  for (const auto& block : blocks_) names.push_back(block.name);
  out.put_texts("names", names);
  for (std::size_t m = 0; m < blocks_.size(); ++m) {
    const auto& rows = blocks_[m].rows;
    out.enter(std::to_string(m));
    if (rows.sparse) {
      StoredCsr(*rows.sparse, blocks_[m].owner).save(out, "sparse");
    } else {
      out.put_value<std::int64_t>("cols", rows.cols());
      out.put("dense", std::span(rows.dense.data(), static_cast<std::size_t>(rows.rows() * rows.cols())),
              Verify::on_request);
    }
    out.put("mean", rows.mean, Verify::on_request);
    out.put("scale", rows.scale, Verify::on_request);
    out.leave();
  }
  out.leave();
}

ContentBlocks ContentBlocks::load(const ArchiveReader& in, std::string_view name, math::Index items) {
  const auto all = in.inside(name);
  ContentBlocks out;
  for (auto& block : all.get_texts("names"))
    out.blocks_.push_back(
        load_block(all.inside(std::to_string(out.blocks_.size())), std::move(block), items));
  return out;
}

ContentBlocks::Block ContentBlocks::load_block(const ArchiveReader& in, std::string name, math::Index items) {
  const auto arrays = std::make_shared<const ArchiveReader>(in);
  math::CenteredRows rows;
  if (arrays->contains("cols")) {
    const auto cols = arrays->get_value<std::int64_t>("cols");
    check_width(in, name, cols);
    rows.dense = {arrays->get<float>("dense", static_cast<std::size_t>(items * cols)).data(), items, cols};
  } else {
    rows.sparse = StoredCsr::load(*arrays, "sparse").view();
    check_width(in, name, rows.cols());
  }
  rows.mean = arrays->get<float>("mean");
  rows.scale = arrays->get<float>("scale", static_cast<std::size_t>(items));
  if (rows.rows() != items ||
      (!rows.mean.empty() && static_cast<math::Index>(rows.mean.size()) != rows.cols()))
    fail(ErrorCode::corrupt_data, "'{}': feature '{}' of [{} x {}] with a mean of {} does not fit {} items",
         in.path().string(), name, rows.rows(), rows.cols(), rows.mean.size(), items);
  return {std::move(name), rows, arrays};
}

std::vector<NewItemShares> kernel_shares(const ContentBlocks& items, const ContentBlocks& new_items,
                                         std::span<const double> factors, ThreadPool& pool) {
  std::vector<NewItemShares> out;
  for (std::size_t m = 0; m < items.count(); ++m) {
    const auto& rows = new_items.rows(m);
    math::Matrix profiles(rows.rows(), rows.cols());
    for (math::Index j = 0; j < rows.rows(); ++j)
      std::ranges::copy(math::row_of(rows, j), profiles.row(j).begin());
    math::Matrix values(rows.rows(), items.rows(m).rows());
    math::add_inner_products(std::as_const(profiles).view(), items.rows(m), static_cast<float>(factors[m]),
                             values.view(), pool);
    out.push_back({items.name(m), std::move(values)});
  }
  return out;
}

math::Csr history_rows(std::span<const Query> queries, math::Index items) {
  math::Csr out;
  out.rows = static_cast<math::Index>(queries.size());
  out.cols = items;
  for (const auto& query : queries) {
    out.indices.insert(out.indices.end(), query.history.begin(), query.history.end());
    out.indptr.push_back(static_cast<std::int64_t>(out.indices.size()));
  }
  out.values.assign(out.indices.size(), 1.0f);
  return out;
}

}  // namespace medley::models
