#include "medley/features/text/fasttext_file.h"

#include "medley/core/error.h"
#include "medley/core/file.h"

#include <fasttext/fasttext.h>
#include <gmock/gmock.h>

#include <filesystem>
#include <fstream>
#include <memory>

namespace medley::features {
namespace {

using ::testing::HasSubstr;

std::filesystem::path temporary(const char* name) {
  return std::filesystem::path(::testing::TempDir()) / name;
}

/// A model that fastText itself trains and writes.
std::unique_ptr<fasttext::FastText> trained(const std::filesystem::path& bin, int dim, int buckets) {
  const auto text = temporary("fasttext_file.txt");
  {
    std::ofstream out(text);
    for (int i = 0; i < 30; ++i) out << "red cotton shirt\nблу linen dress\n";
  }
  fasttext::Args args;
  args.input = text.string();
  args.model = fasttext::model_name::sg;
  args.dim = dim;
  args.bucket = buckets;
  args.minCount = 1;
  args.thread = 1;
  args.epoch = 2;
  args.verbose = 0;
  auto out = std::make_unique<fasttext::FastText>();
  out->train(args);
  out->saveModel(bin.string());
  return out;
}

std::string fasttext_refusal(const std::string& bytes) {
  try {
    read_fasttext(std::as_bytes(std::span(bytes)), "m.bin");
  } catch (const Error& error) {
    EXPECT_TRUE(error.code() == ErrorCode::corrupt_data || error.code() == ErrorCode::unsupported);
    return error.what();
  }
  return "read";
}

TEST(FastTextFile, gives_the_vectors_that_fasttext_gives) {
  const auto bin = temporary("fasttext_file.bin");
  const auto theirs = trained(bin, 12, 50);
  const MappedFile map(bin);
  const auto vectors = WordVectors::of(read_fasttext(map.bytes(), "m.bin"), {}, 1000);
  EXPECT_EQ(vectors.dim(), 12);
  // Of 50 buckets the eleven n-gram-rich words fill all, so unknown words agree as well.
  for (const auto* word : {"red", "cotton", "блу", "dress", "shirts", "reddish", "платье"}) {
    fasttext::Vector expected(12);
    theirs->getWordVector(expected, word);
    std::vector<float> found(12);
    ASSERT_TRUE(vectors.find(word, found)) << word;
    for (std::size_t k = 0; k < 12; ++k)
      EXPECT_NEAR(found[k], expected[static_cast<std::int64_t>(k)], 1e-6) << word;
  }
}

TEST(FastTextFile, a_file_cut_at_any_byte_is_refused) {
  const auto bin = temporary("fasttext_cut.bin");
  trained(bin, 2, 3);
  const auto whole = read_file(bin, 1 << 20);
  ASSERT_EQ(fasttext_refusal(whole), "read");
  // The input matrix ends where the output matrix (a flag, two lengths, 7 rows of 2) begins.
  const auto needed = whole.size() - (1 + 2 * 8 + 7 * 2 * 4);
  for (std::size_t length = 0; length < needed; ++length)
    EXPECT_NE(fasttext_refusal(whole.substr(0, length)), "read") << length;
  EXPECT_EQ(fasttext_refusal(whole.substr(0, needed)), "read");
}

TEST(FastTextFile, a_flipped_byte_never_reads_outside_the_file) {
  const auto bin = temporary("fasttext_flip.bin");
  trained(bin, 2, 3);
  const auto whole = read_file(bin, 1 << 20);
  for (std::size_t at = 0; at < whole.size(); ++at) {
    for (const char flip : {'\x01', '\x80', '\xff'}) {
      auto changed = whole;
      changed[at] = static_cast<char>(changed[at] ^ flip);
      try {
        WordVectors::of(read_fasttext(std::as_bytes(std::span(changed)), "m.bin"), {}, 1000);
      } catch (const Error&) {
        continue;
      }
    }
  }
}

TEST(FastTextFile, says_what_it_does_not_read) {
  EXPECT_THAT(fasttext_refusal(""), HasSubstr("cut short"));
  EXPECT_THAT(fasttext_refusal("red 1 2 3 4 5 6"), HasSubstr("no .bin of fastText"));
  const auto bin = temporary("fasttext_version.bin");
  trained(bin, 2, 3);
  auto newer = read_file(bin, 1 << 20);
  newer[4] = 99;
  EXPECT_THAT(fasttext_refusal(newer), HasSubstr("version 99"));
}

}  // namespace
}  // namespace medley::features
