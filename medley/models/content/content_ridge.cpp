#include "medley/math/dense.h"
#include "medley/models/content_blocks.h"
#include "medley/models/queries.h"
#include "medley/models/registry.h"

#include <algorithm>

namespace medley::models {
namespace {

constexpr int kMaxGramColumns = 65536;

/// The closed-form map from content to taste, for items never seen: x_i = [unit rows of each feature | 1],
/// G = (X'X + lambda I)^-1 over the items with a training event, score(u, j) = sum over the history of
/// x_j' G x_i. Exact. G is in double: columns^2 x 8 bytes. An absent feature is a block of zeros; an item
/// without any gets the constant alone.
class ContentRidge final : public Recommender, public Explains, public ScoresNewItems {
 public:
  struct Params {
    double lambda = 3;
    std::vector<std::string> features;
    int max_columns = 8192;

    void fields(FieldVisitor& v) {
      v.field("lambda", lambda, {1e-6, 1e9}, "added to the diagonal: larger trusts the content less");
      v.field("features", features, "names or modalities, joined by '+'; all when empty");
      v.field("max_columns", max_columns, {1, kMaxGramColumns}, "refuse more: memory is columns^2 x 8 bytes");
    }
  };

  explicit ContentRidge(const Params& params) : params_(params) {}

  ContentUse content_use() const override {
    return {ContentUse::Form::tables, params_.features, "", {}, true};
  }

  void fit(const TrainingData& data, const Services& services) override {
    const auto& interactions = interactions_of(data);
    ContentBlocks vectors(data.vectors, interactions.items);
    require(vectors.count() > 0, "content_ridge needs at least one feature");
    const math::Index columns = vectors.dim() + 1;
    if (columns > params_.max_columns) {
      fail(
          ErrorCode::limit,
          "content_ridge inverts a matrix of columns x columns: {} columns need {:.1f} GB, above max_columns "
          "{}; use a shorter feature (text/lsa in place of text/tfidf) or raise max_columns",
          columns, static_cast<double>(columns) * static_cast<double>(columns) * sizeof(double) / 1e9,
          params_.max_columns);
    }
    std::vector<double> g(static_cast<std::size_t>(columns * columns));
    const math::MatrixView<double> view(g.data(), columns, columns);
    add_gram(vectors, training_items(interactions), view, services);
    for (math::Index c = 0; c < columns; ++c) view(c, c) += params_.lambda;
    math::invert_spd(view);
    items_ = interactions.items;
    vectors_ = std::move(vectors);
    g_ = Stored<double>(std::move(g));
  }

  void score(std::span<const Query> queries, math::MatrixView<float> out, ThreadPool& pool) const override {
    check_queries(queries, items_, out);
    for (math::Index first = 0; first < out.rows(); first += kQueryBlock) {
      const auto count = std::min(kQueryBlock, out.rows() - first);
      score_block(queries.subspan(static_cast<std::size_t>(first), static_cast<std::size_t>(count)),
                  out.block(first, count), pool);
    }
  }

  bool scores_unseen_items() const override { return true; }

  Explanation explain(const Query& query, ItemId item) const override {
    check_history(query.history, items_);
    check_history({&item, 1}, items_);
    std::vector<double> profile(static_cast<std::size_t>(columns()));
    const auto target = mapped_row(item);
    Explanation out;
    for (const ItemId i : query.history) {
      std::vector<double> row(profile.size());
      fill_row(vectors_, i, row);
      out.by_history.emplace_back(i, dot(row, target));
      for (std::size_t c = 0; c < row.size(); ++c) profile[c] += row[c];
    }
    out.by_modality = shares_of(item, profile);
    for (const auto& share : out.by_modality) out.score += share.value;
    return out;
  }

  /// x_j' G x_i, taken apart by the features of x_j; the constant's share goes to them in equal parts.
  std::vector<NewItemShares> new_item_shares(
      std::span<const std::shared_ptr<const data::FeatureTable>> features, ThreadPool& pool) const override {
    const auto new_items = vectors_.beside(features);
    const math::Index count = new_items.count() == 0 ? 0 : new_items.rows(0).rows();
    std::vector<NewItemShares> out;
    math::Index first = 0;
    for (std::size_t m = 0; m < vectors_.count(); ++m) {
      const auto width = new_items.rows(m).cols();
      out.push_back({vectors_.name(m), math::Matrix(count, items_)});
      for (math::Index j = 0; j < count; ++j) {
        std::vector<double> row(static_cast<std::size_t>(columns()));
        const auto part = math::row_of(new_items.rows(m), j);
        std::ranges::copy(part, row.begin() + first);
        row.back() = 1.0 / static_cast<double>(vectors_.count());
        add_products(mapped(row), out.back().values.view().block(j, 1), pool);
      }
      first += width;
    }
    return out;
  }

  double history_factor(std::size_t) const override { return 1.0; }

  void save(ArchiveWriter& out) const override {
    out.put_value<std::int64_t>("items", items_);
    vectors_.save(out, "vectors");
    out.put("inverse", g_.view(), Verify::on_request);
  }

  void load(const ArchiveReader& in) override {
    const auto items = items_in(in);
    auto vectors = ContentBlocks::load(in, "vectors", items);
    // Before squaring: 2^32 columns would ask for 2^64 = 0 numbers.
    if (vectors.dim() >= kMaxGramColumns)
      fail(ErrorCode::corrupt_data, "'{}': {} columns and a constant, the limit is {}", in.path().string(),
           vectors.dim(), kMaxGramColumns);
    const auto columns = static_cast<std::size_t>(vectors.dim() + 1);
    g_ = Stored<double>::mapped(in, "inverse", columns * columns);
    vectors_ = std::move(vectors);
    items_ = items;
  }

