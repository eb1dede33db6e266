#include "medley/encode/network.h"

#include "tests/features/items.h"
#include "tests/features/networks.h"
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>

namespace medley::features::test {
namespace {

using ::testing::HasSubstr;

class TextEncoder : public NetworkTest {
 protected:
  static ParamMap params(ParamMap more = {}) {
    more.try_emplace("network", data("text.onnx"));
    more.try_emplace("tokenizer", data("wordpiece.xml"));
    return more;
  }

  static Vectors of(const ParamMap& given, const Items& items) {
    return transform(*make("text/encoder", given), items.all());
  }
};

TEST_F(TextEncoder, is_the_mean_of_the_tokens_states) {
  // [CLS] shirt [SEP] through the network by itself, pooled by hand.
  const std::vector<std::int64_t> ids{2, 6, 3}, ones{1, 1, 1}, zeros{0, 0, 0};
  const encode::Network network(data("text.onnx"));
  const std::vector<encode::Input> inputs{{"input_ids", {1, 3}, std::span(ids)},
                                          {"attention_mask", {1, 3}, std::span(ones)},
                                          {"token_type_ids", {1, 3}, std::span(zeros)}};
  const auto states = network.run(inputs).values;
  Items items;
  items.add({"Shirt"});
  const auto mean = row(of(params({{"l2", "false"}}), items), 0),
             first = row(of(params({{"l2", "false"}, {"pooling", "cls"}}), items), 0);
  const auto unit = row(of(params(), items), 0);
  double square = 0.0;
  for (std::size_t d = 0; d < 4; ++d) {
    EXPECT_NEAR(mean[d], (states[d] + states[4 + d] + states[8 + d]) / 3, 1e-6);
    EXPECT_NEAR(first[d], states[d], 1e-6);
    square += static_cast<double>(mean[d]) * mean[d];
  }
  for (std::size_t d = 0; d < 4; ++d) EXPECT_NEAR(unit[d], mean[d] / std::sqrt(square), 1e-6);
}

TEST_F(TextEncoder, an_output_that_is_a_row_an_item_is_taken_as_it_is) {
  Items items;
  items.add({"red cotton"});
  const auto pooled = row(of(params({{"output", "pooler_output"}}), items), 0);
  const auto first = row(of(params({{"pooling", "cls"}}), items), 0);
  for (std::size_t d = 0; d < 4; ++d) EXPECT_NEAR(pooled[d], first[d], 1e-6);
}

TEST_F(TextEncoder, columns_are_joined_and_empty_ones_leave_no_trace) {
  Items items;
  items.add({"red", " ", "shirt"}).add({"red - shirt"}).add({"red shirt"});
  const auto vectors = of(params({{"join", " - "}}), items);
  EXPECT_EQ(row(vectors, 0), row(vectors, 1));
  EXPECT_NE(row(vectors, 0), row(vectors, 2));
}

TEST_F(TextEncoder, markup_is_no_part_of_a_text_unless_it_is_asked_for) {
  Items items;
  items.add({"red & cotton shirt"}).add({"<p>red &amp; <b>cotton</b> shirt</p>"});
  for (const ParamMap& given : {params(), params({{"clean", "yes"}})}) {
    const auto vectors = of(given, items);
    EXPECT_EQ(row(vectors, 0), row(vectors, 1));
  }
  const auto kept = of(params({{"clean", "no"}}), items);
  EXPECT_EQ(row(kept, 0), row(of(params(), items), 0));
  EXPECT_NE(row(kept, 0), row(kept, 1));
}

TEST_F(TextEncoder, a_text_of_markup_alone_is_absent_and_one_beside_another_leaves_no_trace) {
  Items items;
  items.add({"<p><br></p>"}).add({"red", "<p></p>", "shirt"}).add({"red", "shirt"});
  const auto vectors = of(params(), items);
  EXPECT_EQ(vectors.present, (std::vector<std::uint8_t>{0, 1, 1}));
  EXPECT_EQ(vectors.notes, (std::vector<std::string>{"its text is markup alone", "", ""}));
  EXPECT_EQ(row(vectors, 1), row(vectors, 2));
}

TEST_F(TextEncoder, texts_of_all_lengths_keep_their_places_in_small_batches) {
  Items items;
  for (int i = 0; i < 40; ++i) {
    std::string text = "red";
    for (int w = 0; w < i * 7 % 23; ++w) text += w % 2 == 0 ? " cotton" : " shirt";
    items.add({i % 11 == 3 ? "" : text});
  }
  const auto together = of(params({{"batch", "7"}}), items);
  const auto extractor = make("text/encoder", params());
  for (std::size_t i = 0; i < 40; ++i) {
    const auto alone = transform(*extractor, items.all().subspan(i, 1));
    EXPECT_EQ(together.present[i], i % 11 == 3 ? 0 : 1);
    for (std::size_t d = 0; d < 4; ++d)
      EXPECT_NEAR(row(together, static_cast<math::Index>(i))[d], row(alone, 0)[d], 1e-6) << i;
  }
}

TEST_F(TextEncoder, a_text_is_cut_at_max_tokens) {
  Items items;
  items.add({"red shirt shirt shirt"}).add({"red shirt"});
  const auto vectors = of(params({{"max_tokens", "4"}}), items);
  EXPECT_EQ(row(vectors, 0), row(vectors, 1));
}

TEST_F(TextEncoder, a_text_without_a_token_is_absent_with_a_note) {
  Items items;
  items.add({"\x01\x02"}).add({""});
  const auto vectors = of(params(), items);
  EXPECT_EQ(vectors.present, (std::vector<std::uint8_t>{0, 0}));
  EXPECT_EQ(vectors.notes, (std::vector<std::string>{"its text has no tokens", ""}));
}

TEST_F(TextEncoder, a_tokenizer_of_another_network_is_refused) {
  Items items;
  items.add({"red cotton shirt"});
  // Its ids go to 267, the table has 40 rows: the runtime would read zeros.
  EXPECT_THAT(
      error_of([&] { of(params({{"tokenizer", data("bpe.xml")}}), items); }),
      ::testing::AllOf(HasSubstr("bpe.xml' gives 266 as 'input_ids'"), HasSubstr("has a table of 40")));
  EXPECT_THAT(error_of([&] { of(params({{"tokenizer", data("text.onnx")}}), items); }),
              HasSubstr("is no tokenizer"));
}

TEST_F(TextEncoder, a_network_that_takes_other_inputs_is_refused_by_their_names) {
  Items items;
  items.add({"red"});
  EXPECT_THAT(
      error_of([&] { of(params({{"network", data("image_fixed.onnx")}, {"output", "pooled"}}), items); }),
      ::testing::AllOf(HasSubstr("takes an input 'pixels'"), HasSubstr("it gives: ")));
}

TEST_F(TextEncoder, a_section_without_its_files_is_refused_at_once) {
  EXPECT_THAT(error_of([] { make("text/encoder", {{"tokenizer", data("wordpiece.xml")}}); }),
              HasSubstr("network names no file"));
  EXPECT_THAT(error_of([] { make("text/encoder", {{"network", data("text.onnx")}}); }),
              HasSubstr("tokenizer names no file"));
}

}  // namespace
}  // namespace medley::features::test
