#include "medley/encode/network.h"

#include "medley/core/error.h"
#include "medley/core/file.h"

#include "tests/encode/answers.h"
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <functional>
#include <thread>

namespace medley::encode::test {
namespace {

using ::testing::AllOf;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using Shape = std::vector<std::int64_t>;

constexpr float kNear = 1e-5f;

void expect_error(ErrorCode code, const ::testing::Matcher<std::string>& message,
                  const std::function<void()>& use) {
  try {
    use();
    ADD_FAILURE() << "no error";
  } catch (const Error& error) {
    EXPECT_EQ(to_string(error.code()), to_string(code)) << error.what();
    EXPECT_THAT(error.what(), message);
    EXPECT_EQ(std::string(error.what()).find('\n'), std::string::npos) << error.what();
  }
}

void expect_near(const Output& got, const Shape& shape, const std::vector<float>& values) {
  EXPECT_EQ(got.shape, shape);
  ASSERT_EQ(got.values.size(), values.size());
  for (std::size_t i = 0; i < values.size(); ++i) ASSERT_NEAR(got.values[i], values[i], kNear) << i;
}

/// Two texts of four and two tokens.
class TwoTexts {
 public:
  std::vector<Input> inputs() const { return {{"input_ids", {2, 4}, std::span(ids_)}, mask(), kinds()}; }
  Input mask() const { return {"attention_mask", {2, 4}, std::span(mask_)}; }
  Input kinds() const { return {"token_type_ids", {2, 4}, std::span(kinds_)}; }

