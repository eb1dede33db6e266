#include "medley/core/rng.h"
#include "medley/fusion/registry.h"

#include <gtest/gtest.h>

#include <cmath>

// What every fusion must do, over the registry: a new one is covered without an edit here.

namespace medley::fusion {
namespace {

using TablePtr = std::shared_ptr<const data::FeatureTable>;

constexpr math::Index kItems = 40;

/// Random rows; every `lack`-th item lacks the modality, and its values must never be read: they are NaN when
/// `poisoned`.
TablePtr dense_table(const std::string& name, math::Index dim, int lack, bool poisoned) {
  Rng rng(static_cast<std::uint64_t>(dim));
  auto table = std::make_shared<data::FeatureTable>();
  math::Matrix rows(kItems, dim);
  for (math::Index i = 0; i < kItems; ++i) {
    table->present.push_back(i % lack == 0 ? 0 : 1);
    for (auto& value : rows.row(i)) {
      value = static_cast<float>(rng.normal());
      if (i % lack == 0) value = poisoned ? std::nanf("") : 0.0f;
    }
  }
  table->name = table->modality = name;
  table->rows = std::move(rows);
  return table;
}

TablePtr sparse_table(const std::string& name) {
  Rng rng(5);
  auto table = std::make_shared<data::FeatureTable>();
  math::Csr rows{kItems, 30, {0}, {}, {}};
  for (math::Index i = 0; i < kItems; ++i) {
    const bool present = i % 4 != 1;
    for (auto j = static_cast<std::int32_t>(rng.below(3)); present && j < 30; j += 4) {
      rows.indices.push_back(j);
      rows.values.push_back(static_cast<float>(0.1 + rng.uniform()));
    }
    rows.indptr.push_back(static_cast<std::int64_t>(rows.indices.size()));
    table->present.push_back(present ? 1 : 0);
  }
  table->name = table->modality = name;
  table->rows = std::move(rows);
  return table;
}

std::vector<TablePtr> tables(bool poisoned = false) {
  return {dense_table("color", 6, 3, poisoned), sparse_table("words"), dense_table("year", 2, 5, poisoned)};
}

class EveryFusion : public testing::TestWithParam<std::string> {
 protected:
  data::ItemVectors fuse(const std::vector<TablePtr>& input, int threads = 2) const {
    Registry registry;
    register_builtin(registry);
    QuietServices services(threads);
    return registry.make(GetParam())->fuse(input, services);
  }

  static std::vector<float> row(const data::ItemVectors& vectors, math::Index i) {
    std::vector<float> out;
    for (const auto& block : vectors.blocks)
      for (const float value : math::row_of(block.rows(), i)) out.push_back(value);
    return out;
  }
};

TEST_P(EveryFusion, says_what_it_does_with_an_absent_modality) {
  Registry registry;
  register_builtin(registry);
  EXPECT_NE(registry.at(GetParam()).summary.find("absent"), std::string::npos);
}

TEST_P(EveryFusion, gives_one_finite_vector_an_item) {
  const auto vectors = fuse(tables());
  ASSERT_FALSE(vectors.blocks.empty());
  EXPECT_EQ(vectors.items(), kItems);
  for (math::Index i = 0; i < kItems; ++i)
    for (const float value : row(vectors, i)) ASSERT_TRUE(std::isfinite(value)) << "item " << i;
}

TEST_P(EveryFusion, never_reads_an_absent_row) {
  const auto clean = fuse(tables(false)), poisoned = fuse(tables(true));
  for (std::size_t m = 0; m < clean.blocks.size(); ++m) {
    EXPECT_EQ(clean.blocks[m].centering.scale, poisoned.blocks[m].centering.scale);
    EXPECT_EQ(clean.blocks[m].centering.mean, poisoned.blocks[m].centering.mean);
  }
}

TEST_P(EveryFusion, is_the_same_again_with_another_number_of_threads) {
  const auto one = fuse(tables(), 1), three = fuse(tables(), 3);
  for (math::Index i = 0; i < kItems; ++i) ASSERT_EQ(row(one, i), row(three, i));
}

TEST_P(EveryFusion, takes_a_single_table_and_a_table_without_any_present_row) {
  EXPECT_EQ(fuse({tables()[1]}).items(), kItems);
  const auto vectors = fuse({dense_table("color", 4, 1, false), tables()[1]});
  for (math::Index i = 0; i < kItems; ++i)
    for (const float value : row(vectors, i)) ASSERT_TRUE(std::isfinite(value));
}

TEST_P(EveryFusion, takes_a_catalogue_without_items) {
  auto empty = std::make_shared<data::FeatureTable>();
  empty->name = "color";
  empty->rows = math::Matrix(0, 4);
  EXPECT_EQ(fuse({empty}).items(), 0);
}

std::vector<std::string> every_name() {
  Registry registry;
  register_builtin(registry);
  return registry.names();
}

std::string test_name(const testing::TestParamInfo<std::string>& info) {
  std::string name = info.param;
  for (auto& c : name)
    if (!std::isalnum(static_cast<unsigned char>(c))) c = '_';
  return name;
}

INSTANTIATE_TEST_SUITE_P(Registry, EveryFusion, testing::ValuesIn(every_name()), test_name);

}  // namespace
}  // namespace medley::fusion
