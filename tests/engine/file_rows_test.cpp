#include "medley/engine/file_rows.h"

#include "medley/core/file.h"
#include "medley/features/batched.h"
#include "medley/features/per_item.h"

#include "tests/engine/small_world.h"
#include "tests/test_data.h"
#include <gmock/gmock.h>

#include <cmath>
#include <map>
#include <memory>
#include <numeric>

using namespace medley;
using namespace medley::engine::test;
using engine::FileFeature;
using engine::FileRows;
using engine::RowCache;
using ::testing::HasSubstr;

namespace {

class FileRowsTest : public ::testing::Test {
 protected:
  FileRows rows(const std::vector<std::string>& paths, int threads = 1) {
    RowCache cache(folder_.path() / "rows");
    QuietServices quiet(threads);
    return pass(paths, data::MediaKind::image, {{*color_, cache}}, quiet).front();
  }
  std::vector<FileRows> pass(const std::vector<std::string>& paths, data::MediaKind kind,
                             std::vector<FileFeature> features, const Services& services) const {
    return engine::file_rows(paths, kind, features, limits_, services);
  }
  std::string write(const std::string& name, const std::string& bytes) const {
    return folder_.write(name, bytes).string();
  }

  const data::TempFolder folder_;
  const engine::Plugins plugins_ = engine::builtin_plugins();
  const std::unique_ptr<features::Extractor> color_ = plugins_.extractors.make("image/color", {});
  engine::MediaLimits limits_;
};

const math::Matrix& dense(const FileRows& rows) {
  return std::get<math::Matrix>(rows.rows);
}

bool same_row(const FileRows& a, math::Index i, const FileRows& b, math::Index j) {
  return std::ranges::equal(dense(a).row(i), dense(b).row(j));
}

TEST_F(FileRowsTest, a_broken_file_costs_its_own_row_and_says_why) {
  const auto good = picture(200, 20, 1);
  const auto out =
      rows({write("a.png", good), "", write("b.png", good.substr(0, good.size() / 2)),
            write("c.jpg", "this is text"), write("d.png", ""), (folder_.path() / "missing.png").string(),
            folder_.path().string(), write("e.png", picture(20, 200, 2))});
  EXPECT_EQ(out.present, (std::vector<std::uint8_t>{1, 0, 0, 0, 0, 0, 0, 1}));
  EXPECT_EQ(out.reasons[0], "");
  EXPECT_EQ(out.reasons[1], "");  // no picture is no fault
  for (const std::size_t i : {2u, 3u, 4u, 5u, 6u}) {
    EXPECT_NE(out.reasons[i], "") << i;
    for (const float value : dense(out).row(static_cast<math::Index>(i))) EXPECT_EQ(value, 0.0f);
  }
  EXPECT_FALSE(same_row(out, 0, out, 7));
}

TEST_F(FileRowsTest, the_second_time_everything_comes_from_the_cache_reasons_too) {
  const auto bad = write("b.png", "this is text");
  const std::vector<std::string> paths{write("a.png", picture(200, 20, 1)), bad, ""};
  const auto first = rows(paths);
  EXPECT_EQ(first.computed, 2);
  EXPECT_EQ(first.reused, 0);
  const auto second = rows(paths);
  EXPECT_EQ(second.computed, 0);
  EXPECT_EQ(second.reused, 2);
  EXPECT_EQ(second.reasons, first.reasons);
  EXPECT_EQ(second.present, first.present);
  for (math::Index i = 0; i < 3; ++i) EXPECT_TRUE(same_row(first, i, second, i));
}

TEST_F(FileRowsTest, what_counts_is_the_content_and_not_the_name) {
  const auto bytes = picture(200, 20, 1);
  rows({write("a.png", bytes)});
  EXPECT_EQ(rows({write("renamed.jpg", bytes)}).reused, 1);
  write("a.png", picture(200, 20, 2));
  EXPECT_EQ(rows({(folder_.path() / "a.png").string()}).computed, 1);
}

TEST_F(FileRowsTest, the_rows_do_not_depend_on_the_number_of_threads) {
  std::vector<std::string> paths;
  for (int i = 0; i < 150; ++i)
    paths.push_back(i % 10 == 3 ? "" : write(std::to_string(i) + ".png", picture(200, 20, i)));
  const auto one = rows(paths, 1);
  std::filesystem::remove(folder_.path() / "rows");
  const auto three = rows(paths, 3);
  EXPECT_EQ(three.computed, 135);
  EXPECT_EQ(one.present, three.present);
  for (math::Index i = 0; i < 150; ++i) EXPECT_TRUE(same_row(one, i, three, i)) << i;
}

TEST_F(FileRowsTest, an_interruption_keeps_the_blocks_that_are_done) {
  std::vector<std::string> paths;
  for (int i = 0; i < 150; ++i) paths.push_back(write(std::to_string(i) + ".png", picture(20, 200, i)));
  {
    RowCache cache(folder_.path() / "rows");
    ThreadPool pool(1);
    CancelFlag cancel;
    AtStep progress(1, [&] { cancel.set(); });
    ErrorCode code{};
    EXPECT_NE(
        error_of(
            [&] { pass(paths, data::MediaKind::image, {{*color_, cache}}, {pool, progress, cancel, {}}); },
            &code),
        "");
    EXPECT_EQ(code, ErrorCode::interrupted);
  }
  const auto out = rows(paths);
  EXPECT_EQ(out.reused, 64);
  EXPECT_EQ(out.computed, 86);
}

TEST_F(FileRowsTest, raw_rows_are_kept_as_bytes_and_come_back_from_the_cache) {
  const auto pixels = plugins_.extractors.make("image/pixels", {{"width", "4"}, {"height", "2"}});
  const std::vector<std::string> paths{write("a.png", picture(200, 20, 1)), "", write("b.png", "text")};
  QuietServices quiet(1);
  for (const int reused : {0, 2}) {
    RowCache cache(folder_.path() / "pixels");
    const auto out = pass(paths, data::MediaKind::image, {{*pixels, cache}}, quiet).front();
    const auto& bytes = std::get<math::BasicMatrix<std::uint8_t>>(out.rows);
    ASSERT_EQ(bytes.cols(), 24);
    EXPECT_EQ(out.present, (std::vector<std::uint8_t>{1, 0, 0}));
    EXPECT_NE(std::ranges::count(bytes.row(0), 0), 24);
    EXPECT_EQ(std::ranges::count(bytes.row(2), 0), 24);
    EXPECT_EQ(out.reused, reused);
  }
}

TEST_F(FileRowsTest, no_picture_at_all_is_no_fault) {
  const auto out = rows({});
  EXPECT_EQ(dense(out).rows(), 0);
  EXPECT_EQ(out.computed + out.reused, 0);
}

TEST_F(FileRowsTest, one_pass_makes_the_rows_of_every_feature_as_passes_of_their_own_do) {
  const auto lbp = plugins_.extractors.make("image/lbp", {});
  const std::vector<std::string> paths{write("a.png", picture(200, 20, 1)), write("b.png", "text"), "",
                                       write("c.png", picture(20, 200, 2))};
  const auto color_alone = rows(paths);
  std::filesystem::remove(folder_.path() / "rows");
  RowCache one(folder_.path() / "one"), two(folder_.path() / "two");
  QuietServices quiet(2);
  const auto both = pass(paths, data::MediaKind::image, {{*color_, one}, {*lbp, two}}, quiet);
  ASSERT_EQ(both.size(), 2u);
  for (const auto& feature : both) {
    EXPECT_EQ(feature.present, (std::vector<std::uint8_t>{1, 0, 0, 1}));
    EXPECT_EQ(feature.reasons, color_alone.reasons);
    EXPECT_EQ(feature.computed, 3);
  }
  for (const math::Index i : {0, 3}) EXPECT_TRUE(same_row(both[0], i, color_alone, i));
  EXPECT_EQ(dense(both[1]).cols(), lbp->dim());
}

double cosine(std::span<const float> a, std::span<const float> b) {
  const auto dot = [](std::span<const float> x, std::span<const float> y) {
    return std::inner_product(x.begin(), x.end(), y.begin(), 0.0);
  };
  return dot(a, b) / std::sqrt(dot(a, a) * dot(b, b));
}

// What kReducedSide of features/image/side.h promises, on a picture that is reduced to 500 x 350.
TEST_F(FileRowsTest, a_large_jpeg_has_the_rows_of_the_whole_picture_but_for_rounding) {
  const auto bytes = large_jpeg(90);
  const auto whole = media::decode_image(std::as_bytes(std::span(bytes)));
  ASSERT_EQ(whole.image->width, 1000);
  features::Item item;
  item.image = &*whole.image;
  QuietServices quiet(1);
  const std::map<std::string, double> least{
      {"image/color", .998}, {"image/hog", .995}, {"image/lbp", .998}, {"affect/image", .99999}};
  for (const auto& [name, bound] : least) {
    const auto extractor = plugins_.extractors.make(name, {});
    const auto expected = extractor->transform(std::span(&item, 1), quiet);
    RowCache cache(folder_.path() / std::filesystem::path(name).filename());
    const auto found =
        pass({write("large.jpg", bytes)}, data::MediaKind::image, {{*extractor, cache}}, quiet).front();
    const auto row = dense(found).row(0), as_whole = std::get<math::Matrix>(expected.rows).row(0);
    EXPECT_GE(cosine(row, as_whole), bound) << name;
    EXPECT_FALSE(std::ranges::equal(row, as_whole)) << name << " was not given the reduced picture";
  }
}

TEST_F(FileRowsTest, rows_do_not_depend_on_the_features_beside_them) {
  const auto hog = plugins_.extractors.make("image/hog", {});
  const auto pixels = plugins_.extractors.make("image/pixels", {{"width", "300"}, {"height", "200"}});
  ASSERT_NE(hog->min_side(), pixels->min_side());
  const std::vector<std::string> paths{write("a.jpg", large_jpeg(90)), write("b.png", picture(200, 20, 1)),
                                       write("c.jpg", large_jpeg(50))};
  QuietServices quiet(2);
  int caches = 0;
  const auto of = [&](const std::vector<const features::Extractor*>& extractors) {
    std::vector<std::unique_ptr<RowCache>> kept;
    std::vector<FileFeature> features;
    for (const auto* extractor : extractors) {
      kept.push_back(std::make_unique<RowCache>(folder_.path() / fmt::format("cache{}", caches++)));
      features.push_back({*extractor, *kept.back()});
    }
    auto out = pass(paths, data::MediaKind::image, features, quiet);
    std::map<const features::Extractor*, data::FeatureRows> rows;
    for (std::size_t f = 0; f < extractors.size(); ++f) rows[extractors[f]] = std::move(out[f].rows);
    return rows;
  };
  const auto expect_same = [&]<class Rows>(const data::FeatureRows& a, const data::FeatureRows& b, Rows) {
    for (math::Index i = 0; i < 3; ++i)
      EXPECT_TRUE(std::ranges::equal(std::get<Rows>(a).row(i), std::get<Rows>(b).row(i))) << i;
  };
  auto hog_alone = of({hog.get()}), pixels_alone = of({pixels.get()});
  for (const auto& order : {std::vector<const features::Extractor*>{hog.get(), pixels.get()},
                            std::vector<const features::Extractor*>{pixels.get(), hog.get()}}) {
    auto both = of(order);
    expect_same(both[hog.get()], hog_alone[hog.get()], math::Matrix{});
    expect_same(both[pixels.get()], pixels_alone[pixels.get()], math::BasicMatrix<std::uint8_t>{});
  }
}

TEST_F(FileRowsTest, a_feature_that_is_new_beside_one_that_is_known_is_made_alone) {
  const std::vector<std::string> paths{write("a.png", picture(200, 20, 1)),
                                       write("b.png", picture(20, 200, 2))};
  RowCache known(folder_.path() / "one"), fresh(folder_.path() / "two");
  QuietServices quiet(1);
  pass(paths, data::MediaKind::image, {{*color_, known}}, quiet);
  const auto both = pass(paths, data::MediaKind::image, {{*color_, known}, {*color_, fresh}}, quiet);
  EXPECT_EQ(both[0].reused, 2);
  EXPECT_EQ(both[1].computed, 2);
  EXPECT_TRUE(same_row(both[0], 0, both[1], 0));
}

TEST_F(FileRowsTest, content_that_stands_twice_is_kept_once) {
  const auto bytes = picture(200, 20, 1);
  const std::vector<std::string> paths{write("a.png", bytes), write("b.png", bytes)};
  RowCache cache(folder_.path() / "rows");
  QuietServices quiet(1);
  pass(paths, data::MediaKind::image, {{*color_, cache}}, quiet);
  EXPECT_EQ(cache.size(), 1u);
}

/// The number of samples and of frames of what it is given, and how often it was asked.
template <features::Reads kWhat>
class Counter {
 public:
  struct Params {
    void fields(FieldVisitor&) {}
  };
  static constexpr features::Reads kReads = kWhat;
  static constexpr int kVersion = 1;

