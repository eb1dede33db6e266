#include "medley/core/rng.h"
#include "medley/encode/network.h"

#include "tests/features/items.h"
#include "tests/test_data.h"
#include <gmock/gmock.h>

#include <cctype>
#include <cmath>
#include <filesystem>
#include <fstream>
#include <set>

// What every extractor must do, over the registry: a new one is covered without an edit here. Items carry
// every kind of material, so that it does not matter which one an extractor reads.

namespace medley::features::test {
namespace {

constexpr double kAbsent = std::numeric_limits<double>::quiet_NaN();

media::Image picture(int width, int height, std::uint64_t seed) {
  auto image = media::Image::sized(width, height);
  Rng rng(seed);
  for (auto& value : image.rgb) value = static_cast<std::uint8_t>(rng.below(256));
  return image;
}

/// A tone that climbs with `seed`, under noise.
Sound climbing_tone(std::size_t samples, std::uint64_t seed) {
  std::vector<float> out(samples);
  Rng rng(seed);
  for (std::size_t i = 0; i < samples; ++i)
    out[i] =
        static_cast<float>(0.5 * std::sin(0.02 * static_cast<double>((seed + 1) * i)) + 0.1 * rng.uniform());
  return Sound::of(std::move(out), 22050);
}

/// Nine frames of one picture that brightens.
Clip clip(media::Image first) {
  return Clip([first = std::move(first)](const media::VideoWalk& walk) {
    auto frame = first;
    for (std::int64_t number = 0; number < 9; ++number) {
      for (auto& value : frame.rgb) value = static_cast<std::uint8_t>(std::min(255, value + 3));
      if (walk.wants && !walk.wants(number)) continue;
      if (!walk.take({number, 0.04 * static_cast<double>(number), &frame})) break;
    }
    return std::string();
  });
}

/// Twelve items: ordinary ones, some that lack a kind of material, and two (5 and 9) without any.
class Shop {
 public:
  Shop() {
    const std::vector<std::string> words{"red", "cotton", "shirt", "linen", "dress", "blue"};
    for (int i = 0; i < 12; ++i) {
      pictures_.push_back(picture(20 + i, 31, static_cast<std::uint64_t>(i)));
      sounds_.push_back(climbing_tone(3000, static_cast<std::uint64_t>(i)));
      clips_.push_back(clip(picture(20, 31, static_cast<std::uint64_t>(i))));
    }
    for (std::size_t i = 0; i < 12; ++i) {
      if (i == 5 || i == 9) {
        items_.add({"", ""}, {{}, {}}, {kAbsent, kAbsent});
        continue;
      }
      const auto& word = words[i % 6];
      items_.add({word + " " + words[(i + 1) % 6], i % 3 == 0 ? "" : word + " " + word},
                 {{word}, i % 2 == 0 ? std::vector<std::string>{"A", word} : std::vector<std::string>{}},
                 {static_cast<double>(1950 + 7 * i), i % 4 == 1 ? kAbsent : 0.5 * static_cast<double>(i)},
                 &pictures_[i], &sounds_[i], &clips_[i]);
    }
  }
  const Items& items() const { return items_; }
  std::span<const Item> all() const { return items_.all(); }

 private:
  std::deque<media::Image> pictures_;
  std::deque<Sound> sounds_;
  std::deque<Clip> clips_;
  Items items_;
};

/// What a plugin cannot do without, such as a network: lines `name = value` of data/needed/NAME.txt, '/' in
/// the name as '_'. Files are named from the folder of the tests.
ParamMap needed_by(std::string name) {
  std::replace(name.begin(), name.end(), '/', '_');
  const auto tests = test_data("");
  std::ifstream lines(tests / "features/data/needed" / (name + ".txt"));
  ParamMap out;
  for (std::string key, equals, value; lines >> key >> equals >> value;)
    out[key] = std::filesystem::exists(tests / value) ? (tests / value).string() : value;
  return out;
}

class EveryExtractor : public ::testing::TestWithParam<std::string> {
 protected:
  void SetUp() override {
    if (needed_.count("network") != 0 && !encode::available()) GTEST_SKIP() << "built without OpenVINO";
  }

