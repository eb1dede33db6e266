#include "medley/encode/openvino/runtime.h"

#include "medley/core/error.h"
#include "medley/core/file.h"
#include "medley/encode/openvino/onnx_header.h"
#include "medley/encode/openvino/sanitized.h"

#include <openvino/frontend/manager.hpp>

#include <algorithm>
#include <map>
#include <sstream>

namespace medley::encode {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t kMaxReason = 400;
// The newest that ONNX 1.23 has. The runtime itself takes any number and reads the file as if it knew it.
constexpr std::int64_t kNewestOperatorSet = 28;

/// The runtime's word for the format of a file; "" for one that it does not read.
std::string format_of(const fs::path& path) {
  if (fs::is_directory(path)) return fs::exists(path / "saved_model.pb") ? "tf" : "";
  static const std::map<std::string, std::string> formats{
      {".onnx", "onnx"}, {".pb", "tf"}, {".tflite", "tflite"}, {".xml", "ir"}};
  const auto found = formats.find(path.extension().string());
  return found == formats.end() ? "" : found->second;
}

void check_onnx(const fs::path& path) {
  const MappedFile file(path);
  std::int64_t version = 0;
  try {
    version = onnx_operator_set(file.bytes());
  } catch (const Error& error) {
    fail(error.code(), "'{}' cannot be read: {}", path.string(), error.what());
  }
  if (version > kNewestOperatorSet) {
    fail(ErrorCode::unsupported, "'{}' asks for ONNX operator set {}; known are those up to {}",
         path.string(), version, kNewestOperatorSet);
  }
}

/// Where in the runtime's source a fault was seen, which helps nobody here.
bool is_place(const std::string& line) {
  for (const auto* start : {"Exception from ", "Check '", "FrontEnd API failed", "While validating node"}) {
    if (line.rfind(start, 0) == 0) return true;
  }
  return line.find_first_not_of(" \t") == std::string::npos;
}

}  // namespace

std::string reason_of(const std::exception& fault) {
  std::istringstream lines(fault.what());
  std::string out;
  std::string whole;
  for (std::string line; std::getline(lines, line);) {
    if (line.find_first_not_of(" \t") != std::string::npos) whole += (whole.empty() ? "" : "; ") + line;
    if (!is_place(line)) out += (out.empty() ? "" : "; ") + line;
  }
  if (out.empty()) out = whole;
  if (out.size() > kMaxReason) out = out.substr(0, kMaxReason) + "...";
  return out;
}

std::shared_ptr<ov::Model> read_model(ov::Core& core, const fs::path& path) {
  if (!fs::exists(path)) fail(ErrorCode::not_found, "there is no network '{}'", path.string());
  const auto format = format_of(path);
  if (format.empty()) {
    fail(ErrorCode::unsupported,
         "'{}' is none of .onnx, .tflite, .pb, .xml, or a folder with saved_model.pb in it", path.string());
  }
  if (format == "onnx") check_onnx(path);
  const LoadingLibraries loading;
  try {
    if (format == "ir") return core.read_model(path.string());
    // By the format's own reader: asked for any, the runtime tries all, and each prints what it dislikes.
    ov::frontend::FrontEndManager readers;
    const auto reader = readers.load_by_framework(format);
    const auto loaded = reader ? reader->load(path.string()) : nullptr;
    if (!loaded) fail(ErrorCode::corrupt_data, "'{}' cannot be read as {}", path.string(), format);
    return reader->convert(loaded);
  } catch (const Error&) {
    throw;
  } catch (const ov::frontend::NotImplementedFailure& fault) {
    fail(ErrorCode::unsupported, "'{}': {}", path.string(), reason_of(fault));
  } catch (const ov::frontend::OpConversionFailure& fault) {
    fail(ErrorCode::unsupported, "'{}': {}", path.string(), reason_of(fault));
  } catch (const std::exception& fault) {
    fail(ErrorCode::corrupt_data, "'{}' cannot be read: {}", path.string(), reason_of(fault));
  }
}

std::vector<std::int64_t> lengths_of(const ov::PartialShape& shape) {
  std::vector<std::int64_t> out;
  if (shape.rank().is_dynamic()) return out;
  for (const auto& length : shape) out.push_back(length.is_static() ? length.get_length() : -1);
  return out;
}

void Requests::compile(ov::Core& core, const std::shared_ptr<ov::Model>& model, const ov::AnyMap& options) {
  const LoadingLibraries loading;
  idle_.clear();
  compiled_ = core.compile_model(model, "CPU", options);
}

void Requests::with(const std::function<void(ov::InferRequest&)>& use) {
  const LoadingLibraries loading;
  ov::InferRequest request;
  {
    const std::lock_guard lock(mutex_);
    if (!idle_.empty()) {
      request = idle_.back();
      idle_.pop_back();
    }
  }
  if (!request) request = compiled_.create_infer_request();
  use(request);
  // After a fault it is not used again: what it holds is unknown.
  const std::lock_guard lock(mutex_);
  idle_.push_back(request);
}

ov::AnyMap compile_options(int threads, Precision precision) {
  ov::AnyMap out{ov::inference_num_threads(threads), ov::num_streams(1), ov::hint::enable_cpu_pinning(false)};
  if (precision == Precision::f32) out.emplace(ov::hint::inference_precision(ov::element::f32));
  if (precision == Precision::bf16) out.emplace(ov::hint::inference_precision(ov::element::bf16));
  return out;
}

}  // namespace medley::encode
