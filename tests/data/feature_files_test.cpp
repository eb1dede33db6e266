#include "medley/data/feature_files.h"

#include "medley/core/error.h"
#include "medley/core/file.h"
#include "medley/data/npy.h"

#include <gtest/gtest.h>
#include <unistd.h>

using namespace medley;
namespace fs = std::filesystem;

namespace {

class FeatureFiles : public testing::Test {
 protected:
  void SetUp() override { fs::create_directories(folder_); }
  void TearDown() override { fs::remove_all(folder_); }

  static data::FeatureTable dense() {
    data::FeatureTable table;
    table.name = "color";
    math::Matrix rows(3, 2);
    rows(0, 0) = 1;
    rows(1, 1) = 2;
    table.rows = rows;
    table.present = {1, 1, 0};
    table.columns = {"red", "two\nlines"};
    return table;
  }
  static data::FeatureTable sparse() {
    auto table = dense();
    table.name = "text/words";
    table.rows = math::Csr{3, 2, {0, 1, 2, 2}, {0, 1}, {1, 2}};
    return table;
  }

  const std::vector<std::string> ids_{"0042", "a\\b\nc", "é"};
  const fs::path folder_ = fs::temp_directory_path() / ("medley_features_" + std::to_string(::getpid()));
};

TEST_F(FeatureFiles, give_back_what_was_saved_dense_and_sparse) {
  for (const auto& table : {dense(), sparse()}) {
    data::save_features(folder_, table, ids_, "key");
    const auto back = data::load_features(folder_, table.name);
    EXPECT_EQ(back.ids, ids_);
    EXPECT_EQ(back.table.columns, table.columns);
    EXPECT_EQ(back.table.present, table.present);
    EXPECT_EQ(back.table.is_sparse(), table.is_sparse());
    EXPECT_EQ(back.table.dim(), 2);
    EXPECT_EQ(data::stored_key(folder_, table.name), "key");
  }
  EXPECT_EQ(data::stored_key(folder_, "none"), std::nullopt);
}

TEST_F(FeatureFiles, keep_bytes_and_whole_numbers_as_they_are) {
  auto pixels = dense(), tokens = dense();
  math::BasicMatrix<std::uint8_t> bytes(3, 2);
  bytes(1, 1) = 200;
  pixels.rows = bytes;
  math::BasicMatrix<std::int32_t> numbers(3, 2);
  numbers(0, 1) = 1'000'000'007;  // no float holds it
  tokens.rows = numbers;
  data::IdMap items;
  for (const auto& id : {ids_[1], ids_[0]}) items.add(id);
  data::save_features(folder_, pixels, ids_, "key");
  const auto some = data::aligned(data::load_features(folder_, "color"), items);
  EXPECT_EQ(std::get<math::BasicMatrix<std::uint8_t>>(some.rows)(0, 1), 200);
  data::save_features(folder_, tokens, ids_, "key");
  const auto others = data::aligned(data::load_features(folder_, "color"), items);
  EXPECT_EQ(std::get<math::BasicMatrix<std::int32_t>>(others.rows)(1, 1), 1'000'000'007);
}

TEST_F(FeatureFiles, that_do_not_fit_each_other_are_refused_with_both_counts) {
  data::save_features(folder_, dense(), ids_, "key");
  write_file(folder_ / "color.ids", "0042\nb\n");
  try {
    data::load_features(folder_, "color");
    FAIL();
  } catch (const Error& error) {
    EXPECT_NE(std::string(error.what()).find("2 ids for 3 rows"), std::string::npos) << error.what();
  }
}

TEST_F(FeatureFiles, rows_are_aligned_to_the_items_by_id) {
  for (const auto& table : {dense(), sparse()}) {
    data::IdMap items;
    for (const char* id : {"new", "é", "a\\b\nc", "0042"}) items.add(id);
    const auto out = data::aligned({table, ids_}, items);
    EXPECT_EQ(out.items(), 4);
    EXPECT_EQ(out.present, (std::vector<std::uint8_t>{0, 0, 1, 1}));
    const auto unit = data::unit_rows(out, false);
    EXPECT_EQ(math::row_of(unit.rows, 2), (std::vector<float>{0, 1}));
    EXPECT_EQ(math::row_of(unit.rows, 3), (std::vector<float>{1, 0}));
  }
}

TEST_F(FeatureFiles, vectors_made_elsewhere_go_by_number_or_by_their_ids) {
  data::save_npy(folder_ / "clip.npy", dense().dense().view());
  const auto message = [&](std::initializer_list<const char*> ids) -> std::string {
    data::IdMap items;
    for (const char* id : ids) items.add(id);
    try {
      data::load_vectors(folder_ / "clip.npy", items);
    } catch (const Error& error) {
      return error.what();
    }
    return "";
  };
  EXPECT_EQ(message({"2", "0"}), "");
  EXPECT_NE(message({"2", "3"}).find("has 3 rows, and there is an item 3"), std::string::npos);
  EXPECT_NE(message({"0", "01"}).find("item '01' is none"), std::string::npos);
  EXPECT_NE(message({"apple"}).find("item 'apple' is none"), std::string::npos);

  data::IdMap items;
  items.add("apple");
  items.add("0");
  write_file(folder_ / "clip.ids", "plum\n0\napple\n");
  const auto table = data::aligned(data::load_vectors(folder_ / "clip.npy", items), items);
  EXPECT_EQ(table.present, (std::vector<std::uint8_t>{0, 1}));
  EXPECT_EQ(table.dense()(1, 1), 2.0f);
}

}  // namespace
