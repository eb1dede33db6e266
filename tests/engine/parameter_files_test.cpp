#include "medley/engine/parameter_files.h"

#include "medley/core/error.h"
#include "medley/core/file.h"
#include "medley/core/spec.h"

#include "tests/data/temp_folder.h"
#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace medley::engine {
namespace {

using ::testing::HasSubstr;

/// Reads the file that it is given when it is made.
class Reader final : public features::Extractor {
 public:
  struct Params {
    std::string words;
    std::string other;
    void fields(FieldVisitor& v) {
      v.file("words", words, "a file");
      v.field("other", other, {}, "no file");
    }
  };
  explicit Reader(const Params& params) : text_(read_file(params.words, 1 << 20) + params.other) {}
  features::Reads reads() const override { return features::Reads::text; }
  bool fitted() const override { return false; }
  int version() const override { return 1; }
  features::Vectors transform(std::span<const features::Item>, const Services&) const override { return {}; }
  int dim() const override { return 1; }
  std::vector<std::string> columns() const override { return {text_}; }

 private:
  std::string text_;
};

class ParameterFiles : public ::testing::Test {
 protected:
  ParameterFiles() {
    extractors_.add<Reader>("text/reader", "");
    feature_.name = "plots";
    feature_.extractor = "text/reader";
    feature_.params = {{"words", "nets/words.bin"}, {"other", "nets"}};
    std::filesystem::create_directory(folder_.path() / "nets");
    write_file(folder_.path() / "nets/words.bin", "one");
  }

  std::map<std::string, std::string> files() const {
    return parameter_files(extractors_, feature_, folder_.path());
  }

  data::TempFolder folder_;
  features::Registry extractors_;
  FeatureConfig feature_;
};

TEST_F(ParameterFiles, are_named_from_the_folder_and_other_texts_stay_texts) {
  EXPECT_EQ(make_extractor(extractors_, feature_, folder_.path())->columns().front(), "onenets");
  feature_.params["words"] = (folder_.path() / "nets/words.bin").string();
  EXPECT_EQ(make_extractor(extractors_, feature_, "/elsewhere")->columns().front(), "onenets");
}

TEST_F(ParameterFiles, are_told_apart_by_content_and_not_by_name_or_time) {
  const auto before = files();
  EXPECT_EQ(before.size(), 1U);
  write_file(folder_.path() / "nets/words.bin", "one");
  EXPECT_EQ(files(), before);
  write_file(folder_.path() / "nets/words.bin", "two");
  EXPECT_NE(files(), before);
}

TEST_F(ParameterFiles, weights_beside_a_file_and_all_of_a_folder_count) {
  const auto before = files();
  write_file(folder_.path() / "nets/words.bin.data", "weights");
  const auto with_weights = files();
  EXPECT_NE(with_weights, before);
  write_file(folder_.path() / "nets/wordsworth.txt", "a poet");
  EXPECT_EQ(files(), with_weights);
  const auto folder_before = content_at(folder_.path() / "nets");
  std::filesystem::create_directory(folder_.path() / "nets/variables");
  write_file(folder_.path() / "nets/variables/v.data", "x");
  EXPECT_NE(content_at(folder_.path() / "nets"), folder_before);
}

TEST_F(ParameterFiles, one_that_is_gone_is_named_with_its_section) {
  std::filesystem::remove(folder_.path() / "nets/words.bin");
  try {
    files();
    ADD_FAILURE() << "no error";
  } catch (const Error& error) {
    EXPECT_THAT(error.what(), HasSubstr("[features.plots] words: there is no"));
    EXPECT_THAT(error.what(), HasSubstr("nets/words.bin'"));
  }
}

/// Names another extractor, as video/shots does.
class Outer final : public features::Extractor {
 public:
  struct Params {
    std::string inner = "text/reader";
    void fields(FieldVisitor& v) { v.plugin("inner", inner, "an extractor"); }
  };
  Outer(const Params& params, const features::Registry& registry) {
    const auto spec = parse_spec(params.inner);
    inner_ = registry.make(spec.name, spec.combinations().front());
  }
  features::Reads reads() const override { return features::Reads::text; }
  bool fitted() const override { return false; }
  int version() const override { return 1; }
  features::Vectors transform(std::span<const features::Item>, const Services&) const override { return {}; }
  int dim() const override { return 1; }
  std::vector<std::string> columns() const override { return inner_->columns(); }

 private:
  std::unique_ptr<features::Extractor> inner_;
};

TEST_F(ParameterFiles, of_an_extractor_inside_another_are_found_and_count_too) {
  extractors_.add<Outer>("text/outer", "");
  feature_.extractor = "text/outer";
  feature_.params = {{"inner", "text/reader(words=nets/words.bin,other=x)"}};
  EXPECT_EQ(make_extractor(extractors_, feature_, folder_.path())->columns().front(), "onex");
  const auto before = files();
  ASSERT_EQ(before.size(), 1U);
  EXPECT_EQ(before.begin()->first, "inner.words");
  write_file(folder_.path() / "nets/words.bin", "two");
  EXPECT_NE(files(), before);
}

TEST_F(ParameterFiles, a_file_without_an_ending_counts) {
  write_file(folder_.path() / "nets/plain", "one");
  const auto before = content_at(folder_.path() / "nets/plain");
  write_file(folder_.path() / "nets/plain", "two");
  EXPECT_NE(content_at(folder_.path() / "nets/plain"), before);
}

TEST_F(ParameterFiles, what_an_extractor_refuses_is_said_with_its_section) {
  feature_.params["none"] = "x";
  try {
    make_extractor(extractors_, feature_, folder_.path());
    ADD_FAILURE() << "no error";
  } catch (const Error& error) {
    EXPECT_THAT(error.what(), HasSubstr("[features.plots]: text/reader: "));
  }
}

TEST_F(ParameterFiles, an_empty_one_is_none) {
  feature_.params["words"] = "";
  EXPECT_TRUE(files().empty());
}

}  // namespace
}  // namespace medley::engine
