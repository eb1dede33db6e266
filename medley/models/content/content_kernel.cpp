#include "medley/models/content_blocks.h"
#include "medley/models/queries.h"
#include "medley/models/registry.h"

#include <algorithm>
#include <cmath>

namespace medley::models {
namespace {

// 1.6 GB of entries.
constexpr std::int64_t kMaxEntries = 200'000'000;

/// score(u, j) = sum over history items i other than j of K_ij, K_ij = exp((cos(x_i, x_j) - 1) /
/// temperature), x the fused item vectors: only near twins count, the fewer the lower the temperature.
/// Entries below `cutoff` are left out, as are items without any feature.
class ContentKernel final : public Recommender, public Explains {
 public:
  struct Params {
    double temperature = 0.1;
    double cutoff = 1e-4;
    std::vector<std::string> features;
    std::string fusion = "concat(centre=false)";
    std::vector<double> weights;

    void fields(FieldVisitor& v) {
      v.field("temperature", temperature, {1e-3, 1e3},
              "at a cosine of 1 - temperature a neighbour counts 1/e");
      v.field("cutoff", cutoff, {1e-9, 1}, "leave out what counts less, a twin counts 1");
      v.field("features", features, "names or modalities, joined by '+'; all when empty");
      v.field("fusion", fusion, {}, "the plugin that joins them to one vector, with its parameters");
      v.field("weights", weights, {0, 1e6}, "one a feature, joined by '+'; equal when empty");
    }
  };

  explicit ContentKernel(const Params& params) : params_(params) {}

  ContentUse content_use() const override {
    ParamMap of_fusion;
    if (!params_.weights.empty()) of_fusion["weights"] = to_text(Value(params_.weights));
    return {ContentUse::Form::fused, params_.features, params_.fusion, std::move(of_fusion), true};
  }

  void fit(const TrainingData& data, const Services& services) override {
    const math::Index items = interactions_of(data).items;
    const ContentBlocks vectors(data.vectors, items);
    require(vectors.count() > 0, "content_kernel needs at least one feature");
    const auto lengths = lengths_of(vectors, items);
    math::Csr kernel{items, items, {0}, {}, {}};
    services.progress.begin("content kernel", items);
    constexpr math::Index kRows = 256;
    math::Matrix block(std::min(kRows, items), items);
    for (math::Index first = 0; first < items; first += kRows) {
      services.cancel.check();
      const auto products = block.view().block(0, std::min(kRows, items - first));
      inner_products(vectors, first, products, services.pool);
      for (math::Index r = 0; r < products.rows(); ++r)
        append_row(products.row(r), lengths, first + r, kernel);
      if (kernel.indptr.back() > kMaxEntries) {
        fail(ErrorCode::limit,
             "content_kernel keeps {} entries, above the limit of {}; raise cutoff or lower "
             "temperature",
             kernel.indptr.back(), kMaxEntries);
      }
      if (first == 0) reserve_like(products.rows(), kernel);
      services.progress.at(first + products.rows());
    }
    services.progress.end();
    std::vector<std::string> names;
    for (std::size_t m = 0; m < vectors.count(); ++m) names.push_back(vectors.name(m));
    kernel_ = StoredCsr(std::move(kernel));
    features_ = std::move(names);
  }

  void score(std::span<const Query> queries, math::MatrixView<float> out, ThreadPool& pool) const override {
    check_queries(queries, kernel_.view().rows, out);
    sum_rows(queries, kernel_.view(), out, pool);
  }

  bool scores_unseen_items() const override { return true; }

  Explanation explain(const Query& query, ItemId item) const override {
    check_history(query.history, kernel_.view().rows);
    check_history({&item, 1}, kernel_.view().rows);
    Explanation out;
    for (const ItemId i : query.history) {
      const auto indices = kernel_.view().row_indices(i);
      const auto at = std::ranges::lower_bound(indices, item);
      const bool found = at != indices.end() && *at == item;
      const auto value = found ? static_cast<double>(kernel_.view().row_values(
                                     i)[static_cast<std::size_t>(at - indices.begin())])
                               : 0.0;
      out.by_history.emplace_back(i, value);
      out.score += value;
    }
    // The exponential of a sum does not fall into its features' parts.
    std::string all;
    for (const auto& name : features_) all += (all.empty() ? "" : "+") + name;
    out.by_modality = {{all, out.score}};
    out.by_term = {{"content kernel", out.score}};
    return out;
  }

