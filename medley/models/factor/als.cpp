#include "medley/core/rng.h"
#include "medley/math/dense.h"
#include "medley/math/symmetric.h"
#include "medley/models/content_blocks.h"
#include "medley/models/factor/row_solver.h"
#include "medley/models/queries.h"
#include "medley/models/registry.h"
#include "medley/models/stored.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <utility>

namespace medley::models {
namespace {

// Histories that are solved and scored at a time.
constexpr math::Index kHistoryBlock = 512;

math::CsrView users_by_items(const data::Interactions& data) {
  return {data.users, data.items, data.by_user.indptr, data.by_user.ids, data.by_user.weight};
}

math::CsrView items_by_users(const data::Interactions& data) {
  return {data.items, data.users, data.by_item.indptr, data.by_item.ids, data.by_item.weight};
}

/// One half-step's fixed side: turns `vectors` into the basis in which a0 V'V is diagonal. Scores do not feel
/// it, as the other side is solved in the same basis.
std::vector<float> to_own_basis(math::MatrixView<float> vectors, double a0, math::Matrix& scratch) {
  const auto dim = vectors.cols();
  math::Matrix basis(dim, dim);
  math::gram_of_columns(vectors, basis.view(), static_cast<float>(a0));
  std::vector<float> spectrum(static_cast<std::size_t>(dim));
  math::eigen_symmetric(basis.view(), spectrum);
  // What rounding made negative.
  for (float& value : spectrum) value = std::max(value, 0.0f);
  if (scratch.rows() < vectors.rows()) scratch = math::Matrix(vectors.rows(), dim);
  const math::MatrixView<float> turned(scratch.data(), vectors.rows(), dim);
  math::gemm(vectors, math::Transpose::no, std::as_const(basis).view(), math::Transpose::yes, turned);
  for (math::Index i = 0; i < vectors.rows(); ++i) std::ranges::copy(turned.row(i), vectors.row(i).begin());
  return spectrum;
}

/// Implicit ALS with the regularisation of Rendle et al. (RecSys 2022): minimises, over the pairs S seen,
/// sum_S (1 - u.v)^2 + a0 sum_all (u.v)^2 + lambda sum_rows (n_row + a0 M)^nu |row|^2, M the rows of the
/// other side, by solving all user rows and then all item rows in turn. A user is solved from the history
/// when asked for, so that one never seen is answered like all others, and the score is a sum over the
/// history. With several seeds the scores of as many fits are added. Float32; fitting needs (users + items) x
/// factors x 8 bytes, the model items x factors x seeds x 4. An item without users scores 0.
class Als final : public Recommender, public Explains, public TrainsInEpochs {
 public:
  struct Params {
    int factors = 128;
    double a0 = 0.005;
    double lambda = 0.05;
    double nu = 1;
    int epochs = 12;
    int seed = 1;
    int seeds = 1;

    void fields(FieldVisitor& v) {
      v.field("factors", factors, {1, 4096}, "length of an item's vector");
      v.field("a0", a0, {1e-9, 1e3}, "weight of the pairs not seen, each to be 0; a pair seen weighs 1");
      v.field("lambda", lambda, {1e-9, 1e6}, "regularisation: larger for sparser data");
      v.field("nu", nu, {0, 2},
              "how regularisation grows with a row's length: 0 not at all, 1 in proportion");
      v.field("epochs", epochs, {1, 1000}, "passes over all users and items");
      v.field("seed", seed, {0, 1 << 30}, "draws the item vectors that fitting begins with");
      v.field("seeds", seeds, {1, 64}, "fits from as many draws, their scores summed");
    }
  };

  explicit Als(const Params& params) : params_(params), ridge_{params.a0, params.lambda, params.nu} {}

  ContentUse content_use() const override { return {}; }

  void fit(const TrainingData& data, const Services& services) override {
    fit_in_epochs(data, services, [](int) { return true; });
  }

  void fit_in_epochs(const TrainingData& data, const Services& services,
                     const std::function<bool(int)>& go_on) override {
    const auto& log = interactions_of(data);
    services.progress.begin("als", params_.epochs);
    std::vector<math::Matrix> vectors;
    std::vector<std::vector<float>> spectra;
    math::Matrix users(log.users, params_.factors);
    math::Matrix scratch;
    for (int s = 0; s < params_.seeds; ++s) {
      vectors.push_back(drawn(log.items, params_.seed + s));
      spectra.push_back(to_own_basis(vectors.back().view(), params_.a0, scratch));
    }
    for (int epoch = 1; epoch <= params_.epochs; ++epoch) {
      for (std::size_t s = 0; s < vectors.size(); ++s) {
        services.cancel.check();
        solve_rows({vectors[s].view(), spectra[s], ridge_}, users_by_items(log), users.view(), services.pool);
        services.cancel.check();
        const auto spectrum = to_own_basis(users.view(), params_.a0, scratch);
        solve_rows({users.view(), spectrum, ridge_}, items_by_users(log), vectors[s].view(), services.pool);
        spectra[s] = to_own_basis(vectors[s].view(), params_.a0, scratch);
      }
      services.progress.at(epoch);
      keep(vectors, spectra);
      if (!go_on(epoch)) break;
    }
    services.progress.end();
  }

