#include "medley/engine/image_rows.h"

#include "tests/engine/small_world.h"
#include <gmock/gmock.h>

using namespace medley;
using namespace medley::engine::testing;
using engine::ImageRows;
using engine::RowCache;
using ::testing::HasSubstr;

namespace {

class ImageRowsOfFiles : public ::testing::Test {
 protected:
  ImageRows rows(const std::vector<std::string>& paths, int threads = 1) {
    RowCache cache(folder_.path() / "rows");
    QuietServices quiet(threads);
    return engine::image_rows(paths, *color_, limits_, cache, quiet);
  }
  std::string write(const std::string& name, const std::string& bytes) const {
    return folder_.write(name, bytes).string();
  }

  const data::TempFolder folder_;
  const engine::Plugins plugins_ = engine::builtin_plugins();
  const std::unique_ptr<features::Extractor> color_ = plugins_.extractors.make("image/color", {});
  media::DecodeLimits limits_;
};

bool same_row(const ImageRows& a, math::Index i, const ImageRows& b, math::Index j) {
  return std::ranges::equal(a.rows.row(i), b.rows.row(j));
}

TEST_F(ImageRowsOfFiles, a_broken_file_costs_its_own_row_and_says_why) {
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
    for (const float value : out.rows.row(static_cast<math::Index>(i))) EXPECT_EQ(value, 0.0f);
  }
  EXPECT_FALSE(same_row(out, 0, out, 7));
}

TEST_F(ImageRowsOfFiles, the_second_time_everything_comes_from_the_cache_reasons_too) {
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

TEST_F(ImageRowsOfFiles, what_counts_is_the_content_and_not_the_name) {
  const auto bytes = picture(200, 20, 1);
  rows({write("a.png", bytes)});
  EXPECT_EQ(rows({write("renamed.jpg", bytes)}).reused, 1);
  write("a.png", picture(200, 20, 2));
  EXPECT_EQ(rows({(folder_.path() / "a.png").string()}).computed, 1);
}

TEST_F(ImageRowsOfFiles, the_rows_do_not_depend_on_the_number_of_threads) {
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

TEST_F(ImageRowsOfFiles, an_interruption_keeps_the_blocks_that_are_done) {
  std::vector<std::string> paths;
  for (int i = 0; i < 150; ++i) paths.push_back(write(std::to_string(i) + ".png", picture(20, 200, i)));
  {
    RowCache cache(folder_.path() / "rows");
    ThreadPool pool(1);
    CancelFlag cancel;
    AtStep progress(1, [&] { cancel.set(); });
    ErrorCode code{};
    EXPECT_NE(
        error_of([&] { engine::image_rows(paths, *color_, limits_, cache, {pool, progress, cancel, {}}); },
                 &code),
        "");
    EXPECT_EQ(code, ErrorCode::interrupted);
  }
  const auto out = rows(paths);
  EXPECT_EQ(out.reused, 64);
  EXPECT_EQ(out.computed, 86);
}

TEST_F(ImageRowsOfFiles, no_picture_at_all_is_no_fault) {
  const auto out = rows({});
  EXPECT_EQ(out.rows.rows(), 0);
  EXPECT_EQ(out.computed + out.reused, 0);
}

TEST_F(ImageRowsOfFiles, a_look_gives_the_hash_of_a_picture_or_says_why_it_is_none) {
  EXPECT_EQ(engine::look_at_image(write("a.png", picture(200, 20, 1)), limits_).fault, "");
  EXPECT_TRUE(engine::look_at_image(write("a.png", picture(200, 20, 1)), limits_).hash);
  EXPECT_FALSE(engine::look_at_image(write("b.png", "text"), limits_).hash);
  EXPECT_NE(engine::look_at_image(write("b.png", "text"), limits_).fault, "");
  EXPECT_NE(engine::look_at_image(write("c.png", ""), limits_).fault, "");
  EXPECT_THAT(engine::look_at_image((folder_.path() / "no.png").string(), limits_).fault,
              HasSubstr("no.png"));
  limits_.max_pixels = 100;  // the picture has 384
  EXPECT_THAT(engine::look_at_image((folder_.path() / "a.png").string(), limits_).fault, HasSubstr("100"));
}

}  // namespace