  void save(ArchiveWriter& out) const override {
    out.put_texts("features", features_);
    kernel_.save(out, "kernel");
  }

  void load(const ArchiveReader& in) override {
    auto kernel = StoredCsr::load(in, "kernel");
    if (kernel.view().rows != kernel.view().cols)
      fail(ErrorCode::corrupt_data, "'{}': a kernel of [{} x {}] is not square", in.path().string(),
           kernel.view().rows, kernel.view().cols);
    features_ = in.get_texts("features");
    kernel_ = std::move(kernel);
  }

 private:
  /// out [rows x items] = <x_i, x_j> for rows i from `first`.
  static void inner_products(const ContentBlocks& vectors, math::Index first, math::MatrixView<float> out,
                             ThreadPool& pool) {
    math::Csr rows{out.rows(), out.cols(), {0}, {}, {}};
    for (math::Index r = 0; r < out.rows(); ++r) {
      rows.indices.push_back(static_cast<std::int32_t>(first + r));
      rows.values.push_back(1.0f);
      rows.indptr.push_back(r + 1);
      std::ranges::fill(out.row(r), 0.0f);
    }
    for (std::size_t m = 0; m < vectors.count(); ++m) {
      math::Matrix profiles(out.rows(), vectors.rows(m).cols());
      math::weighted_sum(rows.view(), vectors.rows(m), profiles.view(), pool);
      math::add_inner_products(std::as_const(profiles).view(), vectors.rows(m), 1.0f, out, pool);
    }
  }

  /// Makes room for a kernel whose rows are as full as its first `rows`: growing by doubling would need the
  /// memory twice.
  static void reserve_like(math::Index rows, math::Csr& kernel) {
    const auto expected = static_cast<double>(kernel.indptr.back()) / static_cast<double>(rows) *
                          static_cast<double>(kernel.rows) * 1.1;
    const auto room = static_cast<std::size_t>(std::min(expected, static_cast<double>(kMaxEntries)));
    kernel.indices.reserve(room);
    kernel.values.reserve(room);
  }

  static std::vector<double> lengths_of(const ContentBlocks& vectors, math::Index items) {
    std::vector<double> out;
    for (math::Index i = 0; i < items; ++i) {
      double squares = 0;
      for (std::size_t m = 0; m < vectors.count(); ++m) squares += math::inner_product(vectors.rows(m), i, i);
      out.push_back(std::sqrt(squares));
    }
    return out;
  }

  void append_row(std::span<const float> products, const std::vector<double>& lengths, math::Index i,
                  math::Csr& kernel) const {
    const double least = 1.0 + params_.temperature * std::log(params_.cutoff);
    const double length = lengths[static_cast<std::size_t>(i)];
    for (std::size_t j = 0; j < products.size(); ++j) {
      if (static_cast<math::Index>(j) == i || length == 0 || lengths[j] == 0) continue;
      const double cosine = static_cast<double>(products[j]) / (length * lengths[j]);
      if (cosine < least) continue;
      kernel.indices.push_back(static_cast<std::int32_t>(j));
      kernel.values.push_back(static_cast<float>(std::exp((cosine - 1.0) / params_.temperature)));
    }
    kernel.indptr.push_back(static_cast<std::int64_t>(kernel.indices.size()));
  }

  Params params_;
  StoredCsr kernel_;  ///< [items x items], zero diagonal
  std::vector<std::string> features_;
};

}  // namespace

void register_content_content_kernel(Registry& registry) {
  registry.add<ContentKernel>("content_kernel",
                              "near twins of the history's items, by an exponential of their cosine");
}

}  // namespace medley::models