  void score(std::span<const Query> queries, math::MatrixView<float> out, ThreadPool& pool) const override {
    check_queries(queries, items_, out);
    math::Matrix rows(std::min(kHistoryBlock, out.rows()), width());
    for (math::Index first = 0; first < out.rows(); first += kHistoryBlock) {
      const auto count = std::min(kHistoryBlock, out.rows() - first);
      const auto histories = history_rows(
          queries.subspan(static_cast<std::size_t>(first), static_cast<std::size_t>(count)), items_);
      for (int s = 0; s < parts(); ++s)
        solve_rows(solver(s), histories.view(),
                   {rows.data() + math::Index{s} * params_.factors, count, params_.factors, width()}, pool);
      math::gemm(std::as_const(rows).view().block(0, count), math::Transpose::no, all_vectors(),
                 math::Transpose::yes, out.block(first, count));
    }
  }

  bool scores_unseen_items() const override { return false; }

  Explanation explain(const Query& query, ItemId item) const override {
    check_history(query.history, items_);
    check_history({&item, 1}, items_);
    std::vector<double> sums(query.history.size());
    for (int s = 0; s < parts(); ++s) {
      const auto shares = solver(s).shares(query.history, vectors_of(s).row(item));
      for (std::size_t k = 0; k < sums.size(); ++k) sums[k] += shares[k];
    }
    Explanation out;
    for (std::size_t k = 0; k < sums.size(); ++k) {
      out.by_history.emplace_back(query.history[k], sums[k]);
      out.score += sums[k];
    }
    out.by_modality = {{"interactions", out.score}};
    out.by_term = {{"factors", out.score}};
    return out;
  }

  void save(ArchiveWriter& out) const override {
    out.put_value<std::int64_t>("items", items_);
    out.put_value<std::int64_t>("factors", params_.factors);
    out.put("ridge", std::vector<double>{ridge_.a0, ridge_.lambda, ridge_.nu});
    out.put("spectra", spectra_.view());
    out.put("vectors", vectors_.view(), Verify::on_request);
  }

  void load(const ArchiveReader& in) override {
    const auto items = items_in(in);
    const auto factors = in.get_value<std::int64_t>("factors");
    const auto spectra = Stored<float>::mapped(in, "spectra");
    const auto width = static_cast<std::int64_t>(spectra.size());
    if (factors != params_.factors || width == 0 || width % factors != 0)
      fail(ErrorCode::corrupt_data, "'{}': vectors of {} numbers in fits of {} do not fit factors={}",
           in.path().string(), width, factors, params_.factors);
    const auto ridge = in.get<double>("ridge", 3);
    vectors_ = Stored<float>::mapped(in, "vectors", static_cast<std::size_t>(items * width));
    spectra_ = spectra;
    ridge_ = {ridge[0], ridge[1], ridge[2]};
    items_ = items;
  }

 private:
  math::Matrix drawn(math::Index items, int seed) const {
    Rng rng(static_cast<std::uint64_t>(seed));
    math::Matrix out(items, params_.factors);
    const double deviation = 0.1 / std::sqrt(static_cast<double>(params_.factors));
    for (math::Index i = 0; i < items; ++i)
      for (float& value : out.row(i)) value = static_cast<float>(deviation * rng.normal());
    return out;
  }

  /// Lays the vectors of all fits side by side.
  void keep(const std::vector<math::Matrix>& vectors, const std::vector<std::vector<float>>& spectra) {
    std::vector<float> all;
    std::vector<float> all_spectra;
    const auto items = vectors.front().rows();
    all.reserve(static_cast<std::size_t>(items * params_.factors) * vectors.size());
    for (math::Index i = 0; i < items; ++i)
      for (const auto& part : vectors) all.insert(all.end(), part.row(i).begin(), part.row(i).end());
    for (const auto& part : spectra) all_spectra.insert(all_spectra.end(), part.begin(), part.end());
    vectors_ = Stored<float>(std::move(all));
    spectra_ = Stored<float>(std::move(all_spectra));
    items_ = items;
  }

  math::Index width() const { return static_cast<math::Index>(spectra_.size()); }
  int parts() const { return static_cast<int>(width()) / params_.factors; }
  math::MatrixView<const float> all_vectors() const { return {vectors_.view().data(), items_, width()}; }
  math::MatrixView<const float> vectors_of(int part) const {
    return {vectors_.view().data() + math::Index{part} * params_.factors, items_, params_.factors, width()};
  }
  RowSolver solver(int part) const {
    const auto dim = static_cast<std::size_t>(params_.factors);
    return {vectors_of(part), spectra_.view().subspan(static_cast<std::size_t>(part) * dim, dim), ridge_};
  }

  Params params_;
  Ridge ridge_;
  math::Index items_ = 0;
  Stored<float> vectors_;  ///< [items x seeds x factors]
  Stored<float> spectra_;  ///< [seeds x factors], eigenvalues of a0 V'V
};

}  // namespace

void register_factor_als(Registry& registry) {
  registry.add<Als>("als", "implicit matrix factorisation by alternating least squares (iALS)");
}

}  // namespace medley::models
