#include "medley/data/id_map.h"

#include "medley/core/error.h"

#include <gtest/gtest.h>

using namespace medley;
using data::IdMap;

namespace {

TEST(IdMap, numbers_ids_in_the_order_of_their_first_appearance) {
  IdMap map;
  EXPECT_EQ(map.add("b"), 0);
  EXPECT_EQ(map.add("a"), 1);
  EXPECT_EQ(map.add("b"), 0);
  EXPECT_EQ(map.size(), 2);
  EXPECT_EQ(map.id(1), "a");
  EXPECT_EQ(map.ids(), (std::vector<std::string>{"b", "a"}));
  EXPECT_EQ(map.find("a"), 1);
  EXPECT_EQ(map.find("c"), std::nullopt);
}

TEST(IdMap, keeps_ids_byte_for_byte) {
  IdMap map;
  const std::vector<std::string> ids = {
      "42", "0042", "1234567890123456789", "1234567890123456788", " a #1", "caf\xc3\xa9", "cafe\xcc\x81",
      "A",  "a",    std::string("a\0b", 3)};
  for (const auto& id : ids) map.add(id);
  ASSERT_EQ(map.size(), static_cast<std::int32_t>(ids.size()));
  for (std::int32_t row = 0; row < map.size(); ++row) {
    EXPECT_EQ(map.id(row), ids[static_cast<std::size_t>(row)]);
    EXPECT_EQ(map.find(map.id(row)), row);
  }
}

TEST(IdMap, refuses_an_empty_id_and_one_that_is_too_long) {
  IdMap map;
  EXPECT_THROW(map.add(""), Error);
  EXPECT_NO_THROW(map.add(std::string(IdMap::kMaxIdBytes, 'x')));
  EXPECT_THROW(map.add(std::string(IdMap::kMaxIdBytes + 1, 'x')), Error);
  EXPECT_EQ(map.size(), 1);
}

TEST(IdMap, keeps_its_ids_when_it_grows_and_when_it_is_moved) {
  IdMap map;
  for (int i = 0; i < 10'000; ++i) map.add(std::to_string(i));
  const IdMap moved = std::move(map);
  for (int i = 0; i < 10'000; ++i) ASSERT_EQ(moved.id(i), std::to_string(i));
}

}  // namespace
