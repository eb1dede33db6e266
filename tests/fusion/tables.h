#pragma once

#include "medley/core/error.h"
#include "medley/fusion/registry.h"

#include <gmock/gmock.h>

#include <memory>
#include <string>
#include <utility>
#include <vector>

namespace medley::fusion::test {

using TablePtr = std::shared_ptr<const data::FeatureTable>;

inline TablePtr table(std::string name, const std::vector<std::vector<float>>& values,
                      std::vector<std::uint8_t> present) {
  auto out = std::make_shared<data::FeatureTable>();
  math::Matrix rows(static_cast<math::Index>(values.size()), static_cast<math::Index>(values[0].size()));
  for (std::size_t i = 0; i < values.size(); ++i)
    for (std::size_t j = 0; j < values[i].size(); ++j)
      rows(static_cast<math::Index>(i), static_cast<math::Index>(j)) = values[i][j];
  out->name = std::move(name);
  out->rows = std::move(rows);
  out->present = std::move(present);
  return out;
}

/// Cosines of items 0 and 1: .6 by colour, 0 by words. Item 2 has no words, item 3 has nothing.
inline std::vector<TablePtr> shop() {
  return {table("color", {{2, 0}, {3, 4}, {0, 5}, {0, 0}}, {1, 1, 1, 0}),
          table("words", {{1, 0, 0}, {0, 7, 0}, {0, 0, 0}, {0, 0, 0}}, {1, 1, 0, 0})};
}

inline data::ItemVectors fuse(const std::string& fusion, const ParamMap& params,
                              const std::vector<TablePtr>& tables) {
  Registry registry;
  register_builtin(registry);
  QuietServices services(1);
  return registry.make(fusion, params)->fuse(tables, services);
}

/// The vector of item i, all blocks.
inline std::vector<float> row(const data::ItemVectors& vectors, math::Index i) {
  std::vector<float> out;
  for (const auto& block : vectors.blocks)
    for (const float value : math::row_of(block.rows(), i)) out.push_back(value);
  return out;
}

inline double inner(const data::ItemVectors& vectors, math::Index i, math::Index j) {
  double sum = 0;
  for (const auto& block : vectors.blocks) sum += math::inner_product(block.rows(), i, j);
  return sum;
}

inline void expect_refused(const std::string& fusion, const ParamMap& params,
                           const std::vector<TablePtr>& tables, const std::string& why) {
  try {
    fuse(fusion, params, tables);
    ADD_FAILURE() << "not refused: " << why;
  } catch (const Error& error) {
    EXPECT_EQ(error.code(), ErrorCode::invalid_argument);
    EXPECT_THAT(error.what(), ::testing::HasSubstr(why));
  }
}

}  // namespace medley::fusion::test
