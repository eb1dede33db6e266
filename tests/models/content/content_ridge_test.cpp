#include "medley/models/stored.h"

#include "../toy.h"

using namespace medley;
using namespace medley::models;

namespace {

std::shared_ptr<const data::ItemVectors> one_block(math::Matrix rows, bool centre) {
  std::vector<std::uint8_t> present(static_cast<std::size_t>(rows.rows()), 1);
  data::FeatureTable table{"f", "number", "", std::move(rows), present, {}};
  auto out = std::make_shared<data::ItemVectors>();
  out->blocks.push_back({"f", "number", nullptr, math::unit_rows(table.dense().view(), present, centre)});
  out->blocks.back().table = std::make_shared<const data::FeatureTable>(std::move(table));
  return out;
}

std::unique_ptr<Recommender> fitted(const data::Interactions& data,
                                    std::shared_ptr<const data::ItemVectors> vectors,
                                    const ParamMap& params = {}) {
  auto model = toy::make("content_ridge", params);
  QuietServices services(2);
  model->fit({&data, std::move(vectors)}, services);
  return model;
}

TEST(ContentRidge, follows_the_closed_form_and_leaves_cold_items_out_of_it) {
  // Rows with the constant: (1, 1), (-1, 1) and, without events, (1, 1). X'X over the first two is 2 I, so
  // with lambda 2 G is I / 4.
  math::Matrix rows(3, 1);
  rows(0, 0) = rows(2, 0) = 1;
  rows(1, 0) = -1;
  const auto data = toy::interactions(2, 3, {{0, 0}, {1, 1}});
  const auto model = fitted(data, one_block(rows, false), {{"lambda", "2"}});
  toy::expect_near(toy::scores(*model, 3, {0}), {.5, 0, .5});
  toy::expect_near(toy::scores(*model, 3, {1}), {0, .5, 0});
  toy::expect_near(toy::scores(*model, 3, {0, 1}), {.5, .5, .5});
  const auto parts = dynamic_cast<const Explains&>(*model).explain({"u", std::vector<ItemId>{0}}, 2);
  ASSERT_EQ(parts.by_modality.size(), 2u);
  EXPECT_EQ(parts.by_modality[1].of, "constant");
  EXPECT_NEAR(parts.by_modality[0].value, .25, 1e-9);
  EXPECT_NEAR(parts.by_modality[1].value, .25, 1e-9);
}

TEST(ContentRidge, presence_bits_alone_tell_rich_items_from_bare_ones) {
  math::Matrix bits(4, 2);
  bits(0, 0) = bits(0, 1) = bits(1, 0) = bits(3, 0) = bits(3, 1) = 1;
  const auto data = toy::interactions(2, 4, {{0, 0}, {1, 0}, {0, 2}});
  const auto scores = toy::scores(*fitted(data, one_block(bits, true)), 4, {0});
  EXPECT_NEAR(scores[3], scores[0], 1e-6);
  EXPECT_GT(scores[3], scores[1]);
  EXPECT_GT(scores[1], scores[2]);
}

TEST(ContentRidge, refuses_more_columns_than_it_was_given_memory_for) {
  const auto data = toy::random_interactions(4, 9, .5);
  const auto vectors = toy::vectors(ContentUse::Form::tables, 9);
  EXPECT_NO_THROW(fitted(data, vectors, {{"max_columns", "14"}}));
  try {
    fitted(data, vectors, {{"max_columns", "13"}});
    FAIL() << "must throw";
  } catch (const Error& error) {
    EXPECT_EQ(error.code(), ErrorCode::limit);
    EXPECT_NE(std::string(error.what()).find("text/lsa"), std::string::npos);
  }
}

TEST(ContentRidge, refuses_a_file_whose_columns_squared_overflow) {
  const toy::TempFile file;
  // With the constant 2^32 columns, and 2^64 numbers are none.
  const std::vector<std::string> names(64, "words");
  ArchiveWriter writer(file.path(), "model");
  writer.put_value<std::int64_t>("items", 1);
  writer.put("inverse", std::vector<double>{});
  writer.enter("vectors");
  writer.put_texts("names", names);
  for (std::size_t m = 0; m < names.size(); ++m) {
    writer.enter(std::to_string(m));
    StoredCsr(math::Csr{1, (math::Index{1} << 26) - (m == 0 ? 1 : 0), {0, 0}, {}, {}}).save(writer, "sparse");
    writer.put("mean", std::vector<float>{});
    writer.put("scale", std::vector<float>{0});
    writer.leave();
  }
  writer.leave();
  writer.commit();
  EXPECT_THROW(toy::make("content_ridge")->load(ArchiveReader(file.path(), "model")), Error);
}

TEST(ContentRidge, refuses_to_go_without_features) {
  const auto data = toy::interactions(1, 4, {{0, 0}});
  EXPECT_THROW(fitted(data, nullptr), Error);
}

}  // namespace
