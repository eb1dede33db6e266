#include "medley/data/store/catalog_cells.h"

#include "medley/core/error.h"

#include "../temp_folder.h"
#include "store_rows.h"
#include <gmock/gmock.h>

#include <cmath>
#include <numeric>

using namespace medley;
using namespace medley::data;
using testing::ElementsAre;
using testing::IsEmpty;

namespace {

/// What a stream handed out, put together, and how many items each block had.
struct Streamed {
  Catalog catalog;
  std::vector<std::int32_t> blocks;
};

template <class Column>
void append(std::vector<Column>& to, const std::vector<Column>& block) {
  if (to.empty())
    for (const auto& column : block) to.push_back({column.name, {}});
  ASSERT_EQ(to.size(), block.size());
  for (std::size_t c = 0; c < block.size(); ++c)
    to[c].values.insert(to[c].values.end(), block[c].values.begin(), block[c].values.end());
}

Streamed streamed(const Store& store, ColumnType type) {
  Streamed out;
  store.read_catalog([&](const IdMap&, const CatalogStream& columns) {
    columns(type, [&](const Catalog& block, ItemId first) {
      EXPECT_EQ(first, std::accumulate(out.blocks.begin(), out.blocks.end(), 0));
      out.blocks.push_back(static_cast<std::int32_t>(block.has_row.size()));
      append(out.catalog.texts, block.texts);
      append(out.catalog.categories, block.categories);
      append(out.catalog.numbers, block.numbers);
      for (const auto kind : kMediaKinds) {
        auto& paths = out.catalog.files[kind];
        paths.insert(paths.end(), block.files[kind].begin(), block.files[kind].end());
        // A block without a file has no entries.
        if (kind == MediaKind::image) paths.resize(static_cast<std::size_t>(first) + block.has_row.size());
      }
    });
  });
  return out;
}

/// Items i0, i1, ...; every seventh has no cell, every fifth no title.
void fill(RowSink& sink, int items) {
  for (int i = 0; i < items; ++i) {
    const auto id = "i" + std::to_string(i);
    if (i % 7 == 6) {
      sink.event(event_row("u", id));
      continue;
    }
    ItemRow row{id, {{"plot", "plot of " + id}}, {{"genres", {"a", id}}}, {{"year", i}}, {}};
    if (i % 5 != 0) row.texts.emplace_back("title", "title of " + id);
    row.files[MediaKind::image] = i % 3 == 0 ? id + ".jpg" : "";
    sink.item(row);
  }
}

TEST(CatalogStream, hands_out_what_the_store_loads_in_blocks) {
  for (const int items : {0, 1, 2047, 2048, 2049, 5000}) {
    SCOPED_TRACE(items);
    TempFolder folder;
    Store store(folder.path() / "m.db");
    import_rows(store, [&](RowSink& sink) { fill(sink, items); });
    const auto whole = store.load().catalog;
    const auto texts = streamed(store, ColumnType::text);
    ASSERT_EQ(texts.catalog.texts.size(), whole.texts.size());
    for (std::size_t c = 0; c < whole.texts.size(); ++c) {
      EXPECT_EQ(texts.catalog.texts[c].name, whole.texts[c].name);
      EXPECT_EQ(texts.catalog.texts[c].values, whole.texts[c].values);
    }
    EXPECT_THAT(texts.catalog.numbers, IsEmpty());
    EXPECT_THAT(texts.catalog.categories, IsEmpty());
    const auto categories = streamed(store, ColumnType::category).catalog.categories;
    ASSERT_EQ(categories.size(), whole.categories.size());
    if (items > 0) EXPECT_EQ(categories[0].values, whole.categories[0].values);
    const auto numbers = streamed(store, ColumnType::number).catalog.numbers;
    ASSERT_EQ(numbers.size(), whole.numbers.size());
    for (std::size_t i = 0; i < static_cast<std::size_t>(items); ++i) {
      EXPECT_EQ(std::isnan(numbers[0].values[i]), i % 7 == 6) << i;
      if (i % 7 != 6) EXPECT_EQ(numbers[0].values[i], whole.numbers[0].values[i]);
    }
    const auto files = streamed(store, ColumnType::file).catalog.files[MediaKind::image];
    EXPECT_EQ(files, whole.files[MediaKind::image]);
    EXPECT_EQ(std::accumulate(texts.blocks.begin(), texts.blocks.end(), 0), items);
  }
}

TEST(CatalogStream, of_no_items_is_one_empty_block) {
  TempFolder folder;
  Store store(folder.path() / "m.db");
  EXPECT_THAT(streamed(store, ColumnType::text).blocks, ElementsAre(0));
}

TEST(CatalogStream, cuts_blocks_of_long_texts_short) {
  TempFolder folder;
  Store store(folder.path() / "m.db");
  import_rows(store, [](RowSink& sink) {
    for (const char* id : {"a", "b", "c", "d", "e"})
      sink.item({id, {{"plot", std::string(3'000'000, *id)}, {"title", id}}, {}, {}, {}});
  });
  const auto got = streamed(store, ColumnType::text);
  EXPECT_THAT(got.blocks, ElementsAre(3, 2));
  EXPECT_EQ(got.catalog.texts[0].values[3], std::string(3'000'000, 'd'));
  EXPECT_THAT(got.catalog.texts[1].values, ElementsAre("a", "b", "c", "d", "e"));
}

TEST(CatalogStream, refuses_cells_of_items_that_are_not_there) {
  TempFolder folder;
  Store store(folder.path() / "m.db");
  import_rows(store, [](RowSink& sink) { fill(sink, 3); });
  store.database().sql() << "UPDATE cells SET item_row = 9 WHERE item_row = 3";
  try {
    streamed(store, ColumnType::text);
    FAIL();
  } catch (const Error& error) {
    EXPECT_EQ(error.code(), ErrorCode::corrupt_data);
    EXPECT_THAT(error.what(), testing::HasSubstr("names item 9 of 3"));
  }
}

TEST(CatalogStream, ends_with_what_its_sink_throws_and_may_be_read_again) {
  TempFolder folder;
  Store store(folder.path() / "m.db");
  import_rows(store, [](RowSink& sink) { fill(sink, 3); });
  EXPECT_THROW(store.read_catalog([](const IdMap& items, const CatalogStream& columns) {
    EXPECT_EQ(items.size(), 3);
    columns(ColumnType::text, [](const Catalog&, ItemId) { fail(ErrorCode::interrupted, "stop"); });
  }),
               Error);
  EXPECT_THAT(streamed(store, ColumnType::text).blocks, ElementsAre(3));
}

}  // namespace
