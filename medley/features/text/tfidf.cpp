#include "medley/features/registry.h"
#include "medley/features/text/vocabulary.h"

#include <utility>

namespace medley::features {
namespace {

class Tfidf final : public Extractor {
 public:
  using Params = TextParams;

  explicit Tfidf(Params params) : vocabulary_(std::move(params)) {}

  Reads reads() const override { return Reads::text; }
  bool fitted() const override { return true; }
  int version() const override { return 2; }
  int dim() const override { return static_cast<int>(vocabulary_.terms().size()); }
  std::vector<std::string> columns() const override { return vocabulary_.terms(); }

  void fit(const ItemBlocks& items, const Services& services) override { vocabulary_.fit(items, services); }
  Vectors fit_transform(const ItemBlocks& items, const Services& services) override {
    return vocabulary_.fit_transform(items, services);
  }
  Vectors transform(std::span<const Item> items, const Services& services) const override {
    return vocabulary_.transform(items, services);
  }
  void save(ArchiveWriter& out) const override { vocabulary_.save(out); }
  void load(const ArchiveReader& in) override { vocabulary_.load(in); }

 private:
  Vocabulary vocabulary_;
};

}  // namespace

void register_text_tfidf(Registry& registry) {
  registry.add<Tfidf>("text/tfidf", "words weighted by how rare they are, as scikit-learn's TfidfVectorizer");
}

}  // namespace medley::features