  explicit Counter(const Params&) {}
  int dim() const { return 1; }
  std::vector<std::string> columns() const { return {"count"}; }
  bool row(const features::Item& item, std::span<float> out, std::string& note) const {
    if (item.sound != nullptr) {
      out[0] = static_cast<float>(item.sound->samples(22'050).size());
      note = item.sound->reason();
    } else if (item.clip != nullptr) {
      media::VideoWalk walk;
      walk.take = [&](const media::VideoFrame&) { return out[0] += 1.0f, true; };
      note = item.clip->walk(walk);
    }
    return note.empty() && out[0] > 0.0f;
  }
};

TEST_F(FileRowsTest, sounds_and_clips_are_read_as_pictures_are) {
  const auto data = test_data("media/data");
  const std::vector<std::string> paths{(data / "cuts.mp4").string(), (data / "rotated.mov").string(), "",
                                       write("x.ogg", "this is text")};
  RowCache cache(folder_.path() / "sounds"), clips(folder_.path() / "clips");
  QuietServices quiet(2);
  const features::PerItem<Counter<features::Reads::audio>> hears({});
  const auto sounds = pass(paths, data::MediaKind::audio, {{hears, cache}}, quiet).front();
  EXPECT_EQ(sounds.present, (std::vector<std::uint8_t>{1, 0, 0, 0}));
  EXPECT_NEAR(dense(sounds).row(0)[0], 3 * 22'050, 3'000);
  EXPECT_THAT(sounds.reasons[1], HasSubstr("no sound track"));
  EXPECT_THAT(sounds.reasons[3], HasSubstr("not a sound or a clip"));
  const features::PerItem<Counter<features::Reads::video>> sees({});
  const auto seen = pass(paths, data::MediaKind::video, {{sees, clips}}, quiet).front();
  EXPECT_EQ(seen.present, (std::vector<std::uint8_t>{1, 1, 0, 0}));
  EXPECT_EQ(dense(seen).row(0)[0], 75.0f);
  EXPECT_EQ(dense(seen).row(1)[0], 10.0f);
}

/// The mean of a picture's bytes and their number, many at once.
class Means final : public features::Extractor, public features::Batched {
 public:
  features::Reads reads() const override { return features::Reads::image; }
  bool fitted() const override { return false; }
  int version() const override { return 1; }
  int dim() const override { return 2; }
  std::vector<std::string> columns() const override { return {}; }
  features::Vectors transform(std::span<const features::Item> items, const Services&) const override {
    require(items.empty(), "one at a time");
    return {math::Matrix(0, dim()), {}, {}};
  }

  std::vector<std::uint8_t> prepare(const features::Item& item, std::string& note) const override {
    if (item.image->width == 1) {
      note = "too narrow";
      return {};
    }
    return item.image->rgb;
  }
  features::Vectors rows(std::span<const std::vector<std::uint8_t>> prepared,
                         const Services&) const override {
    ++calls;
    if (prepared.size() > 2 && fails) fail(ErrorCode::unsupported, "the network is none");
    math::Matrix rows(static_cast<math::Index>(prepared.size()), 2);
    for (std::size_t i = 0; i < prepared.size(); ++i) {
      const auto row = rows.row(static_cast<math::Index>(i));
      for (const auto byte : prepared[i])
        row[0] += static_cast<float>(byte) / static_cast<float>(prepared[i].size());
      row[1] = static_cast<float>(prepared[i].size());
    }
    return {std::move(rows), std::vector<std::uint8_t>(prepared.size(), 1),
            std::vector<std::string>(prepared.size())};
  }

  mutable int calls = 0;
  bool fails = false;
};

class BatchedRowsTest : public FileRowsTest {
 protected:
  std::vector<std::string> many(int count) const {
    std::vector<std::string> out;
    for (int i = 0; i < count; ++i) out.push_back(write(fmt::format("m{}.png", i), picture(200, 20, i)));
    out[7] = write("broken.png", "this is text");
    out[9] = "";
    return out;
  }
};

TEST_F(BatchedRowsTest, are_made_a_block_at_a_time_and_stand_beside_those_of_others) {
  const auto paths = many(150);
  const Means means;
  RowCache cache(folder_.path() / "means"), colors(folder_.path() / "colors");
  QuietServices quiet(2);
  const auto both = pass(paths, data::MediaKind::image, {{means, cache}, {*color_, colors}}, quiet);
  EXPECT_EQ(means.calls, 3);  // blocks of 64
  for (std::size_t i = 0; i < paths.size(); ++i) {
    const bool absent = i == 7 || i == 9;
    EXPECT_EQ(both[0].present[i], absent ? 0 : 1) << i;
    EXPECT_EQ(both[1].present[i], absent ? 0 : 1) << i;
    EXPECT_EQ(dense(both[0])(static_cast<math::Index>(i), 1), absent ? 0.0f : 24.0f * 16 * 3) << i;
  }
  EXPECT_NE(both[0].reasons[7], "");
  EXPECT_EQ(both[0].computed, 149);
  const auto again = pass(paths, data::MediaKind::image, {{means, cache}}, quiet).front();
  EXPECT_EQ(means.calls, 3);
  EXPECT_EQ(again.reused, 149);
  for (math::Index i = 0; i < 150; ++i) EXPECT_TRUE(same_row(both[0], i, again, i));
}

TEST_F(BatchedRowsTest, features_made_alike_are_made_once) {
  const auto paths = many(20);
  const Means means, twin;
  RowCache cache(folder_.path() / "means");
  QuietServices quiet(1);
  const auto out = pass(paths, data::MediaKind::image, {{means, cache}, {twin, cache}}, quiet);
  EXPECT_EQ(twin.calls, 0);
  EXPECT_EQ(out[1].present, out[0].present);
  for (math::Index i = 0; i < 20; ++i) EXPECT_TRUE(same_row(out[0], i, out[1], i));
}

TEST_F(BatchedRowsTest, an_error_comes_out_and_what_was_made_before_is_kept) {
  Means means;
  RowCache cache(folder_.path() / "means");
  QuietServices quiet(2);
  const auto first = write("first.png", picture(20, 200, 1));
  pass({first}, data::MediaKind::image, {{means, cache}}, quiet);
  means.fails = true;
  EXPECT_THAT(error_of([&] { pass(many(100), data::MediaKind::image, {{means, cache}}, quiet); }),
              HasSubstr("the network is none"));
  EXPECT_EQ(pass({first}, data::MediaKind::image, {{means, cache}}, quiet).front().reused, 1);
}

}  // namespace
