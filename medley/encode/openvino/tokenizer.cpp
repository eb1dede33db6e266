#include "medley/encode/tokenizer.h"

#include "medley/core/error.h"
#include "medley/core/utf8.h"
#include "medley/encode/openvino/runtime.h"
#include "medley/encode/openvino/sanitized.h"

#include <dlfcn.h>
#include <openvino/op/constant.hpp>

#include <algorithm>
#include <string_view>

namespace medley::encode {
namespace {

// A text is read this far: four bytes a character and more characters a token than any language has leave
// room for the longest sequences that networks take, and one field of a megabyte costs no second.
constexpr std::size_t kMaxTextBytes = std::size_t{1} << 16;
// The input of the extension's Truncate that says how many tokens stay, after values by begins, ends, data.
constexpr std::size_t kTruncateLength = 3;

/// The library beside the runtime's own.
std::string extension_path() {
  Dl_info runtime{};
  if (dladdr(reinterpret_cast<const void*>(&ov::get_openvino_version), &runtime) == 0)
    fail(ErrorCode::internal, "the folder of the runtime is unknown");
  return std::filesystem::path(runtime.dli_fname).replace_filename("libopenvino_tokenizers.so").string();
}

/// The first kMaxTextBytes of `text` as UTF-8, cut between characters; each byte that is none of it becomes
/// U+FFFD.
std::string readable(std::string_view text) {
  constexpr std::string_view kReplacement = "\xEF\xBF\xBD";
  auto cut = std::min(text.size(), kMaxTextBytes);
  if (cut < text.size())
    for (int step = 0; step < 3 && (static_cast<unsigned char>(text[cut]) & 0xC0U) == 0x80U; ++step) --cut;
  text = text.substr(0, cut);
  std::string out;
  for (;;) {
    const auto bad = first_invalid_utf8(text);
    out += text.substr(0, bad);
    if (bad == std::string_view::npos) return out;
    out += kReplacement;
    text.remove_prefix(bad + 1);
  }
}

}  // namespace

const Tokens::Column* Tokens::find(const std::string& input) const {
  const auto found =
      std::find_if(columns.begin(), columns.end(), [&](const Column& one) { return one.input == input; });
  return found == columns.end() ? nullptr : &*found;
}

struct Tokenizer::Impl {
  std::string file;
  int special = 0;
  ov::Core core;
  mutable Requests requests;

  Impl(const std::filesystem::path& path, int max_tokens, int threads);
  Tokens run(std::span<const std::string> texts) const;
  void limit(const std::shared_ptr<ov::Model>& model, int tokens) const;
};

Tokenizer::Impl::Impl(const std::filesystem::path& path, int max_tokens, int threads) : file(path.string()) {
  require(std::filesystem::is_directory(path) || path.extension() == ".xml",
          "'{}' is no tokenizer; tools/tokenizer.py makes a .xml of a tokenizer.json", file);
  try {
    core.add_extension(extension_path());
  } catch (const std::exception& fault) {
    fail(ErrorCode::unsupported, "the tokenizers of OpenVINO cannot be loaded: {}", reason_of(fault));
  }
  auto model = read_model(core, path);
  try {
    require(model->inputs().size() == 1 && model->input(0).get_element_type() == ov::element::string,
            "'{}' is no tokenizer: it does not take texts", file);
    const auto options = compile_options(threads, Precision::any);
    requests.compile(core, model, options);
    // The special tokens, which are not cut, are what an empty text has.
    const std::string empty;
    special = static_cast<int>(run(std::span(&empty, 1)).lengths.front());
    require(special < max_tokens, "'{}' gives {} tokens to an empty text, which leaves none of {}", file,
            special, max_tokens);
    // Read again: a compiled model cannot be changed and compiled once more.
    model = read_model(core, path);
    limit(model, max_tokens - special);
    requests.compile(core, model, options);
  } catch (const Error&) {
    throw;
  } catch (const std::exception& fault) {
    fail(ErrorCode::corrupt_data, "'{}' cannot be prepared: {}", file, reason_of(fault));
  }
}

void Tokenizer::Impl::limit(const std::shared_ptr<ov::Model>& model, int tokens) const {
  bool found = false;
  for (const auto& node : model->get_ops()) {
    if (std::string_view(node->get_type_name()) != "Truncate") continue;
    const auto type = node->get_input_element_type(kTruncateLength);
    const auto length = ov::op::v0::Constant::create(type, ov::Shape{}, {tokens});
    // A choice between cutting and not, by a state of the model, stays in place and has one answer.
    auto* chosen = node->get_input_node_ptr(kTruncateLength);
    if (std::string_view(chosen->get_type_name()) == "Select") {
      chosen->input(1).replace_source_output(length);
      chosen->input(2).replace_source_output(length);
    } else {
      node->input(kTruncateLength).replace_source_output(length);
    }
    found = true;
  }
  require(found, "'{}' does not cut long texts; make it again by tools/tokenizer.py", file);
}

Tokens Tokenizer::Impl::run(std::span<const std::string> texts) const {
  ov::Tensor input(ov::element::string, {texts.size()});
  std::transform(texts.begin(), texts.end(), input.data<std::string>(), readable);
  Tokens out;
  requests.with([&](ov::InferRequest& request) {
    request.set_input_tensor(input);
    request.infer();
    const auto& outputs = request.get_compiled_model().outputs();
    for (std::size_t i = 0; i < outputs.size(); ++i) {
      const auto tensor = request.get_output_tensor(i);
      const auto& shape = tensor.get_shape();
      require(shape.size() == 2 && tensor.get_element_type() == ov::element::i64,
              "'{}' is no tokenizer: '{}' is no rows of whole numbers", file, outputs[i].get_any_name());
      out.width = static_cast<std::int64_t>(shape[1]);
      const auto* values = tensor.data<std::int64_t>();
      out.columns.push_back({outputs[i].get_any_name(), {values, values + tensor.get_size()}});
    }
  });
  const auto* mask = out.find("attention_mask");
  require(mask != nullptr && out.find("input_ids") != nullptr,
          "'{}' is no tokenizer: it gives no input_ids with an attention_mask", file);
  for (std::size_t i = 0; i < texts.size(); ++i) {
    const auto row = mask->values.begin() + static_cast<std::ptrdiff_t>(i) * out.width;
    out.lengths.push_back(std::count(row, row + out.width, 1));
  }
  return out;
}

Tokenizer::Tokenizer(const std::filesystem::path& path, int max_tokens, int threads) {
  const LoadingLibraries loading;
  impl_ = std::make_unique<Impl>(path, max_tokens, threads);
}
Tokenizer::~Tokenizer() = default;
Tokenizer::Tokenizer(Tokenizer&&) noexcept = default;
Tokenizer& Tokenizer::operator=(Tokenizer&&) noexcept = default;

int Tokenizer::special() const {
  return impl_->special;
}

Tokens Tokenizer::encode(std::span<const std::string> texts) const {
  if (texts.empty()) return {};
  try {
    return impl_->run(texts);
  } catch (const Error&) {
    throw;
  } catch (const std::exception& fault) {
    fail(ErrorCode::corrupt_data, "'{}': {}", impl_->file, reason_of(fault));
  }
}

}  // namespace medley::encode
