#include "medley/features/encoder.h"

#include "tests/features/networks.h"
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <limits>

namespace medley::features {
namespace {

using ::testing::HasSubstr;

class EncoderTest : public features::test::NetworkTest {
 protected:
  static EncoderParams params(const std::string& network) {
    EncoderParams out;
    out.network = network.empty() ? "" : data(network);
    return out;
  }

  /// A row of two numbers by a network that keeps what is above 0.
  static std::vector<float> row_of(const EncoderParams& given, std::vector<float> values,
                                   std::string* note = nullptr) {
    QuietServices services(1);
    const encode::Input input{"x", {1, 2}, std::span<const float>(values)};
    const Encoder encoder(given);
    const auto made = encoder.rows(std::span(&input, 1), {}, services);
    std::vector<float> out(2);
    std::string said;
    encoder.take(made.row(0), out, note == nullptr ? said : *note);
    return out;
  }
};

TEST_F(EncoderTest, a_section_without_a_network_or_with_one_that_is_not_there_is_refused_at_once) {
  EXPECT_THAT(error_of([] { const Encoder encoder(params("")); }), HasSubstr("network names no file"));
  EXPECT_THAT(error_of([] { const Encoder encoder(params("absent.onnx")); }),
              HasSubstr("there is no network"));
}

TEST_F(EncoderTest, a_network_is_read_when_it_is_asked_for) {
  const Encoder encoder(params("unknown_operator.onnx"));
  const auto fault = error_of([&] { encoder.dim(); });
  EXPECT_THAT(fault, HasSubstr("Frobnicate"));
  EXPECT_EQ(fault.find("unknown_operator.onnx"), fault.rfind("unknown_operator.onnx")) << fault;
  // And again: a fault is no reason to forget that it is needed.
  EXPECT_THAT(error_of([&] { encoder.dim(); }), HasSubstr("Frobnicate"));
}

TEST_F(EncoderTest, tells_the_length_of_a_row_or_that_there_is_none) {
  EXPECT_EQ(Encoder(params("text.onnx")).dim(), 4);
  EXPECT_THAT(error_of([] { Encoder(params("any_width.onnx")).dim(); }),
              ::testing::AllOf(HasSubstr("any_width.onnx': output 'y'"), HasSubstr("no fixed length")));
}

TEST_F(EncoderTest, rows_are_of_length_one_unless_told_otherwise) {
  auto given = params("any_width.onnx");
  EXPECT_THAT(row_of(given, {3, 4}), ::testing::ElementsAre(.6F, .8F));
  EXPECT_THAT(row_of(given, {0, -1}), ::testing::ElementsAre(0, 0));
  given.l2 = false;
  EXPECT_THAT(row_of(given, {3, 4}), ::testing::ElementsAre(3, 4));
}

TEST_F(EncoderTest, a_row_with_a_number_that_is_none_is_left_out_with_a_note) {
  std::string note;
  EXPECT_THAT(row_of(params("any_width.onnx"), {std::numeric_limits<float>::infinity(), 1}, &note),
              ::testing::ElementsAre(0, 0));
  EXPECT_EQ(note, "a value is not finite");
}

}  // namespace
}  // namespace medley::features
