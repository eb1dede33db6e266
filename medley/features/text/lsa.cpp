#include "medley/core/error.h"
#include "medley/features/registry.h"
#include "medley/features/row_spool.h"
#include "medley/features/text/vocabulary.h"
#include "medley/math/dense.h"
#include "medley/math/svd.h"

#include <numeric>
#include <utility>

namespace medley::features {
namespace {

/// Latent semantic analysis (Deerwester et al., JASIS 1990): with the TF-IDF rows X = U S V', a row is X V =
/// U S, and a new text's row is its TF-IDF times V. The length is `dim`, or the rank of X where that is
/// smaller.
class Lsa final : public Extractor, public TakesRowsApart {
 public:
  struct Params {
    TextParams text;
    int dim = 128;
    int seed = 1;

    void fields(FieldVisitor& v) {
      text.fields(v);
      v.field("dim", dim, {1, 4096}, "length of a vector");
      v.field("seed", seed, {0, 1 << 30}, "of the randomised SVD: same seed, same vectors");
    }
  };

  explicit Lsa(const Params& params) : vocabulary_(params.text), dim_(params.dim), seed_(params.seed) {}

  Reads reads() const override { return Reads::text; }
  bool fitted() const override { return true; }
  int version() const override { return 3; }
  int dim() const override { return static_cast<int>(directions_.cols()); }
  std::vector<std::string> columns() const override { return {}; }

  void fit(const ItemBlocks& items, const Services& services) override { fit_transform(items, services); }

  Vectors fit_transform(const ItemBlocks& items, const Services& services) override {
    RowSpool words;
    auto out = vocabulary_.fit_rows(items, [&](const math::CsrView& block) { words.add(block); }, services);
    math::SvdOptions options;
    options.rank = dim_;
    options.seed = static_cast<std::uint64_t>(seed_);
    const math::RowBlocks blocks = [&](const auto& sink) {
      words.for_each([&](const math::CsrView& block, math::Index) {
        services.cancel.check();
        sink(block);
      });
    };
    const auto terms = static_cast<math::Index>(vocabulary_.terms().size());
    directions_ = math::right_svd(words.rows(), terms, blocks, options, services.pool).v;
    math::Matrix rows(static_cast<math::Index>(items.size()), dim());
    words.for_each([&](const math::CsrView& block, math::Index first) {
      services.cancel.check();
      if (dim() > 0)
        math::multiply(block, directions_.view(), rows.view().block(first, block.rows), services.pool);
    });
    out.rows = std::move(rows);
    return out;
  }

  Vectors transform(std::span<const Item> items, const Services& services) const override {
    auto out = vocabulary_.transform(items, services);
    const auto words = std::get<math::Csr>(std::move(out.rows));
    math::Matrix rows(words.rows, dim());
    if (dim() > 0) math::multiply(words.view(), directions_.view(), rows.view(), services.pool);
    out.rows = std::move(rows);
    return out;
  }

  /// A row is a sum over words, its TF-IDF times V. Each takes its part of the origin by its weight.
  std::vector<RowPart> parts(const Item& item, std::span<const float> origin,
                             std::span<const float> direction, const Services& services) const override {
    require_lengths(origin, direction, dim());
    const auto words = vocabulary_.transform(std::span(&item, 1), services);
    const auto row = std::get<math::Csr>(words.rows).view();
    const auto terms = row.row_indices(0);
    const auto values = row.row_values(0);
    const double weights = std::accumulate(values.begin(), values.end(), 0.0);
    const double of_origin = math::dot(origin, direction);
    std::vector<RowPart> out;
    for (std::size_t k = 0; k < terms.size(); ++k) {
      const double weight = values[k];
      out.push_back(
          {vocabulary_.terms()[static_cast<std::size_t>(terms[k])],
           weight * math::dot(directions_.row(terms[k]), direction) - weight / weights * of_origin});
    }
    return out;
  }

  void save(ArchiveWriter& out) const override {
    vocabulary_.save(out);
    out.put_value("rank", static_cast<std::int64_t>(directions_.cols()));
    out.put("directions",
            std::span(directions_.data(), static_cast<std::size_t>(directions_.rows() * directions_.cols())),
            Verify::on_request);
  }

  void load(const ArchiveReader& in) override {
    vocabulary_.load(in);
    const auto rank = in.get_value<std::int64_t>("rank");
    if (rank < 0 || rank > 4096) fail(ErrorCode::corrupt_data, "'{}': rank {}", in.path().string(), rank);
    const auto terms = vocabulary_.terms().size();
    const auto values = in.get<float>("directions", terms * static_cast<std::size_t>(rank));
    directions_ = math::Matrix(static_cast<math::Index>(terms), rank);
    std::copy(values.begin(), values.end(), directions_.data());
  }

 private:
  Vocabulary vocabulary_;
  int dim_;
  int seed_;
  math::Matrix directions_;  ///< V, [terms x rank]
};

}  // namespace

void register_text_lsa(Registry& registry) {
  registry.add<Lsa>("text/lsa", "words reduced to topics: TF-IDF and its truncated SVD");
}

}  // namespace medley::features