 private:
  std::vector<std::int64_t> ids_ = flat<std::int64_t>(answers()["ids"]);
  std::vector<std::int64_t> mask_ = flat<std::int64_t>(answers()["mask"]);
  std::vector<std::int64_t> kinds_ = std::vector<std::int64_t>(8);
};

NetworkOptions output(const std::string& name) {
  NetworkOptions out;
  out.output = name;
  return out;
}

TEST(Network, describes_its_inputs_and_its_first_output) {
  const Network network(data("text.onnx"));
  ASSERT_EQ(network.inputs().size(), 3U);
  EXPECT_EQ(network.inputs()[0].name, "input_ids");
  EXPECT_EQ(network.inputs()[0].type, "i64");
  EXPECT_THAT(network.inputs()[0].shape, ElementsAre(-1, -1));
  EXPECT_EQ(network.output().name, "last_hidden_state");
  EXPECT_THAT(network.output().shape, ElementsAre(-1, -1, 4));
}

TEST(Network, gives_the_numbers_of_onnxruntime_at_any_length_and_batch) {
  const TwoTexts texts;
  const Network network(data("text.onnx"));
  expect_near(network.run(texts.inputs()), {2, 4, 4}, flat<float>(answers()["states"]));
  // One text of two tokens after them, on the same network.
  const std::vector<std::int64_t> ids{2, 3}, ones{1, 1}, zeros{0, 0};
  const auto states = flat<float>(answers()["states"]);
  const std::vector<Input> one{{"input_ids", {1, 2}, std::span(ids)},
                               {"attention_mask", {1, 2}, std::span(ones)},
                               {"token_type_ids", {1, 2}, std::span(zeros)}};
  expect_near(network.run(one), {1, 2, 4}, {states.begin() + 16, states.begin() + 24});
}

TEST(Network, takes_another_output_or_a_tensor_inside_by_name) {
  const TwoTexts texts;
  expect_near(Network(data("text.onnx"), output("pooler_output")).run(texts.inputs()), {2, 4},
              flat<float>(answers()["first"]));
  // What is looked up before the mask needs no mask.
  const Network inside(data("text.onnx"), output("summed"));
  EXPECT_EQ(inside.inputs().size(), 2U);
  EXPECT_EQ(inside.output().name, "summed");
}

TEST(Network, an_unknown_output_is_refused_with_the_nearest_or_all) {
  expect_error(ErrorCode::invalid_argument,
               AllOf(HasSubstr("text.onnx' has no output 'pooler_outputs'"),
                     HasSubstr("did you mean 'pooler_output'?")),
               [] { const Network network(data("text.onnx"), output("pooler_outputs")); });
  expect_error(ErrorCode::invalid_argument, HasSubstr("it has: last_hidden_state, pooler_output"),
               [] { const Network network(data("text.onnx"), output("x")); });
}

TEST(Network, a_tensor_that_no_input_reaches_is_no_output) {
  expect_error(ErrorCode::invalid_argument, HasSubstr("its output 'words' depends on no input"),
               [&] { Network(data("text.onnx"), output("words")); });
}

TEST(Network, takes_pictures_as_bytes_and_scales_them_itself) {
  std::vector<std::uint8_t> pixels;
  for (const auto value : flat<int>(answers()["pixels"])) pixels.push_back(static_cast<std::uint8_t>(value));
  NetworkOptions options;
  options.pictures = PictureInput{true, {127, 100, 90}, {128, 64, 50}};
  const std::vector<Input> input{{"pixels", {2, 6, 4, 3}, std::span<const std::uint8_t>(pixels)}};
  expect_near(Network(data("image.onnx"), options).run(input), {2, 5, 3, 2},
              flat<float>(answers()["features"]));
  options.output = "pooled";
  expect_near(Network(data("image.onnx"), options).run(input), {2, 5}, flat<float>(answers()["pooled"]));
}

TEST(Network, several_threads_may_ask_at_once) {
  const TwoTexts texts;
  const Network network(data("text.onnx"));
  const auto once = network.run(texts.inputs());
  std::vector<std::thread> threads;
  for (int t = 0; t < 4; ++t) {
    threads.emplace_back([&] {
      for (int i = 0; i < 20; ++i) EXPECT_EQ(network.run(texts.inputs()).values, once.values);
    });
  }
  for (auto& thread : threads) thread.join();
}

TEST(Network, knows_the_size_of_the_table_that_ids_index) {
  const Network network(data("text.onnx"));
  EXPECT_EQ(network.vocabulary("input_ids"), 40);
  EXPECT_EQ(network.vocabulary("token_type_ids"), 2);
  EXPECT_EQ(network.vocabulary("attention_mask"), 0);
}

TEST(Network, other_names_and_shapes_are_refused_by_name) {
  const TwoTexts texts;
  const Network network(data("text.onnx"));
  auto inputs = texts.inputs();
  inputs[0].name = "ids";
  expect_error(ErrorCode::invalid_argument, HasSubstr("takes an input 'input_ids', which is not given"),
               [&] { network.run(inputs); });
  inputs = texts.inputs();
  inputs.push_back({"position_ids", {2, 4}, texts.mask().values});
  expect_error(ErrorCode::invalid_argument,
               HasSubstr("has no input 'position_ids'; it takes: input_ids, attention_mask, token_type_ids"),
               [&] { network.run(inputs); });
  inputs = texts.inputs();
  inputs.push_back(texts.mask());
  expect_error(ErrorCode::invalid_argument, HasSubstr("takes an input 'attention_mask' once, got it 2 times"),
               [&] { network.run(inputs); });
  inputs = texts.inputs();
  inputs[1].shape = {2, 2, 2};
  expect_error(ErrorCode::invalid_argument,
               HasSubstr("text.onnx' takes 'attention_mask' as [-1 x -1], got [2 x 2 x 2]"),
               [&] { network.run(inputs); });
  inputs[1].shape = {4, 4};
  expect_error(ErrorCode::invalid_argument, HasSubstr("input 'attention_mask': 8 values for a shape of 16"),
               [&] { network.run(inputs); });
}

TEST(Network, a_fixed_size_refuses_another_and_a_dynamic_one_shows_as_such) {
  NetworkOptions options;
  options.pictures = PictureInput{};
  const Network fixed(data("image_fixed.onnx"), options);
  EXPECT_THAT(fixed.inputs()[0].shape, ElementsAre(2, 3, 8, 8));
  const std::vector<std::uint8_t> pixels(static_cast<std::size_t>(2 * 9 * 9 * 3));
  expect_error(ErrorCode::invalid_argument,
               HasSubstr("takes 'pixels' as [2 x 8 x 8 x 3], got [2 x 9 x 9 x 3]"),
               [&] { fixed.run(std::vector<Input>{{"pixels", {2, 9, 9, 3}, std::span(pixels)}}); });
  EXPECT_THAT(Network(data("any_width.onnx")).output().shape, ElementsAre(-1, -1));
}

TEST(Network, a_file_cut_anywhere_is_an_error_that_names_it) {
  const auto whole = read_file(data("text.onnx"), 1 << 20);
  const auto path = std::filesystem::path(::testing::TempDir()) / "cut.onnx";
  for (std::size_t size = 0; size + 1 < whole.size(); size += 97) {
    write_file(path, std::string_view(whole).substr(0, size));
    EXPECT_THROW(
        {
          try {
            const Network network(path);
          } catch (const Error& error) {
            EXPECT_THAT(error.what(), HasSubstr("cut.onnx'")) << size;
            throw;
          }
        },
        Error)
        << size;
  }
  std::filesystem::remove(path);
}

TEST(Network, what_the_runtime_lacks_is_named) {
  expect_error(ErrorCode::unsupported, AllOf(HasSubstr("unknown_operator.onnx'"), HasSubstr("Frobnicate")),
               [] { const Network network(data("unknown_operator.onnx")); });
  expect_error(ErrorCode::unsupported, AllOf(HasSubstr("future.onnx'"), HasSubstr("9999")),
               [] { const Network network(data("future.onnx")); });
  expect_error(ErrorCode::not_found, HasSubstr("there is no network 'absent.onnx'"),
               [] { const Network network("absent.onnx"); });
  expect_error(ErrorCode::unsupported, HasSubstr("none of .onnx, .tflite, .pb, .xml"),
               [] { const Network network(data("answers.json")); });
  expect_error(ErrorCode::unsupported, HasSubstr("saved_model.pb"), [] { const Network network(data("")); });
}

}  // namespace
}  // namespace medley::encode::test
