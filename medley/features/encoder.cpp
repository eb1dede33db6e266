#include "medley/features/encoder.h"

#include "medley/core/error.h"

#include <algorithm>
#include <cmath>
#include <filesystem>
#include <utility>

namespace medley::features {
namespace {

encode::Precision precision_of(const std::string& name) {
  if (name == "bf16") return encode::Precision::bf16;
  return name == "any" ? encode::Precision::any : encode::Precision::f32;
}

}  // namespace

void EncoderParams::fields(FieldVisitor& v) {
  v.file("network", network, "an .onnx, .tflite, .pb or .xml file, or the folder of a SavedModel");
  v.field("output", output, {}, "name of a tensor in the network; empty: its first output");
  v.field("pooling", pooling, {"auto", "cls", "mean", "none"},
          "of tokens, places or moments; auto: their mean, or none where the network gives a row an item");
  v.field("l2", l2, "each row to length 1");
  v.field("batch", batch, {1, 1024}, "items that the network is given at once");
  v.field("threads", threads, {0, 1024}, "of the network; 0 = as many as the program has");
  v.field("precision", precision, {"f32", "bf16", "any"},
          "of the arithmetic; all but f32 may be 2e-3 from what the network's makers measured");
}

Encoder::Encoder(EncoderParams params, std::optional<encode::PictureInput> pictures)
    : params_(std::move(params)),
      pictures_(pictures),
      pooling_(encode::pooling_of(params_.pooling)),
      channels_(!pictures || pictures->channels_first ? encode::Channels::first : encode::Channels::last) {
  require(!params_.network.empty(), "network names no file: network = 'clip.onnx'");
  require(encode::available(), "this build has no OpenVINO (MEDLEY_ENCODE=OFF), which runs '{}'",
          params_.network);
  if (!std::filesystem::exists(params_.network))
    fail(ErrorCode::not_found, "there is no network '{}'", params_.network);
}

const encode::Network& Encoder::network() const {
  std::call_once(once_, [&] {
    encode::NetworkOptions options;
    options.precision = precision_of(params_.precision);
    options.output = params_.output;
    options.pictures = pictures_;
    network_ = std::make_unique<encode::Network>(params_.network, options);
  });
  return *network_;
}

int Encoder::batch() const {
  const auto& shape = network().inputs().front().shape;
  return shape.empty() || shape.front() < 1 ? params_.batch : static_cast<int>(shape.front());
}

std::int64_t Encoder::batch_rows(std::size_t items) const {
  const auto& shape = network().inputs().front().shape;
  return shape.empty() || shape.front() < 1 ? static_cast<std::int64_t>(items) : shape.front();
}

int Encoder::dim() const {
  const auto& output = network().output();  // outside: what is wrong with the file names it
  try {
    return static_cast<int>(encode::pooled_length(output, pooling_, channels_));
  } catch (const Error& error) {
    fail(error.code(), "'{}': {}", params_.network, error.what());
  }
}

math::Matrix Encoder::rows(std::span<const encode::Input> inputs, std::span<const std::int64_t> lengths,
                           const Services& services) const {
  network().compile(params_.threads > 0 ? params_.threads : services.pool.size());
  auto out = encode::pooled(network().run(inputs), pooling_, channels_, lengths);
  const auto items = inputs.front().shape.size() > 1 ? inputs.front().shape.front() : 1;
  require(out.rows() == items, "'{}' gives {} rows for {} items", params_.network, out.rows(), items);
  return out;
}

bool Encoder::take(std::span<const float> row, std::span<float> out, std::string& note) const {
  if (!std::all_of(row.begin(), row.end(), [](float value) { return std::isfinite(value); })) {
    note = "a value is not finite";
    return false;
  }
  std::copy(row.begin(), row.end(), out.begin());
  if (params_.l2) encode::to_unit_rows({out.data(), 1, static_cast<math::Index>(out.size())});
  return true;
}

}  // namespace medley::features
