#pragma once

#include "medley/core/rng.h"
#include "medley/core/services.h"
#include "medley/data/interactions.h"
#include "medley/models/registry.h"

#include <gtest/gtest.h>
#include <unistd.h>

#include <algorithm>
#include <cmath>
#include <filesystem>
#include <memory>
#include <numeric>
#include <utility>
#include <vector>

namespace medley::models::toy {

inline data::Interactions interactions(int users, int items,
                                       const std::vector<std::pair<UserId, ItemId>>& pairs) {
  data::EventLog log;
  for (const auto& [user, item] : pairs) log.events.push_back({user, item});
  return data::build_interactions(log, users, items);
}

/// Each pair with probability `density`; the last `cold` items have none.
inline data::Interactions random_interactions(int users, int items, double density, int cold = 0,
                                              std::uint64_t seed = 7) {
  Rng rng(seed);
  std::vector<std::pair<UserId, ItemId>> pairs;
  for (UserId u = 0; u < users; ++u)
    for (ItemId i = 0; i < items - cold; ++i)
      if (rng.uniform() < density) pairs.emplace_back(u, i);
  return interactions(users, items, pairs);
}

inline std::unique_ptr<Recommender> make(const std::string& name, const ParamMap& params = {}) {
  Registry registry;
  register_builtin(registry);
  return registry.make(name, params);
}

/// A model without content, fitted to `data`.
inline std::unique_ptr<Recommender> fitted(const std::string& name, const data::Interactions& data,
                                           const ParamMap& params = {}) {
  auto model = make(name, params);
  QuietServices services(2);
  model->fit({&data, nullptr}, services);
  return model;
}

inline std::vector<float> scores(const Recommender& model, math::Index items,
                                 const std::vector<ItemId>& history, std::string_view user = "u") {
  std::vector<float> out(static_cast<std::size_t>(items));
  ThreadPool pool(1);
  const Query query{user, history};
  model.score({&query, 1}, {out.data(), 1, items}, pool);
  return out;
}

inline std::vector<ItemId> everything(ItemId items) {
  std::vector<ItemId> out(static_cast<std::size_t>(items));
  std::iota(out.begin(), out.end(), 0);
  return out;
}

/// Two features with gaps: "picture", dense, and "words", sparse; each centred and of unit length.
/// Item 0 has neither, the last item has both.
inline std::shared_ptr<const data::ItemVectors> vectors(ContentUse::Form form, math::Index items) {
  auto out = std::make_shared<data::ItemVectors>();
  if (form == ContentUse::Form::none) return out;
  Rng rng(11);
  math::Matrix picture(items, 5);
  math::Csr words{items, 8, {0}, {}, {}};
  std::vector<std::uint8_t> has_picture, has_words;
  for (math::Index i = 0; i < items; ++i) {
    const bool last = i == items - 1;
    has_picture.push_back(i != 0 && (last || rng.uniform() < .7));
    has_words.push_back(i != 0 && (last || rng.uniform() < .7));
    for (float& value : picture.row(i)) value = static_cast<float>(has_picture.back() * (3 + rng.normal()));
    for (std::int32_t word = 0; word < 8 && has_words.back(); ++word) {
      if (rng.uniform() > .4) continue;
      words.indices.push_back(word);
      words.values.push_back(static_cast<float>(rng.uniform()));
    }
    words.indptr.push_back(static_cast<std::int64_t>(words.indices.size()));
  }
  const auto add = [&](const char* name, const char* modality, auto rows, auto present) {
    data::FeatureTable table{name, modality, "", std::move(rows), std::move(present), {}, false};
    out->blocks.push_back({name, modality, nullptr, {}});
    auto& block = out->blocks.back();
    block.centering = table.is_sparse() ? math::unit_rows(table.sparse().view(), table.present)
                                        : math::unit_rows(table.dense().view(), table.present);
    block.table = std::make_shared<const data::FeatureTable>(std::move(table));
    if (form == ContentUse::Form::fused)
      for (float& scale : block.centering.scale) scale *= std::sqrt(.5f);
  };
  add("picture", "image", std::move(picture), std::move(has_picture));
  add("words", "text", std::move(words), std::move(has_words));
  return out;
}

/// The tables of the blocks with their last `count` rows alone.
inline std::vector<std::shared_ptr<const data::FeatureTable>> last_rows(const data::ItemVectors& vectors,
                                                                        math::Index count) {
  std::vector<std::shared_ptr<const data::FeatureTable>> out;
  for (const auto& block : vectors.blocks) {
    const auto& table = *block.table;
    const auto first = table.items() - count;
    auto part = std::make_shared<data::FeatureTable>();
    part->name = table.name;
    part->modality = table.modality;
    part->present.assign(table.present.end() - count, table.present.end());
    if (table.is_sparse()) {
      math::Csr rows{count, table.dim(), {0}, {}, {}};
      for (auto i = first; i < table.items(); ++i) {
        const auto indices = table.sparse().view().row_indices(i);
        const auto values = table.sparse().view().row_values(i);
        rows.indices.insert(rows.indices.end(), indices.begin(), indices.end());
        rows.values.insert(rows.values.end(), values.begin(), values.end());
        rows.indptr.push_back(static_cast<std::int64_t>(rows.indices.size()));
      }
      part->rows = std::move(rows);
    } else {
      math::Matrix rows(count, table.dim());
      for (math::Index i = 0; i < count; ++i)
        std::ranges::copy(table.dense().row(first + i), rows.row(i).begin());
      part->rows = std::move(rows);
    }
    out.push_back(std::move(part));
  }
  return out;
}

/// A path of its own for each call, removed with the object.
class TempFile {
 public:
  TempFile() {
    static int count = 0;
    path_ = std::filesystem::temp_directory_path() /
            ("medley_models_" + std::to_string(::getpid()) + "_" + std::to_string(count++));
  }
  ~TempFile() { std::filesystem::remove(path_); }
  const std::filesystem::path& path() const { return path_; }

 private:
  std::filesystem::path path_;
};

inline void save(const Recommender& model, const std::filesystem::path& path) {
  ArchiveWriter writer(path, "model");
  model.save(writer);
  writer.commit();
}

inline void expect_near(const std::vector<float>& found, const std::vector<double>& wanted,
                        double tolerance = 1e-6) {
  ASSERT_EQ(found.size(), wanted.size());
  for (std::size_t i = 0; i < found.size(); ++i) EXPECT_NEAR(found[i], wanted[i], tolerance) << i;
}

}  // namespace medley::models::toy
