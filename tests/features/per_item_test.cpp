#include "medley/features/per_item.h"

#include "medley/core/error.h"

#include "tests/features/items.h"
#include <gmock/gmock.h>

namespace medley::features::test {
namespace {

using ::testing::ElementsAre;

/// The number itself and its double; refuses negative ones, and gives infinity for 1e30 doubled in float.
struct Doubled {
  struct Params {
    void fields(FieldVisitor&) {}
  };
  static constexpr Reads kReads = Reads::numbers;
  static constexpr int kVersion = 3;

  explicit Doubled(const Params&) {}
  int dim() const { return 2; }
  std::vector<std::string> columns() const { return {"once", "twice"}; }
  bool row(const Item& item, std::span<float> out, std::string& note) const {
    if (item.numbers.empty()) return false;
    out[0] = static_cast<float>(item.numbers[0]);
    if (item.numbers[0] < 0) {
      note = "negative";
      return false;
    }
    out[1] = out[0] * 2;
    return true;
  }
};

TEST(PerItem, keeps_presence_notes_and_zeros_for_the_descriptor) {
  Items items;
  items.add({}, {}, {4}).add({}, {}, {}).add({}, {}, {-1}).add({}, {}, {3e38});
  const PerItem<Doubled> extractor({});
  const auto vectors = transform(extractor, items.all());
  EXPECT_THAT(vectors.present, ElementsAre(1, 0, 0, 0));
  EXPECT_THAT(vectors.notes, ElementsAre("", "", "negative", "a value is not finite"));
  EXPECT_THAT(row(vectors, 0), ElementsAre(4, 8));
  for (math::Index i = 1; i < 4; ++i) EXPECT_THAT(row(vectors, i), ElementsAre(0, 0));
}

/// Doubled, taken apart into its two columns.
struct Apart : Doubled {
  using Doubled::Doubled;
  std::vector<RowPart> parts(const Item& item, std::span<const float> origin,
                             std::span<const float> direction, const Services&) const {
    const auto number = static_cast<float>(item.numbers[0]);
    return {{"once", (number - origin[0]) * direction[0]},
            {"twice", (2 * number - origin[1]) * direction[1]}};
  }
};

TEST(PerItem, takes_rows_apart_where_its_descriptor_does) {
  const PerItem<Doubled> whole({});
  EXPECT_EQ(dynamic_cast<const TakesRowsApart*>(static_cast<const Extractor*>(&whole)), nullptr);
  const std::unique_ptr<Extractor> extractor = std::make_unique<PerItem<Apart>>(Apart::Params());
  const auto* apart = dynamic_cast<const TakesRowsApart*>(extractor.get());
  ASSERT_NE(apart, nullptr);
  Items items;
  items.add({}, {}, {4});
  QuietServices quiet(1);
  const std::vector<float> origin{1, 2}, direction{10, 100};
  const auto parts = apart->parts(items.all()[0], origin, direction, quiet);
  ASSERT_EQ(parts.size(), 2u);
  EXPECT_EQ(parts[0].value, 30);
  EXPECT_EQ(parts[1].value, 600);
  EXPECT_THROW(apart->parts(items.all()[0], origin, std::span(direction).first(1), quiet), Error);
  EXPECT_THROW(apart->parts(items.all()[0], {}, direction, quiet), Error);
}

struct Reduced : Doubled {
  using Doubled::Doubled;
  static constexpr int kMinSide = 256;
};

TEST(PerItem, says_what_its_descriptor_says) {
  const PerItem<Doubled> extractor({});
  EXPECT_EQ(extractor.min_side(), 0);
  EXPECT_EQ(PerItem<Reduced>({}).min_side(), 256);
  EXPECT_EQ(extractor.reads(), Reads::numbers);
  EXPECT_EQ(extractor.version(), 3);
  EXPECT_FALSE(extractor.fitted());
  EXPECT_THAT(extractor.columns(), ElementsAre("once", "twice"));
}

}  // namespace
}  // namespace medley::features::test
