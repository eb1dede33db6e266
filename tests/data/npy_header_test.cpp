#include "medley/data/npy_header.h"

#include <gtest/gtest.h>

using namespace medley::data;

namespace {

TEST(NpyHeader, what_is_made_parses_and_is_aligned) {
  for (const std::vector<std::int64_t>& shape : {std::vector<std::int64_t>{5}, {3, 7}, {0, 7}, {0}}) {
    std::string file = make_npy_header("<i8", shape);
    EXPECT_EQ(file.size() % 64, 0u);
    const auto count = shape.size() == 2 ? shape[0] * shape[1] : shape[0];
    file.resize(file.size() + static_cast<std::size_t>(count) * 8);
    const auto header = parse_npy_header(std::as_bytes(std::span(file)), "made");
    EXPECT_EQ(header.type, NpyType::int64);
    EXPECT_EQ(header.shape, shape);
    EXPECT_FALSE(header.fortran_order);
    EXPECT_FALSE(header.big_endian);
  }
}

TEST(NpyHeader, element_sizes) {
  EXPECT_EQ(npy_item_size(NpyType::float16), 2u);
  EXPECT_EQ(npy_item_size(NpyType::uint8), 1u);
  EXPECT_EQ(npy_item_size(NpyType::int64), 8u);
}

}  // namespace
