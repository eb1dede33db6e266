#include "medley/models/content_blocks.h"

#include "medley/models/stored.h"

#include "toy.h"

using namespace medley;
using namespace medley::models;

namespace {

std::vector<double> row(const ContentBlocks& blocks, ItemId item) {
  std::vector<double> out(static_cast<std::size_t>(blocks.dim()));
  blocks.add_row(item, 1, out);
  return out;
}

TEST(ContentBlocks, rows_stand_side_by_side_and_an_absent_block_is_zero) {
  const auto vectors = toy::vectors(ContentUse::Form::tables, 9);
  const ContentBlocks blocks(vectors, 9);
  ASSERT_EQ(blocks.count(), 2u);
  EXPECT_EQ(blocks.dim(), 13);
  EXPECT_EQ(row(blocks, 0), std::vector<double>(13));
  for (ItemId item = 1; item < 9; ++item) {
    const auto all = row(blocks, item);
    const auto picture = math::row_of(blocks.rows(0), item);
    const auto words = math::row_of(blocks.rows(1), item);
    for (std::size_t c = 0; c < 5; ++c) EXPECT_NEAR(all[c], picture[c], 1e-6);
    for (std::size_t c = 0; c < 8; ++c) EXPECT_NEAR(all[5 + c], words[c], 1e-6);
  }
}

TEST(ContentBlocks, adds_rows_with_a_factor) {
  const ContentBlocks blocks(toy::vectors(ContentUse::Form::tables, 9), 9);
  auto sum = row(blocks, 8);
  blocks.add_row(8, -1, sum);
  for (const double value : sum) EXPECT_NEAR(value, 0, 1e-15);
}

TEST(ContentBlocks, saved_and_mapped_rows_are_equal) {
  const toy::TempFile file;
  ContentBlocks loaded;
  const ContentBlocks blocks(toy::vectors(ContentUse::Form::tables, 9), 9);
  {
    ArchiveWriter writer(file.path(), "model");
    blocks.save(writer, "content");
    writer.commit();
    const ArchiveReader reader(file.path(), "model");
    loaded = ContentBlocks::load(reader, "content", 9);
    EXPECT_THROW(ContentBlocks::load(reader, "content", 8), Error);
  }
  ASSERT_EQ(loaded.count(), 2u);
  EXPECT_EQ(loaded.name(1), "words");
  for (ItemId item = 0; item < 9; ++item) EXPECT_EQ(row(loaded, item), row(blocks, item));
}

TEST(ContentBlocks, refuses_a_feature_with_another_number_of_rows) {
  EXPECT_THROW(ContentBlocks(toy::vectors(ContentUse::Form::tables, 9), 10), Error);
}

TEST(ContentBlocks, refuses_a_file_whose_sparse_feature_is_wider_than_memory) {
  const toy::TempFile file;
  const math::Csr rows{2, math::Index{1} << 31, {0, 0, 0}, {}, {}};
  ArchiveWriter writer(file.path(), "model");
  writer.enter("content");
  writer.put_texts("names", std::vector<std::string>{"words"});
  writer.enter("0");
  StoredCsr(rows).save(writer, "sparse");
  writer.put("mean", std::vector<float>{});
  writer.put("scale", std::vector<float>{0, 0});
  writer.leave();
  writer.leave();
  writer.commit();
  EXPECT_THROW(ContentBlocks::load(ArchiveReader(file.path(), "model"), "content", 2), Error);
}

TEST(ContentBlocks, new_items_beside_them_get_the_rows_that_they_would_have_among_them) {
  for (const auto form : {ContentUse::Form::tables, ContentUse::Form::fused}) {
    const auto vectors = toy::vectors(form, 9);
    const ContentBlocks blocks(vectors, 9);
    const auto placed = blocks.beside(toy::last_rows(*vectors, 4));
    ASSERT_EQ(placed.count(), 2u);
    for (ItemId item = 0; item < 4; ++item) {
      const auto found = row(placed, item), wanted = row(blocks, 5 + item);
      for (std::size_t c = 0; c < wanted.size(); ++c) EXPECT_NEAR(found[c], wanted[c], 1e-6);
    }
  }
}

TEST(ContentBlocks, new_items_of_other_features_or_widths_are_refused) {
  const auto vectors = toy::vectors(ContentUse::Form::tables, 9);
  const ContentBlocks blocks(vectors, 9);
  auto tables = toy::last_rows(*vectors, 2);
  tables.pop_back();
  EXPECT_THROW((void)blocks.beside(tables), Error);
  auto narrow = std::make_shared<data::FeatureTable>(*toy::last_rows(*vectors, 2).front());
  narrow->name = "words";
  tables.push_back(narrow);
  EXPECT_THROW((void)blocks.beside(tables), Error);
}

TEST(ContentBlocks, histories_become_rows_of_ones) {
  const std::vector<ItemId> history{1, 3};
  const std::vector<Query> queries{{"a", history}, {"b", {}}};
  const auto rows = history_rows(queries, 4);
  EXPECT_EQ(rows.indptr, (std::vector<std::int64_t>{0, 2, 2}));
  EXPECT_EQ(rows.indices, (std::vector<std::int32_t>{1, 3}));
  EXPECT_EQ(rows.values, (std::vector<float>{1, 1}));
}

}  // namespace
