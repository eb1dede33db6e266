#include "medley/encode/network.h"
#include "medley/engine/extract.h"
#include "medley/engine/pipeline.h"

#include "tests/engine/small_world.h"
#include "tests/test_data.h"
#include <gmock/gmock.h>

// Features that a network of a file makes: what the cache and a model file do when that file is replaced or
// gone.

using namespace medley;
using namespace medley::engine::test;
using engine::Pipeline;
using ::testing::HasSubstr;

namespace {

class FeatureOfANetwork : public ::testing::Test {
 protected:
  void SetUp() override {
    if (!encode::available()) GTEST_SKIP() << "built without OpenVINO";
    for (const auto* name : {"text.onnx", "wordpiece.xml", "wordpiece.bin"})
      std::filesystem::copy_file(test_data("encode/data/" + std::string(name)),
                                 shop_.workspace().folder() / name);
    shop_.write_config(
        "[features.titles]\nextractor = \"text/encoder\"\nfields = [\"title\"]\nnetwork = \"text.onnx\"\n"
        "tokenizer = \"wordpiece.xml\"\n");
    shop_.import();
    dataset_ = shop_.dataset();
  }

  engine::FeatureReport extract() { return engine::extract(shop_.workspace(), plugins_, quiet_).front(); }

  std::filesystem::path network() const { return shop_.workspace().folder() / "text.onnx"; }

  /// The same network under the same name, with another weight.
  void replace_network() const {
    auto bytes = read_file(network(), 1 << 20);
    const auto weights = bytes.find("words");  // the table's name stands beside its numbers
    ASSERT_NE(weights, std::string::npos);
    for (std::size_t i = 0; i < bytes.size(); ++i)
      if (bytes[i] == '\x3f') bytes[i] = '\x3e';  // the upper byte of numbers between .5 and 2
    write_file(network(), bytes);
  }

  const Shop shop_;
  const engine::Plugins plugins_ = engine::builtin_plugins();
  QuietServices quiet_{1};
  data::Dataset dataset_;
};

TEST_F(FeatureOfANetwork, is_made_once_and_again_when_the_network_changes) {
  const auto first = extract();
  EXPECT_EQ(first.dim, 4);
  EXPECT_GT(first.computed, 0);
  EXPECT_EQ(extract().computed, 0);
  replace_network();
  EXPECT_EQ(extract().computed, first.computed);
}

TEST_F(FeatureOfANetwork, a_model_file_makes_the_same_vectors_and_refuses_another_network) {
  extract();
  const auto folder = shop_.workspace().models();
  engine::Workspace::make_folder(folder);
  const auto path = folder / "m.medley";
  ArchiveWriter out(path, "model");
  Pipeline::of(shop_.workspace(), dataset_.catalog, plugins_.extractors).save(out);
  out.commit();
  const auto loaded = Pipeline::load({path, "model"}, plugins_.extractors);
  const engine::NewItem item{.id = "n", .texts = {{"title", "a red shirt"}}};
  EXPECT_EQ(loaded.transform(std::span(&item, 1), quiet_).front()->dim(), 4);

  replace_network();
  EXPECT_THAT(
      error_of([&] { Pipeline::load({path, "model"}, plugins_.extractors); }),
      HasSubstr("[features.titles] network: 'text.onnx' is not the one that the model was trained with"));
  std::filesystem::remove(network());
  EXPECT_THAT(error_of([&] { Pipeline::load({path, "model"}, plugins_.extractors); }),
              HasSubstr("[features.titles]: text/encoder: there is no network"));
}

TEST_F(FeatureOfANetwork, a_file_that_is_not_there_is_said_before_anything_is_made) {
  std::filesystem::remove(network());
  EXPECT_THAT(error_of([&] { extract(); }),
              HasSubstr("[features.titles]: text/encoder: there is no network"));
}

}  // namespace
