#include "medley/core/spec.h"

#include "tests/test_data.h"
#include "toy.h"

#include <fstream>
#include <map>
#include <sstream>

using namespace medley;
using namespace medley::models;

// The scores of tools/fixtures/models.py, which follows the formulas with dense matrices.
namespace {

std::map<std::string, math::Matrix> read_reference() {
  std::ifstream in(test_data("models/data/reference.txt"));
  std::map<std::string, math::Matrix> out;
  std::string name;
  math::Index rows = 0, cols = 0;
  while (in >> name >> rows >> cols) {
    math::Matrix table(rows, cols);
    for (math::Index i = 0; i < rows; ++i)
      for (float& value : table.row(i)) in >> value;
    out.emplace(name, std::move(table));
  }
  return out;
}

math::Csr sparse_of(const math::Matrix& dense) {
  math::Csr out{dense.rows(), dense.cols(), {0}, {}, {}};
  for (math::Index i = 0; i < dense.rows(); ++i) {
    for (math::Index j = 0; j < dense.cols(); ++j) {
      if (dense(i, j) == 0) continue;
      out.indices.push_back(static_cast<std::int32_t>(j));
      out.values.push_back(dense(i, j));
    }
    out.indptr.push_back(static_cast<std::int64_t>(out.indices.size()));
  }
  return out;
}

void add_block(data::ItemVectors& vectors, const char* name, data::FeatureRows rows, const math::Matrix& has,
               ContentUse::Form form) {
  data::FeatureTable table{name, name, "", std::move(rows), {}, {}};
  for (const float bit : has.row(0)) table.present.push_back(bit != 0);
  auto centering = table.is_sparse() ? math::unit_rows(table.sparse().view(), table.present)
                                     : math::unit_rows(table.dense().view(), table.present);
  if (form == ContentUse::Form::fused)
    for (float& scale : centering.scale) scale *= std::sqrt(.5f);
  vectors.blocks.push_back(
      {name, name, std::make_shared<const data::FeatureTable>(std::move(table)), std::move(centering)});
}

class Reference : public testing::TestWithParam<std::string> {};

TEST_P(Reference, scores_are_those_of_the_formulas) {
  const auto tables = read_reference();
  ASSERT_TRUE(tables.contains(GetParam()));
  const auto& train = tables.at("train");
  std::vector<std::pair<UserId, ItemId>> pairs;
  for (math::Index u = 0; u < train.rows(); ++u)
    for (math::Index i = 0; i < train.cols(); ++i)
      if (train(u, i) != 0) pairs.emplace_back(u, i);
  const auto users = static_cast<int>(train.rows()), items = static_cast<int>(train.cols());
  const auto data = toy::interactions(users, items, pairs);

  const auto spec = parse_spec(GetParam());
  const auto model = toy::make(spec.name, spec.combinations().front());
  auto vectors = std::make_shared<data::ItemVectors>();
  const auto form = model->content_use().form;
  if (form != ContentUse::Form::none) {
    add_block(*vectors, "picture", tables.at("picture"), tables.at("has_picture"), form);
    add_block(*vectors, "words", sparse_of(tables.at("words")), tables.at("has_words"), form);
  }
  QuietServices services(2);
  model->fit({&data, vectors}, services);

  const auto& wanted = tables.at(GetParam());
  for (UserId u = 0; u < users; ++u) {
    const auto history = data.items_of(u);
    const auto found = toy::scores(*model, items, {history.begin(), history.end()});
    for (ItemId i = 0; i < items; ++i) {
      const float value = wanted(u, i);
      EXPECT_NEAR(found[static_cast<std::size_t>(i)], value, 1e-4f * std::max(.1f, std::abs(value)))
          << u << " " << i;
    }
  }
}

INSTANTIATE_TEST_SUITE_P(models, Reference,
                         testing::Values("ease(lambda=2)", "slim(l1=.5,l2=1,tolerance=1e-8,max_sweeps=1000)",
                                         "user_knn(k=30)", "item_knn(k=5)",
                                         "graph_filter(a=.5,b=.2,c=1+1+.5,g=.3+.1)",
                                         "content_ridge(lambda=.5)", "content",
                                         "als(factors=20,a0=.1,lambda=.05,epochs=600)"),
                         [](const auto& param) { return param.param.substr(0, param.param.find('(')); });

}  // namespace
