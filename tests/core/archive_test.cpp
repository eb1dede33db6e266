#include "medley/core/archive.h"

#include <gtest/gtest.h>

#include <fstream>

using namespace medley;
namespace fs = std::filesystem;

namespace {

class Archive : public testing::Test {
 protected:
  void SetUp() override {
    path_ = fs::temp_directory_path() / ("medley_archive_" + std::to_string(::getpid()));
    ArchiveWriter writer(path_, "sample");
    writer.put("numbers", std::vector<float>{1.5f, -2.0f, 3.0f}, Verify::on_request);
    writer.enter("inner");
    writer.put("index", std::vector<std::int64_t>{0, 2, 3});
    writer.put_texts("ids", std::vector<std::string>{"a", "", "0042"});
    writer.leave();
    writer.put_text("name", "ease");
    writer.commit();
    bytes_ = read_file(path_, 1 << 20);
  }
  void TearDown() override { fs::remove(path_); }

  void overwrite(const std::string& bytes) const { std::ofstream(path_, std::ios::binary) << bytes; }

  fs::path path_;
  std::string bytes_;
};

TEST_F(Archive, gives_back_what_was_put) {
  const ArchiveReader reader(path_, "sample");
  const auto numbers = reader.get<float>("numbers", 3);
  EXPECT_EQ(numbers[1], -2.0f);
  EXPECT_EQ(reinterpret_cast<std::uintptr_t>(numbers.data()) % 64, 0u);
  const auto inner = reader.inside("inner");
  EXPECT_EQ(inner.get<std::int64_t>("index")[2], 3);
  EXPECT_EQ(inner.get_texts("ids"), (std::vector<std::string>{"a", "", "0042"}));
  EXPECT_EQ(reader.get_text("name"), "ease");
  EXPECT_TRUE(reader.contains("name"));
  EXPECT_FALSE(inner.contains("name"));
  EXPECT_TRUE(reader.damaged().empty());
}

TEST_F(Archive, refuses_a_wrong_name_type_length_or_kind) {
  const ArchiveReader reader(path_, "sample");
  EXPECT_THROW(reader.get<float>("none"), Error);
  EXPECT_THROW(reader.get<double>("numbers"), Error);
  EXPECT_THROW(reader.get<float>("numbers", 4), Error);
  EXPECT_THROW(ArchiveReader(path_, "model"), Error);
}

TEST_F(Archive, truncated_at_any_byte_is_refused) {
  for (std::size_t length = 0; length < bytes_.size(); ++length) {
    overwrite(bytes_.substr(0, length));
    EXPECT_THROW(ArchiveReader(path_, "sample"), Error) << length;
  }
}

TEST_F(Archive, a_flipped_bit_is_refused_or_found_on_request) {
  const std::size_t padding_is_never_read = 64;
  int found = 0;
  for (std::size_t i = 0; i < bytes_.size(); ++i) {
    auto changed = bytes_;
    changed[i] = static_cast<char>(changed[i] ^ 4);
    overwrite(changed);
    try {
      const ArchiveReader reader(path_, "sample");
      found += static_cast<int>(reader.damaged().size());
    } catch (const Error&) {
      ++found;
    }
  }
  // Six arrays, each followed by less than one alignment of padding.
  EXPECT_GT(found, static_cast<int>(bytes_.size() - 7 * padding_is_never_read));
}

TEST_F(Archive, a_newer_version_says_so) {
  auto changed = bytes_;
  changed[8] = 9;
  overwrite(changed);
  try {
    const ArchiveReader reader(path_, "sample");
    FAIL();
  } catch (const Error& error) {
    EXPECT_EQ(error.code(), ErrorCode::unsupported);
    EXPECT_NE(std::string(error.what()).find("version 9"), std::string::npos);
  }
}

}  // namespace
