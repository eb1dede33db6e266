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
using testing::HasSubstr;
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
    columns(type, [&](const Catalog& block, ItemId first, std::int32_t count) {
      EXPECT_EQ(first, std::accumulate(out.blocks.begin(), out.blocks.end(), 0));
      out.blocks.push_back(count);
      append(out.catalog.texts, block.texts);
      append(out.catalog.categories, block.categories);
      append(out.catalog.numbers, block.numbers);
      for (const auto kind : kMediaKinds) {
        auto& paths = out.catalog.files[kind];
        paths.insert(paths.end(), block.files[kind].begin(), block.files[kind].end());
        // A block without a file has no entries.
        if (kind == MediaKind::image)
          paths.resize(static_cast<std::size_t>(first) + static_cast<std::size_t>(count));
      }
    });
  });
  return out;
}

/// Items i0, i1, ...; every seventh has no cell, every fifth no title.
void fill_catalog(RowSink& sink, int items) {
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
    import_rows(store, [&](RowSink& sink) { fill_catalog(sink, items); });
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
    if (items > 0) {
      EXPECT_EQ(categories[0].values, whole.categories[0].values);
    }
    const auto numbers = streamed(store, ColumnType::number).catalog.numbers;
    ASSERT_EQ(numbers.size(), whole.numbers.size());
    for (std::size_t i = 0; i < static_cast<std::size_t>(items); ++i) {
      EXPECT_EQ(std::isnan(numbers[0].values[i]), i % 7 == 6) << i;
      if (i % 7 != 6) {
        EXPECT_EQ(numbers[0].values[i], whole.numbers[0].values[i]);
      }
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

TEST(CatalogStream, has_every_item_where_most_have_no_cell) {
  for (const int only : {0, 4500, 6999}) {
    SCOPED_TRACE(only);
    TempFolder folder;
    Store store(folder.path() / "m.db");
    import_rows(store, [&](RowSink& sink) {
      for (int i = 0; i < 7000; ++i) sink.event(event_row("u", "i" + std::to_string(i)));
      sink.item({"i" + std::to_string(only), {{"plot", "the one"}}, {}, {}, {}});
    });
    const auto got = streamed(store, ColumnType::text);
    EXPECT_THAT(got.blocks, ElementsAre(2048, 2048, 2048, 856));
    const auto& plots = got.catalog.texts.at(0).values;
    ASSERT_EQ(plots.size(), 7000u);
    for (int i = 0; i < 7000; ++i)
      EXPECT_EQ(plots[static_cast<std::size_t>(i)], i == only ? "the one" : "") << i;
  }
}

TEST(CatalogStream, starts_a_block_before_an_item_far_behind_a_long_one) {
  TempFolder folder;
  Store store(folder.path() / "m.db");
  import_rows(store, [](RowSink& sink) {
    for (int i = 0; i < 5000; ++i) sink.event(event_row("u", "i" + std::to_string(i)));
    sink.item({"i0", {{"plot", std::string(9'000'000, 'x')}}, {}, {}, {}});
    sink.item({"i4000", {{"plot", "y"}}, {}, {}, {}});
  });
  const auto got = streamed(store, ColumnType::text);
  EXPECT_EQ(std::accumulate(got.blocks.begin(), got.blocks.end(), 0), 5000);
  EXPECT_EQ(*std::ranges::max_element(got.blocks), 2048);
  EXPECT_EQ(got.catalog.texts.at(0).values[4000], "y");
}

TEST(CatalogStream, refuses_what_does_not_fit_together_before_anything_is_read) {
  const auto refusal = [](const char* damage) -> std::string {
    TempFolder folder;
    Store store(folder.path() / "m.db");
    import_rows(store, [](RowSink& sink) { fill_catalog(sink, 3); });
    store.database().sql() << damage;
    try {
      store.read_catalog([](const IdMap&, const CatalogStream&) { ADD_FAILURE(); });
    } catch (const Error& error) {
      EXPECT_EQ(error.code(), ErrorCode::corrupt_data);
      return error.what();
    }
    return "";
  };
  EXPECT_THAT(refusal("UPDATE cells SET item_row = 9 WHERE item_row = 3"), HasSubstr("names item 9 of 3"));
  EXPECT_THAT(refusal("UPDATE cells SET item_row = 0 WHERE item_row = 3"), HasSubstr("names item 0 of 3"));
  EXPECT_THAT(refusal("UPDATE cells SET field_row = 99 WHERE field_row = 1"), HasSubstr("names field 99 of"));
  EXPECT_THAT(refusal("DELETE FROM fields WHERE row = 1"), HasSubstr("field 2 of 0"));
  EXPECT_THAT(refusal("UPDATE fields SET type = 'smell' WHERE row = 1"), HasSubstr("unknown type 'smell'"));
}

TEST(CatalogStream, ends_with_what_its_sink_throws_and_may_be_read_again) {
  TempFolder folder;
  Store store(folder.path() / "m.db");
  import_rows(store, [](RowSink& sink) { fill_catalog(sink, 3); });
  EXPECT_THROW(store.read_catalog([](const IdMap& items, const CatalogStream& columns) {
    EXPECT_EQ(items.size(), 3);
    columns(ColumnType::text,
            [](const Catalog&, ItemId, std::int32_t) { fail(ErrorCode::interrupted, "stop"); });
  }),
               Error);
  EXPECT_THAT(streamed(store, ColumnType::text).blocks, ElementsAre(3));
}

}  // namespace
