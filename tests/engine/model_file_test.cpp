#include "medley/core/archive.h"
#include "medley/core/error.h"
#include "medley/engine/trained_model.h"

#include <gtest/gtest.h>
#include <unistd.h>

using namespace medley;

namespace {

class ModelFile : public testing::Test {
 protected:
  void SetUp() override {
    models::register_builtin(registry_);
    path_ = std::filesystem::temp_directory_path() / ("medley_model_file_" + std::to_string(::getpid()));
    for (const auto& [user, item] : {std::pair{0, 0}, {0, 1}, {1, 1}, {1, 2}, {2, 2}})
      log_.events.push_back({user, item});
    interactions_ = data::build_interactions(log_, 3, 3);
  }
  void TearDown() override { std::filesystem::remove(path_); }

  models::Registry registry_;
  std::filesystem::path path_;
  data::EventLog log_;
  data::Interactions interactions_;
  QuietServices services_{1};
};

TEST_F(ModelFile, is_refused_when_the_model_was_fitted_on_another_number_of_items) {
  for (const char* name : {"als", "ease", "graph_filter", "item_knn", "late", "popularity", "random"}) {
    const auto model = registry_.make(name);
    model->fit({&interactions_, nullptr}, services_);
    engine::TrainedModel::save(path_, name, {}, {"a", "b", "c"}, {1, 2, 2}, *model);
    EXPECT_EQ(engine::TrainedModel(path_, registry_).score("u", {0}, services_.pool()).size(), 3u) << name;
    engine::TrainedModel::save(path_, name, {}, {"a", "b", "c", "d"}, {1, 2, 2, 0}, *model);
    try {
      const engine::TrainedModel loaded(path_, registry_);
      ADD_FAILURE() << name;
    } catch (const Error& error) {
      EXPECT_EQ(error.code(), ErrorCode::corrupt_data) << name;
      EXPECT_NE(std::string(error.what()).find("does not fit its 4 items"), std::string::npos)
          << error.what();
    }
  }
}

}  // namespace