  std::unique_ptr<Extractor> fitted_on(const Items& items) const {
    return fitted(GetParam(), items, needed_);
  }

  const ParamMap needed_ = needed_by(GetParam());

  static void expect_sound(const Extractor& extractor, const Vectors& vectors, std::size_t items) {
    ASSERT_EQ(vectors.present.size(), items);
    ASSERT_EQ(vectors.notes.size(), items);
    const auto columns = extractor.columns();
    EXPECT_TRUE(columns.empty() || columns.size() == static_cast<std::size_t>(extractor.dim()));
    if (const auto* sparse = std::get_if<math::Csr>(&vectors.rows)) {
      ASSERT_NO_THROW(math::check_csr(sparse->view(), "rows"));
      ASSERT_EQ(sparse->rows, static_cast<math::Index>(items));
      ASSERT_EQ(sparse->cols, extractor.dim());
    }
    data::FeatureTable table;
    table.rows = vectors.rows;
    ASSERT_EQ(table.items(), static_cast<math::Index>(items));
    ASSERT_EQ(table.dim(), extractor.dim());
    for (std::size_t i = 0; i < items; ++i) {
      for (const float value : row(vectors, static_cast<math::Index>(i))) {
        ASSERT_TRUE(std::isfinite(value)) << "item " << i;
        ASSERT_TRUE(vectors.present[i] != 0 || value == 0) << "absent item " << i;
      }
      EXPECT_TRUE(vectors.present[i] == 0 || vectors.notes[i].empty()) << "item " << i;
    }
  }

