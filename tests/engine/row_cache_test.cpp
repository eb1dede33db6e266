#include "medley/engine/row_cache.h"

#include "medley/core/error.h"
#include "medley/core/file.h"
#include "medley/core/hash.h"

#include <gtest/gtest.h>
#include <unistd.h>

#include <fstream>
#include <string>
#include <vector>

using namespace medley;
using engine::RowCache;
namespace fs = std::filesystem;

namespace {

class RowCacheTest : public testing::Test {
 protected:
  void SetUp() override { fs::remove(path_); }
  void TearDown() override { fs::remove(path_); }

  void fill() const {
    RowCache cache(path_);
    cache.add(content_hash("a"), {{1.0f, 2.0f}, ""});
    cache.add(content_hash("b"), {{}, "JPEG cut short"});
    cache.flush();
  }
  const fs::path path_ = fs::temp_directory_path() / ("medley_rows_" + std::to_string(::getpid()));
};

TEST_F(RowCacheTest, keeps_rows_and_reasons_across_openings) {
  fill();
  const RowCache cache(path_);
  ASSERT_TRUE(cache.has(content_hash("a")));
  EXPECT_EQ(cache.find(content_hash("a"))->values, (std::vector<float>{1.0f, 2.0f}));
  EXPECT_EQ(cache.find(content_hash("b"))->reason, "JPEG cut short");
  EXPECT_FALSE(cache.has(content_hash("c")));
  EXPECT_FALSE(cache.find(content_hash("c")).has_value());
}

TEST_F(RowCacheTest, finds_what_was_added_and_not_flushed) {
  RowCache cache(path_);
  for (int i = 0; i < 3; ++i) {
    const auto hash = content_hash(std::string(1, static_cast<char>('a' + i)));
    cache.add(hash, {{static_cast<float>(i), 7.0f}, ""});
    EXPECT_EQ(cache.find(hash)->values, (std::vector<float>{static_cast<float>(i), 7.0f}));
  }
  EXPECT_EQ(cache.find(content_hash("a"))->values, (std::vector<float>{0.0f, 7.0f}));
}

TEST_F(RowCacheTest, keeps_the_bytes_of_raw_rows_of_any_number) {
  {
    RowCache cache(path_);
    cache.add(content_hash("a"), {{}, "", std::string("\x01\0\xff", 3)});
    cache.flush();
  }
  const RowCache cache(path_);
  EXPECT_EQ(cache.find(content_hash("a"))->raw, std::string("\x01\0\xff", 3));
  EXPECT_TRUE(cache.find(content_hash("a"))->values.empty());
}

TEST_F(RowCacheTest, cut_anywhere_it_keeps_the_whole_records_and_goes_on) {
  fill();
  const auto bytes = read_file(path_, 1 << 20);
  for (std::size_t length = 0; length < bytes.size(); ++length) {
    std::ofstream(path_, std::ios::binary) << bytes.substr(0, length);
    {
      RowCache cache(path_);
      EXPECT_LT(cache.size(), 2u);
      cache.add(content_hash("b"), {{}, "JPEG cut short"});
      cache.flush();
    }
    const RowCache again(path_);
    EXPECT_EQ(again.find(content_hash("b"))->reason, "JPEG cut short");
  }
}

TEST_F(RowCacheTest, a_damaged_record_is_made_again) {
  fill();
  auto bytes = read_file(path_, 1 << 20);
  bytes[50] = static_cast<char>(bytes[50] ^ 1);
  std::ofstream(path_, std::ios::binary) << bytes;
  const RowCache cache(path_);
  EXPECT_EQ(cache.size(), 0u);
}

TEST_F(RowCacheTest, a_second_process_is_refused) {
  const RowCache cache(path_);
  EXPECT_THROW(RowCache second(path_), Error);
}

}  // namespace
