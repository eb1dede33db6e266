#include "medley/engine/trained_model.h"

#include "medley/core/archive.h"

#include "tests/engine/small_world.h"
#include <gmock/gmock.h>

#include <cmath>
#include <fstream>

using namespace medley;
using namespace medley::engine::test;
using engine::TrainedModel;
using ::testing::HasSubstr;

namespace {

class TrainedModelFile : public ::testing::Test {
 protected:
  void write(const std::string& bytes) const {
    std::ofstream(changed_, std::ios::binary | std::ios::trunc) << bytes;
  }

  void put(std::size_t at, char byte) const {
    std::fstream file(changed_, std::ios::binary | std::ios::in | std::ios::out);
    file.seekp(static_cast<std::streamoff>(at));
    file.put(byte);
  }

  /// Opens the changed file and asks it. Nothing but an Error may come of it. True when it answered.
  bool answers() const {
    try {
      const TrainedModel model(changed_, plugins_.models);
      ThreadPool pool(1);
      model.score("u0", model.rows_of({"a0", "a3"}), pool);
      if (model.explains() != nullptr) {
        const auto history = model.rows_of({"a0"});
        model.explains()->explain({"u0", history}, 1);
      }
      return true;
    } catch (const Error&) {
      return false;
    }
  }

  const data::TempFolder folder_;
  const std::filesystem::path changed_ = folder_.path() / "changed.medley";
  const World world_ = two_tastes(8);
  const engine::Plugins plugins_ = engine::builtin_plugins();
};

/// Every byte of the files of these is tried, every ninth of the others'.
bool is_tried_whole(const std::string& spec) {
  return spec == "popularity" || spec.rfind("item_knn", 0) == 0;
}

const std::vector<std::string> kSpecs{"random(seed=3)",
                                      "popularity",
                                      "item_knn(k=7)",
                                      "ease(lambda=5)",
                                      "content",
                                      "content_ridge(features=words)",
                                      "graph_filter(c=1+0.5,g=0.1+0.2)"};

TEST_F(TrainedModelFile, holds_plugin_parameters_ids_and_counts) {
  const auto model = trained(folder_, world_, "item_knn(k=7)");
  EXPECT_EQ(model.plugin(), "item_knn");
  EXPECT_EQ(model.params(), (ParamMap{{"k", "7"}}));
  EXPECT_EQ(model.items().ids(), world_.dataset.items.ids());
  const auto pairs =
      data::build_interactions(world_.dataset.log, world_.dataset.user_count(), world_.dataset.item_count());
  for (data::ItemId item = 0; item < pairs.items; ++item)
    EXPECT_EQ(model.users_of(item), static_cast<std::int32_t>(pairs.users_of(item).size()));
}

TEST_F(TrainedModelFile, scores_as_the_model_that_was_fitted) {
  QuietServices quiet(1);
  const Services services = quiet;
  const auto pairs =
      data::build_interactions(world_.dataset.log, world_.dataset.user_count(), world_.dataset.item_count());
  for (const auto& text : kSpecs) {
    const auto spec = parse_spec(text);
    engine::FitContext context(plugins_, world_.tables, services);
    double seconds = 0.0;
    const auto fitted = context.fit(spec.name, spec.combinations().front(), pairs, seconds);
    const auto model = trained(folder_, world_, text);
    const auto history = model.rows_of({"a3", "a0"});
    EXPECT_EQ(history, (std::vector<data::ItemId>{0, 3}));
    std::vector<float> wanted(static_cast<std::size_t>(pairs.items));
    const models::Query query{"u0", history};
    fitted->score(std::span(&query, 1), {wanted.data(), 1, pairs.items}, quiet.pool());
    EXPECT_EQ(model.score("u0", history, quiet.pool()), wanted) << text;
  }
}

TEST_F(TrainedModelFile, answers_from_the_file_alone) {
  for (const auto& text : kSpecs) {
    std::vector<float> before;
    ThreadPool pool(1);
    {
      const data::TempFolder elsewhere;
      const auto world = two_tastes(8);
      const auto model = trained(elsewhere, world, text);
      before = model.score("u0", model.rows_of({"a0"}), pool);
      std::filesystem::copy_file(elsewhere.path() / (model.plugin() + ".medley"), changed_,
                                 std::filesystem::copy_options::overwrite_existing);
    }  // the data, the vectors and the first file are gone
    const TrainedModel model(changed_, plugins_.models);
    EXPECT_EQ(model.score("u0", model.rows_of({"a0"}), pool), before) << text;
  }
}

TEST_F(TrainedModelFile, cut_short_it_is_refused) {
  for (const auto& text : kSpecs) {
    const auto model = trained(folder_, world_, text);
    const auto bytes = read_file(folder_.path() / (model.plugin() + ".medley"), 1 << 24);
    write(bytes);
    for (auto length = bytes.size() - 1; length > 0; --length) {
      if (!is_tried_whole(text) && length % 9 != 0) continue;
      std::filesystem::resize_file(changed_, length);
      ErrorCode code{};
      const auto message = error_of([&] { TrainedModel(changed_, plugins_.models); }, &code);
      ASSERT_THAT(message, HasSubstr("changed.medley")) << text << " cut at " << length;
      ASSERT_EQ(code, ErrorCode::corrupt_data) << message;
    }
  }
}

TEST_F(TrainedModelFile, a_flipped_bit_is_refused_in_header_and_index_and_never_crashes_elsewhere) {
  for (const auto& text : kSpecs) {
    const auto model = trained(folder_, world_, text);
    const auto bytes = read_file(folder_.path() / (model.plugin() + ".medley"), 1 << 24);
    std::uint64_t table = 0;  // where the index begins, from the last 40 bytes
    std::memcpy(&table, bytes.data() + bytes.size() - 40, sizeof table);
    ASSERT_LT(table, bytes.size());
    int refused = 0;
    write(bytes);
    for (std::size_t at = 0; at < bytes.size(); at += is_tried_whole(text) ? 1 : 9) {
      put(at, static_cast<char>(bytes[at] ^ (1 << (at % 8))));
      const bool ok = answers();
      put(at, bytes[at]);
      refused += ok ? 0 : 1;
      const bool reserved = (at >= 12 && at < 16) || (at >= bytes.size() - 12 && at < bytes.size() - 8);
      if (at < 12 || (at >= table && !reserved)) {
        ASSERT_FALSE(ok) << text << " at " << at << " of " << bytes.size();
      }
    }
    EXPECT_GT(refused, 20) << text;
  }
}

TEST_F(TrainedModelFile, of_a_newer_version_is_refused_as_such) {
  const auto model = trained(folder_, world_, "popularity");
  auto bytes = read_file(folder_.path() / "popularity.medley", 1 << 24);
  bytes[8] = static_cast<char>(ArchiveWriter::kVersion + 1);
  write(bytes);
  ErrorCode code{};
  EXPECT_THAT(error_of([&] { TrainedModel(changed_, plugins_.models); }, &code), HasSubstr("version"));
  EXPECT_EQ(code, ErrorCode::unsupported);
}

TEST_F(TrainedModelFile, says_train_where_there_is_none_and_refuses_other_files) {
  ErrorCode code{};
  EXPECT_THAT(error_of([&] { TrainedModel(folder_.path() / "no.medley", plugins_.models); }, &code),
              HasSubstr("medley train"));
  EXPECT_EQ(code, ErrorCode::not_found);
  write("user,item\n1,2\n");
  EXPECT_NE(error_of([&] { TrainedModel(changed_, plugins_.models); }, &code), "");
  EXPECT_EQ(code, ErrorCode::corrupt_data);
  ArchiveWriter other(changed_, "extractor");
  other.put_text("plugin", "popularity");
  other.commit();
  EXPECT_NE(error_of([&] { TrainedModel(changed_, plugins_.models); }), "");
}

TEST_F(TrainedModelFile, refuses_a_plugin_that_it_does_not_know_and_counts_that_do_not_fit) {
  const auto model = trained(folder_, world_, "popularity");
  TrainedModel::save(changed_, "popular", {}, {"a"}, {1}, model.model());
  EXPECT_THAT(error_of([&] { TrainedModel(changed_, plugins_.models); }), HasSubstr("popularity"));
  TrainedModel::save(changed_, "popularity", {}, {"a", "b"}, {1}, model.model());
  ErrorCode code{};
  EXPECT_THAT(error_of([&] { TrainedModel(changed_, plugins_.models); }, &code), HasSubstr("items.users"));
  EXPECT_EQ(code, ErrorCode::corrupt_data);
}

TEST_F(TrainedModelFile, the_old_file_stays_until_the_new_one_is_whole) {
  trained(folder_, world_, "popularity");
  const auto path = folder_.path() / "popularity.medley";
  const auto before = read_file(path, 1 << 24);
  const auto model = trained(folder_, world_, "popularity");
  class Fails final : public models::Recommender {
   public:
    models::ContentUse content_use() const override { return {}; }
    void fit(const models::TrainingData&, const Services&) override {}
    void score(std::span<const models::Query>, math::MatrixView<float>, ThreadPool&) const override {}
    bool scores_unseen_items() const override { return false; }
    void save(ArchiveWriter&) const override { fail(ErrorCode::io, "disk full"); }
    void load(const ArchiveReader&) override {}
  };
  EXPECT_EQ(error_of([&] { TrainedModel::save(path, "popularity", {}, {"a"}, {1}, Fails()); }), "disk full");
  EXPECT_EQ(read_file(path, 1 << 24), before);
  EXPECT_EQ(files_below(folder_.path()).size(), 1u);
}

}  // namespace
