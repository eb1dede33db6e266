#include "medley/features/extractor.h"

#include "medley/core/error.h"

#include "tests/features/items.h"
#include <gmock/gmock.h>

namespace medley::features::test {
namespace {

using ::testing::ElementsAre;

/// A row is the length of the first text; remembers how many items came at once.
class Lengths final : public Extractor {
 public:
  Reads reads() const override { return Reads::text; }
  bool fitted() const override { return true; }
  int version() const override { return 1; }
  int dim() const override { return 1; }
  std::vector<std::string> columns() const override { return {}; }
  void fit(const ItemBlocks& items, const Services&) override { fitted_on = items.size(); }
  Vectors transform(std::span<const Item> items, const Services&) const override {
    blocks.push_back(items.size());
    math::Matrix rows(static_cast<math::Index>(items.size()), 1);
    for (std::size_t i = 0; i < items.size(); ++i)
      rows(static_cast<math::Index>(i), 0) = static_cast<float>(items[i].texts[0].size());
    return {rows, std::vector<std::uint8_t>(items.size(), 1), std::vector<std::string>(items.size())};
  }

  std::size_t fitted_on = 0;
  mutable std::vector<std::size_t> blocks;
};

TEST(Extractor, that_is_fitted_makes_its_rows_a_block_at_a_time) {
  Items items;
  items.add({"a"}).add({"bb"}).add({"ccc"}).add({""}).add({"eeeee"});
  QuietServices services(1);
  Lengths lengths;
  const auto all = lengths.fit_transform(items.blocks_of(2), services);
  EXPECT_EQ(lengths.fitted_on, 5u);
  EXPECT_THAT(lengths.blocks, ElementsAre(2, 2, 1));
  const auto& rows = std::get<math::Matrix>(all.rows);
  EXPECT_THAT(std::vector(rows.data(), rows.data() + 5), ElementsAre(1, 2, 3, 0, 5));
}

TEST(Extractor, stops_between_blocks) {
  Items items;
  items.add({"a"}).add({"bb"});
  QuietServices services(1);
  services.cancel().set();
  const Lengths lengths;
  EXPECT_THROW(transform_all(lengths, items.blocks(), services), Error);
  EXPECT_THAT(lengths.blocks, ElementsAre());
}

}  // namespace
}  // namespace medley::features::test
