#include "medley/data/npy.h"

#include "medley/core/error.h"
#include "medley/core/file.h"

#include "tests/data/temp_folder.h"
#include "tests/test_data.h"
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>

using namespace medley;
using namespace medley::data;
using testing::HasSubstr;

namespace {

const std::filesystem::path kFolder = test_data("data/npy");

template <class Body>
std::string npy_error(Body body) {
  try {
    body();
  } catch (const Error& error) {
    return error.what();
  }
  return "no error";
}

std::string parse_error(std::string_view bytes) {
  return npy_error([&] { parse_npy(std::as_bytes(std::span(bytes)), "x.npy"); });
}

void expect_the_rows(const math::Matrix& rows, const std::string& file) {
  const float want[3][2] = {{0, 1}, {2, 200}, {7, 96}};
  ASSERT_EQ(rows.rows(), 3) << file;
  ASSERT_EQ(rows.cols(), 2) << file;
  for (int i = 0; i < 3; ++i) {
    for (int j = 0; j < 2; ++j) EXPECT_EQ(rows(i, j), want[i][j]) << file << " " << i << " " << j;
  }
}

TEST(Npy, reads_every_type_in_both_orders_and_both_byte_orders) {
  for (const std::string type : {"f2", "f4", "f8", "u1", "i4", "i8"}) {
    for (const std::string bytes : {"le", "be"}) {
      for (const std::string order : {"c", "fortran"}) {
        const auto file = bytes + "_" + type + "_" + order + ".npy";
        expect_the_rows(load_npy(kFolder / file), file);
      }
    }
  }
}

TEST(Npy, reads_versions_2_and_3_a_vector_and_no_rows) {
  expect_the_rows(load_npy(kFolder / "version_2.npy"), "version 2");
  expect_the_rows(load_npy(kFolder / "version_3.npy"), "version 3");
  const auto vector = load_npy(kFolder / "vector.npy");
  ASSERT_EQ(vector.rows(), 3);
  ASSERT_EQ(vector.cols(), 1);
  EXPECT_EQ(vector(1, 0), -2.5f);
  EXPECT_EQ(load_npy(kFolder / "no_rows.npy").rows(), 0);
  EXPECT_EQ(load_npy(kFolder / "no_rows.npy").cols(), 5);
}

TEST(Npy, halves_are_widened_exactly) {
  const auto halves = load_npy(kFolder / "halves.npy");
  const auto want = load_npy(kFolder / "halves_as_f4.npy");
  ASSERT_EQ(halves.rows(), want.rows());
  for (int i = 0; i < want.rows(); ++i) {
    if (std::isnan(want(i, 0))) {
      EXPECT_TRUE(std::isnan(halves(i, 0)));
    } else {
      EXPECT_EQ(halves(i, 0), want(i, 0)) << i;
      EXPECT_EQ(std::signbit(halves(i, 0)), std::signbit(want(i, 0))) << i;
    }
  }
}

TEST(Npy, refuses_objects_structures_and_other_shapes_by_name) {
  const auto error = [](const char* file) { return npy_error([&] { load_npy(kFolder / file); }); };
  EXPECT_THAT(error("object.npy"), HasSubstr("dtype object"));
  EXPECT_THAT(error("structured.npy"), HasSubstr("structured"));
  EXPECT_THAT(error("complex.npy"), HasSubstr("'<c8'"));
  EXPECT_THAT(error("cube.npy"), HasSubstr("3 dimensions"));
  EXPECT_THAT(error("scalar.npy"), HasSubstr("0 dimensions"));
}

TEST(Npy, refuses_a_file_cut_at_any_byte_and_one_that_is_longer) {
  const auto whole = read_file(kFolder / "le_f4_c.npy", 1 << 20);
  for (std::size_t size = 0; size < whole.size(); ++size) {
    EXPECT_NE(parse_error(whole.substr(0, size)), "no error") << size;
  }
  EXPECT_EQ(parse_error(whole), "no error");
  EXPECT_THAT(parse_error(whole + "x"), HasSubstr("3 x 2 elements of 4 bytes, the file holds 25 bytes"));
}

TEST(Npy, refuses_a_header_that_lies_before_it_takes_memory) {
  const auto whole = read_file(kFolder / "le_f4_c.npy", 1 << 20);
  const auto with = [&](const std::string& from, const std::string& to) {
    auto bytes = whole;
    const auto at = bytes.find(from);
    bytes.replace(at, from.size(), to);
    // Keep the header's length: take away or add padding before the line end.
    const auto end = bytes.find('\n', at);
    if (to.size() >= from.size()) {
      bytes.erase(end - (to.size() - from.size()), to.size() - from.size());
    } else {
      bytes.insert(end, from.size() - to.size(), ' ');
    }
    return parse_error(bytes);
  };
  EXPECT_EQ(with("(3, 2)", "(2, 3)"), "no error");
  EXPECT_THAT(with("(3, 2)", "(2147483647, 2147483647)"), HasSubstr("the file holds 24 bytes"));
  EXPECT_THAT(with("(3, 2)", "(99999999999999999999, 2)"), HasSubstr("shape"));
  EXPECT_THAT(with("(3, 2)", "(4294967296, 0)"), HasSubstr("shape"));
  EXPECT_THAT(with("(3, 2)", "(-3, 2)"), HasSubstr("shape"));
  EXPECT_THAT(with("(3, 2)", "3"), HasSubstr("lacks '('"));
  EXPECT_THAT(with("False", "Maybe"), HasSubstr("fortran_order"));
  EXPECT_THAT(with("'shape'", "'descr'"), HasSubstr("unexpected key"));
  EXPECT_THAT(with("<f4", "<f8"), HasSubstr("8 bytes, the file holds 24"));
  EXPECT_THAT(parse_error("PK\x03\x04 something else"), HasSubstr("not a .npy file"));
}

TEST(Npy, what_is_written_reads_back) {
  TempFolder folder;
  const auto path = folder.path() / "a.npy";
  math::Matrix rows(2, 3);
  for (int i = 0; i < 6; ++i) rows.data()[i] = static_cast<float>(i) / 7.0f;
  save_npy(path, rows.view());
  const auto back = load_npy(path);
  ASSERT_EQ(back.rows(), 2);
  ASSERT_EQ(back.cols(), 3);
  for (int i = 0; i < 6; ++i) EXPECT_EQ(back.data()[i], rows.data()[i]);

  const std::vector<std::int64_t> big = {1, -5, std::int64_t{1} << 60};
  save_npy_vector<std::int64_t>(path, big);
  EXPECT_EQ(load_npy_vector<std::int64_t>(path), big);
  EXPECT_THROW(load_npy_vector<std::int32_t>(path), Error);
  save_npy_vector<std::uint8_t>(path, std::vector<std::uint8_t>{});
  EXPECT_TRUE(load_npy_vector<std::uint8_t>(path).empty());
}

TEST(Npy, the_same_bytes_as_numpy) {
  TempFolder folder;
  math::Matrix rows(3, 2);
  const float values[] = {0, 1, 2, 200, 7, 96};
  std::copy(std::begin(values), std::end(values), rows.data());
  save_npy(folder.path() / "a.npy", rows.view());
  EXPECT_EQ(read_file(folder.path() / "a.npy", 1 << 20), read_file(kFolder / "le_f4_c.npy", 1 << 20));
  save_npy_vector<float>(folder.path() / "v.npy", std::vector<float>{1.5f, -2.5f, 3.5f});
  EXPECT_EQ(read_file(folder.path() / "v.npy", 1 << 20), read_file(kFolder / "vector.npy", 1 << 20));
}

}  // namespace
