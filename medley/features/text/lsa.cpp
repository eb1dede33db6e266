#include "medley/core/error.h"
#include "medley/features/registry.h"
#include "medley/features/text/vocabulary.h"
#include "medley/math/svd.h"

#include <utility>

namespace medley::features {
namespace {

/// Latent semantic analysis (Deerwester et al., JASIS 1990): with the TF-IDF rows X = U S V', a row is X V =
/// U S, and a new text's row is its TF-IDF times V. The length is `dim`, or the rank of X where that is
/// smaller.
class Lsa final : public Extractor {
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
  int version() const override { return 2; }
  int dim() const override { return static_cast<int>(directions_.cols()); }
  std::vector<std::string> columns() const override { return {}; }

  void fit(std::span<const Item> items, const Services& services) override { fit_transform(items, services); }

  Vectors fit_transform(std::span<const Item> items, const Services& services) override {
    auto words = vocabulary_.fit_transform(items, services);
    math::SvdOptions options;
    options.rank = dim_;
    options.seed = static_cast<std::uint64_t>(seed_);
    directions_ = math::truncated_svd(std::get<math::Csr>(words.rows).view(), options, services.pool).v;
    return reduced(std::move(words), services);
  }

  Vectors transform(std::span<const Item> items, const Services& services) const override {
    return reduced(vocabulary_.transform(items, services), services);
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
  Vectors reduced(Vectors out, const Services& services) const {
    const auto words = std::get<math::Csr>(std::move(out.rows));
    math::Matrix rows(words.rows, dim());
    if (dim() > 0) math::multiply(words.view(), directions_.view(), rows.view(), services.pool);
    out.rows = std::move(rows);
    return out;
  }

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
