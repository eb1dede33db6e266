#include "medley/core/error.h"
#include "medley/core/rng.h"
#include "medley/fusion/registry.h"

#include <gtest/gtest.h>

#include <algorithm>
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
  /// With weights and a length where the fusion takes such: some ask for them.
  data::ItemVectors fuse(const std::vector<TablePtr>& input, int threads = 2, ParamMap params = {}) const {
    Registry registry;
    register_builtin(registry);
    QuietServices services(threads);
    if (takes("weights"))
      for (std::size_t m = 1; m <= input.size(); ++m)
        params["weights"] += (m == 1 ? "" : "+") + std::to_string(m);
    if (takes("dim")) params["dim"] = "2";
    return registry.make(GetParam(), params)->fuse(input, services);
  }

  static bool takes(const std::string& name) {
    Registry registry;
    register_builtin(registry);
    const auto& fields = registry.at(GetParam()).params;
    return std::any_of(fields.begin(), fields.end(),
                       [&](const FieldInfo& field) { return field.name == name; });
  }

  static std::vector<std::string> choices(const std::string& name) {
    Registry registry;
    register_builtin(registry);
    for (const auto& field : registry.at(GetParam()).params)
      if (field.name == name) return field.limits;
    return {};
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

TEST_P(EveryFusion, never_reads_an_absent_row_whatever_stands_in_for_it) {
  for (const auto& missing : choices("missing")) {
    SCOPED_TRACE(missing);
    const auto clean = fuse(tables(false), 2, {{"missing", missing}});
    const auto poisoned = fuse(tables(true), 2, {{"missing", missing}});
    for (math::Index i = 0; i < kItems; ++i) {
      for (const float value : row(clean, i)) ASSERT_TRUE(std::isfinite(value)) << "item " << i;
      for (std::size_t m = 0; m < clean.blocks.size(); ++m) {
        if (poisoned.blocks[m].centering.scale[static_cast<std::size_t>(i)] == 0) continue;
        ASSERT_EQ(math::row_of(clean.blocks[m].rows(), i), math::row_of(poisoned.blocks[m].rows(), i));
      }
    }
    for (std::size_t m = 0; m < clean.blocks.size(); ++m) {
      EXPECT_EQ(clean.blocks[m].centering.scale, poisoned.blocks[m].centering.scale);
      EXPECT_EQ(clean.blocks[m].centering.mean, poisoned.blocks[m].centering.mean);
    }
  }
}

TEST_P(EveryFusion, mean_and_learned_leave_no_item_without_a_row) {
  const auto stand_ins = choices("missing");
  ASSERT_GE(stand_ins.size(), 5u) << "every fusion takes the choices for a missing modality";
  for (const auto* missing : {"mean", "learned"})
    for (const auto& block : fuse(tables(), 2, {{"missing", missing}}).blocks)
      for (const float scale : block.centering.scale) ASSERT_NE(scale, 0) << missing;
}

TEST_P(EveryFusion, refuses_weights_that_are_negative_all_zero_or_of_another_number) {
  Registry registry;
  register_builtin(registry);
  QuietServices services(1);
  ParamMap params;
  if (takes("dim")) params["dim"] = "2";
  for (const auto* weights : {"1+-1+1", "0+0+0", "1+1", "1+1+1+1", "1+nan+1", "1+inf+1"}) {
    params["weights"] = weights;
    EXPECT_THROW(registry.make(GetParam(), params)->fuse(tables(), services), Error) << weights;
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