 private:
  static std::vector<ItemId> training_items(const data::Interactions& interactions) {
    std::vector<ItemId> out;
    for (ItemId item = 0; item < interactions.items; ++item)
      if (!interactions.users_of(item).empty()) out.push_back(item);
    return out;
  }

  /// x_i, constant last; `row` is zero before.
  static void fill_row(const ContentBlocks& vectors, ItemId item, std::span<double> row) {
    vectors.add_row(item, 1.0, row.first(row.size() - 1));
    row.back() = 1;
  }

  /// out += X'X over the rows `items`.
  static void add_gram(const ContentBlocks& vectors, const std::vector<ItemId>& items,
                       math::MatrixView<double> out, const Services& services) {
    const auto total = static_cast<math::Index>(items.size());
    constexpr math::Index kRows = 256;
    for (math::Index first = 0; first < total; first += kRows) {
      services.cancel.check();
      math::MatrixF64 rows(std::min(kRows, total - first), out.cols());
      parallel_for(services.pool, rows.rows(), 16, [&](std::int64_t begin, std::int64_t end) {
        for (auto r = begin; r < end; ++r)
          fill_row(vectors, items[static_cast<std::size_t>(first + r)], rows.row(r));
      });
      math::gemm(std::as_const(rows).view(), math::Transpose::yes, std::as_const(rows).view(),
                 math::Transpose::no, out, 1.0, 1.0);
    }
  }

  static double dot(std::span<const double> a, std::span<const double> b) {
    double sum = 0;
    for (std::size_t c = 0; c < a.size(); ++c) sum += a[c] * b[c];
    return sum;
  }

  math::Index columns() const { return vectors_.dim() + 1; }
  math::MatrixView<const double> inverse() const { return {g_.view().data(), columns(), columns()}; }

  /// G x_item.
  std::vector<double> mapped_row(ItemId item) const {
    std::vector<double> row(static_cast<std::size_t>(columns()));
    fill_row(vectors_, item, row);
    return mapped(row);
  }

  std::vector<double> mapped(std::span<const double> row) const {
    std::vector<double> out;
    for (math::Index c = 0; c < columns(); ++c) out.push_back(dot(inverse().row(c), row));
    return out;
  }

  /// x_item' G profile, a feature of x_item at a time.
  std::vector<Share> shares_of(ItemId item, std::span<const double> profile) const {
    const auto weights = mapped(profile);
    std::vector<double> row(weights.size());
    fill_row(vectors_, item, row);
    std::vector<Share> out;
    std::size_t first = 0;
    for (std::size_t m = 0; m < vectors_.count(); ++m) {
      const auto width = static_cast<std::size_t>(vectors_.rows(m).cols());
      out.push_back({vectors_.name(m),
                     dot(std::span(row).subspan(first, width), std::span(weights).subspan(first, width))});
      first += width;
    }
    out.push_back({kConstantShare, weights.back()});
    return out;
  }

  /// out [1 x items] = <weights, x_i>.
  void add_products(std::span<const double> weights, math::MatrixView<float> out, ThreadPool& pool) const {
    std::ranges::fill(out.row(0), static_cast<float>(weights.back()));
    math::Index first = 0;
    for (std::size_t m = 0; m < vectors_.count(); ++m) {
      math::Matrix part(1, vectors_.rows(m).cols());
      for (math::Index c = 0; c < part.cols(); ++c)
        part(0, c) = static_cast<float>(weights[static_cast<std::size_t>(first + c)]);
      math::add_inner_products(std::as_const(part).view(), vectors_.rows(m), 1.0f, out, pool);
      first += part.cols();
    }
  }

  void score_block(std::span<const Query> queries, math::MatrixView<float> out, ThreadPool& pool) const {
    // Profiles are summed in double: G multiplies them by up to 1 / lambda.
    math::MatrixF64 profiles(out.rows(), columns());
    parallel_for(pool, out.rows(), 4, [&](std::int64_t begin, std::int64_t end) {
      for (auto q = begin; q < end; ++q) {
        const auto history = queries[static_cast<std::size_t>(q)].history;
        const auto row = profiles.row(q);
        for (const ItemId i : history) vectors_.add_row(i, 1.0, row.first(row.size() - 1));
        row.back() = static_cast<double>(history.size());
      }
    });
    math::MatrixF64 weights(out.rows(), columns());
    math::gemm(std::as_const(profiles).view(), math::Transpose::no, inverse(), math::Transpose::no,
               weights.view());
    for (math::Index q = 0; q < out.rows(); ++q)
      std::ranges::fill(out.row(q), static_cast<float>(weights.row(q).back()));
    math::Index first = 0;
    for (std::size_t m = 0; m < vectors_.count(); ++m) {
      math::Matrix part(out.rows(), vectors_.rows(m).cols());
      for (math::Index q = 0; q < out.rows(); ++q)
        for (math::Index c = 0; c < part.cols(); ++c) part(q, c) = static_cast<float>(weights(q, first + c));
      math::add_inner_products(std::as_const(part).view(), vectors_.rows(m), 1.0f, out, pool);
      first += part.cols();
    }
  }

  Params params_;
  math::Index items_ = 0;
  ContentBlocks vectors_;
  Stored<double> g_;  ///< [columns x columns]
};

}  // namespace

void register_content_content_ridge(Registry& registry) {
  registry.add<ContentRidge>("content_ridge",
                             "the closed-form map from content to taste; scores items never seen");
}

}  // namespace medley::models
