#include "medley/core/hash.h"
#include "medley/models/queries.h"
#include "medley/models/registry.h"

#include <cstring>

namespace medley::models {
namespace {

/// What chance gives: an independent uniform draw in [0, 1) a seed, user and item. A table without this row
/// cannot show how much of a figure is due to the number of candidates.
class RandomScores final : public Recommender {
 public:
  struct Params {
    int seed = 1;

    void fields(FieldVisitor& v) { v.field("seed", seed, {0, 1 << 30}, "another seed, another draw"); }
  };

  explicit RandomScores(const Params& params) : seed_(params.seed) {}

  ContentUse content_use() const override { return {}; }

  void fit(const TrainingData& data, const Services&) override { items_ = interactions_of(data).items; }

  void score(std::span<const Query> queries, math::MatrixView<float> out, ThreadPool& pool) const override {
    check_queries(queries, items_, out);
    parallel_for(pool, out.rows(), 1, [&](std::int64_t begin, std::int64_t end) {
      for (auto q = begin; q < end; ++q) draw(queries[static_cast<std::size_t>(q)].user, out.row(q));
    });
  }

  bool scores_unseen_items() const override { return true; }

  void save(ArchiveWriter& out) const override {
    out.put_value<std::int64_t>("items", items_);
    out.put_value<std::int32_t>("seed", seed_);
  }

  void load(const ArchiveReader& in) override {
    items_ = items_in(in);
    seed_ = in.get_value<std::int32_t>("seed");
  }

 private:
  void draw(std::string_view user, std::span<float> out) const {
    std::string key(user);
    key.push_back('\0');
    const auto prefix = key.size();
    key.resize(prefix + sizeof(ItemId));
    for (std::size_t j = 0; j < out.size(); ++j) {
      const auto item = static_cast<ItemId>(j);
      std::memcpy(key.data() + prefix, &item, sizeof item);
      // The top 24 bits are all that a float below 1 holds.
      out[j] = static_cast<float>(xxh64(key, static_cast<std::uint64_t>(seed_)) >> 40) * 0x1.0p-24f;
    }
  }

  math::Index items_ = 0;
  std::int32_t seed_;
};

}  // namespace

void register_baseline_random(Registry& registry) {
  registry.add<RandomScores>("random", "a uniform draw for each user and item: what chance gives");
}

}  // namespace medley::models