  static void expect_same(const Vectors& a, math::Index i, const Vectors& b, math::Index j) {
    EXPECT_EQ(row(a, i), row(b, j)) << "items " << i << " and " << j;
    EXPECT_EQ(a.present[static_cast<std::size_t>(i)], b.present[static_cast<std::size_t>(j)]);
    EXPECT_EQ(a.notes[static_cast<std::size_t>(i)], b.notes[static_cast<std::size_t>(j)]);
  }
};

TEST_P(EveryExtractor, gives_finite_rows_and_leaves_items_without_material_absent) {
  const Shop shop;
  const auto extractor = fitted_on(shop.items());
  const auto vectors = transform(*extractor, shop.all());
  expect_sound(*extractor, vectors, 12);
  EXPECT_GT(extractor->dim(), 0);
  for (std::size_t i = 0; i < 12; ++i) {
    const bool bare = i == 5 || i == 9;
    EXPECT_EQ(vectors.present[i], bare ? 0 : 1) << "item " << i;
    EXPECT_EQ(vectors.notes[i], "") << "absence of material is not a fault, item " << i;
  }
}

TEST_P(EveryExtractor, gives_the_same_rows_in_whatever_blocks_the_items_come) {
  const Shop shop;
  const auto extractor = fitted_on(shop.items());
  const auto rows = transform(*extractor, shop.all());
  QuietServices services(2);
  const auto in_blocks = make(GetParam(), needed_);
  const auto blocks = shop.items().blocks_of(5);
  const auto got = in_blocks->fitted() ? in_blocks->fit_transform(blocks, services)
                                       : transform_all(*in_blocks, blocks, services);
  expect_sound(*in_blocks, got, 12);
  ASSERT_EQ(in_blocks->dim(), extractor->dim());
  for (std::size_t i = 0; i < 12; ++i) {
    const auto at = static_cast<math::Index>(i);
    EXPECT_EQ(got.present[i], rows.present[i]) << "item " << i;
    EXPECT_EQ(got.notes[i], rows.notes[i]) << "item " << i;
    EXPECT_THAT(row(got, at), ::testing::Pointwise(::testing::FloatNear(1e-5f), row(rows, at)))
        << "item " << i;
  }
}

TEST_P(EveryExtractor, parts_sum_to_the_inner_product_of_the_row) {
  const Shop shop;
  const auto extractor = fitted_on(shop.items());
  const auto* apart = dynamic_cast<const TakesRowsApart*>(extractor.get());
  if (apart == nullptr) return;
  const auto vectors = transform(*extractor, shop.all());
  Rng rng(5);
  std::vector<float> origin(static_cast<std::size_t>(extractor->dim())), direction(origin.size());
  for (auto* numbers : {&origin, &direction})
    for (auto& value : *numbers) value = static_cast<float>(rng.uniform() - 0.5);
  QuietServices quiet(1);
  for (std::size_t i = 0; i < 12; ++i) {
    const auto parts = apart->parts(shop.all()[i], origin, direction, quiet);
    EXPECT_EQ(parts.empty(), vectors.present[i] == 0) << "item " << i;
    if (parts.empty()) continue;
    const auto values = row(vectors, static_cast<math::Index>(i));
    double product = 0.0, size = 0.0, sum = 0.0;
    for (std::size_t c = 0; c < values.size(); ++c) {
      const auto term = (static_cast<double>(values[c]) - static_cast<double>(origin[c])) *
                        static_cast<double>(direction[c]);
      product += term;
      size += std::abs(term);
    }
    std::set<std::string> names;
    for (const auto& part : parts) {
      sum += part.value;
      EXPECT_TRUE(names.insert(part.name).second) << part.name << " stands twice";
    }
    EXPECT_NEAR(sum, product, 1e-6 * size) << "item " << i;
  }
}

TEST_P(EveryExtractor, takes_reduced_pictures_only_where_it_reads_pictures) {
  const auto extractor = make(GetParam(), needed_);
  EXPECT_GE(extractor->min_side(), 0);
  EXPECT_TRUE(extractor->min_side() == 0 || extractor->reads() == Reads::image);
}

TEST_P(EveryExtractor, rows_do_not_depend_on_batch_order_or_threads) {
  const Shop shop;
  const auto extractor = fitted_on(shop.items());
  const auto whole = transform(*extractor, shop.all());
  std::vector<Item> reversed(shop.all().rbegin(), shop.all().rend());
  QuietServices one(1);
  const auto backwards = extractor->transform(reversed, one);
  for (math::Index i = 0; i < 12; ++i) {
    expect_same(whole, i, backwards, 11 - i);
    expect_same(whole, i, transform(*extractor, shop.all().subspan(static_cast<std::size_t>(i), 1)), 0);
  }
}

TEST_P(EveryExtractor, the_same_catalogue_gives_the_same_vectors_again) {
  const Shop shop;
  const auto first = transform(*fitted_on(shop.items()), shop.all());
  const auto second = transform(*fitted_on(shop.items()), shop.all());
  for (math::Index i = 0; i < 12; ++i) expect_same(first, i, second, i);
}

TEST_P(EveryExtractor, what_was_saved_gives_the_same_vectors) {
  const Shop shop;
  const auto extractor = fitted_on(shop.items());
  auto name = GetParam();
  std::replace(name.begin(), name.end(), '/', '_');
  const auto path = std::filesystem::path(::testing::TempDir()) / (name + "_conformance.state");
  ArchiveWriter writer(path, "features");
  extractor->save(writer);
  writer.commit();

  const auto loaded = make(GetParam(), needed_);
  {
    const ArchiveReader reader(path, "features");
    loaded->load(reader);
  }
  std::filesystem::remove(path);  // the state is a copy, not a view into the file
  EXPECT_EQ(loaded->dim(), extractor->dim());
  EXPECT_EQ(loaded->columns(), extractor->columns());
  const auto before = transform(*extractor, shop.all()), after = transform(*loaded, shop.all());
  for (math::Index i = 0; i < 12; ++i) expect_same(before, i, after, i);
}

TEST_P(EveryExtractor, an_empty_batch_and_an_empty_catalogue_are_no_errors) {
  const Shop shop;
  const auto extractor = fitted_on(shop.items());
  expect_sound(*extractor, transform(*extractor, {}), 0);

  const auto unfed = fitted_on(Items{});
  expect_sound(*unfed, transform(*unfed, {}), 0);
  expect_sound(*unfed, transform(*unfed, shop.all()), 12);
}

TEST_P(EveryExtractor, one_item_is_a_catalogue) {
  const auto image = picture(9, 7, 3);
  const auto sound = climbing_tone(500, 3);
  const auto moving = clip(image);
  Items items;
  items.add({"red shirt"}, {{"shirt"}}, {7}, &image, &sound, &moving);
  const auto extractor = fitted_on(items);
  const auto vectors = transform(*extractor, items.all());
  expect_sound(*extractor, vectors, 1);
  EXPECT_EQ(vectors.present[0], 1);
}

TEST_P(EveryExtractor, a_catalogue_of_items_without_material_has_no_rows) {
  Items items;
  items.add({""}, {{}}, {kAbsent}).add({}, {}, {});
  const auto extractor = fitted_on(items);
  const auto vectors = transform(*extractor, items.all());
  expect_sound(*extractor, vectors, 2);
  EXPECT_EQ(vectors.present, (std::vector<std::uint8_t>{0, 0}));
}

TEST_P(EveryExtractor, hostile_material_costs_its_own_row_at_most) {
  const auto pixel = picture(1, 1, 1), line = picture(5000, 1, 2), ordinary = picture(30, 30, 3);
  const media::Image nothing;
  const auto plain = climbing_tone(3000, 3), sample = climbing_tone(1, 4), none = climbing_tone(0, 5);
  const auto broken = Sound::of({0.5f, std::numeric_limits<float>::quiet_NaN()}, 22050);
  const auto loud = Sound::of(std::vector<float>(3000, 3e38f), 22050);
  const auto moving = clip(ordinary), tiny = clip(pixel);
  const Clip empty([](const media::VideoWalk&) { return std::string(); });
  const Clip unreadable([](const media::VideoWalk&) { return std::string("cut short"); });
  const std::string endless(100'000, 'x'), control("\x01\x02\0\x7f\x1b[31m", 9);
  std::string many;
  for (int i = 0; i < 20'000; ++i) many += "word" + std::to_string(i % 300) + ' ';
  Items items;
  items.add({"red shirt"}, {{"shirt"}}, {3}, &ordinary, &plain, &moving)
      .add({endless}, {{endless}}, {1e300}, &line, &sample, &tiny)
      .add({control}, {{control, ""}}, {-1e300}, &pixel, &none, &empty)
      .add({many}, {std::vector<std::string>(1000, "same")}, {std::numeric_limits<double>::infinity()},
           &nothing, &broken, &unreadable)
      .add({"\xff\xfe"}, {{"\xff"}}, {-0.0}, &ordinary, &loud)
      .add({"<<<<&#0;&#xffffffff;<b"}, {{"red"}}, {5e-324}, &ordinary);
  const auto extractor = fitted_on(items);
  const auto vectors = transform(*extractor, items.all());
  expect_sound(*extractor, vectors, 6);
  EXPECT_EQ(vectors.present[0], 1);
}

TEST_P(EveryExtractor, an_interrupt_stops_it) {
  const Shop shop;
  const auto extractor = fitted_on(shop.items());
  QuietServices services(2);
  services.cancel().set();
  EXPECT_THROW(extractor->transform(shop.all(), services), Error);
}

std::vector<std::string> every_name() {
  Registry registry;
  register_builtin(registry);
  return registry.names();
}

std::string test_name(const ::testing::TestParamInfo<std::string>& info) {
  std::string name = info.param;
  for (auto& c : name)
    if (std::isalnum(static_cast<unsigned char>(c)) == 0) c = '_';
  return name;
}

INSTANTIATE_TEST_SUITE_P(Registry, EveryExtractor, ::testing::ValuesIn(every_name()), test_name);

}  // namespace
}  // namespace medley::features::test
