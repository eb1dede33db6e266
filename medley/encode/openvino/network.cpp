#include "medley/encode/network.h"

#include "medley/core/error.h"
#include "medley/core/params.h"
#include "medley/encode/openvino/runtime.h"
#include "medley/encode/openvino/sanitized.h"

#include <fmt/ranges.h>
#include <openvino/core/preprocess/pre_post_process.hpp>

#include <algorithm>
#include <set>
#include <string_view>
#include <type_traits>
#include <utility>

namespace medley::encode {
namespace {

std::string name_of(const ov::Output<const ov::Node>& port) {
  const auto& names = port.get_names();
  // Of several names the first in order, so that it is the same in every run.
  return names.empty() ? port.get_node()->get_friendly_name() : *std::min_element(names.begin(), names.end());
}

Port port_of(const ov::Output<const ov::Node>& port) {
  return {name_of(port), port.get_element_type().get_type_name(), lengths_of(port.get_partial_shape())};
}

/// The tensor called `name`, an output of the network or one inside it.
ov::Output<ov::Node> find_output(const ov::Model& model, const std::string& name, const std::string& file) {
  if (name.empty()) {
    require(!model.outputs().empty(), "'{}' has no output", file);
    return model.output(0).get_node()->input_value(0);
  }
  std::vector<std::string> known;
  for (const auto& result : model.outputs()) {
    if (result.get_names().count(name) != 0) return result.get_node()->input_value(0);
    known.insert(known.end(), result.get_names().begin(), result.get_names().end());
  }
  for (const auto& node : model.get_ops()) {
    for (const auto& tensor : node->outputs())
      if (tensor.get_names().count(name) != 0) return tensor;
  }
  std::sort(known.begin(), known.end());
  const auto near = nearest_name(name, known);
  fail(ErrorCode::invalid_argument, "'{}' has no output '{}'; {}", file, name,
       near.empty() ? fmt::format("it has: {}", fmt::join(known, ", ")) : "did you mean '" + near + "'?");
}

/// The part of the model that `output` is made of, with the inputs that it needs.
std::shared_ptr<ov::Model> only(const std::shared_ptr<ov::Model>& model, const ov::Output<ov::Node>& output) {
  std::set<const ov::Node*> needed;
  std::vector<const ov::Node*> open{output.get_node()};
  while (!open.empty()) {
    const auto* node = open.back();
    open.pop_back();
    if (!needed.insert(node).second) continue;
    for (std::size_t i = 0; i < node->get_input_size(); ++i) open.push_back(node->get_input_node_ptr(i));
  }
  ov::ParameterVector parameters;
  for (const auto& parameter : model->get_parameters())
    if (needed.count(parameter.get()) != 0) parameters.push_back(parameter);
  return std::make_shared<ov::Model>(ov::OutputVector{output}, model->get_sinks(), parameters,
                                     model->get_variables(), model->get_friendly_name());
}

/// Rows of the table that one of `uses` looks up by them, 0 where none does.
std::int64_t table_rows(const std::set<ov::Input<ov::Node>>& uses) {
  for (const auto& use : uses) {
    const auto* node = use.get_node();
    const std::string_view type = node->get_type_name();
    if (type == "Convert") {
      if (const auto rows = table_rows(node->output(0).get_target_inputs())) return rows;
    }
    if (type != "Gather" || use.get_index() != 1) continue;
    const auto& table = node->get_input_partial_shape(0);
    if (table.rank().is_static() && table.size() == 2 && table[0].is_static()) return table[0].get_length();
  }
  return 0;
}

/// Floating inputs are fed as float, whole ones as int64, pictures as bytes; the output is float.
std::shared_ptr<ov::Model> wired(const std::shared_ptr<ov::Model>& model,
                                 const std::optional<PictureInput>& pictures) {
  ov::preprocess::PrePostProcessor wiring(model);
  for (std::size_t i = 0; i < model->inputs().size(); ++i) {
    auto& input = wiring.input(i);
    if (pictures) {
      input.tensor().set_element_type(ov::element::u8).set_layout("NHWC").set_spatial_dynamic_shape();
      input.model().set_layout(pictures->channels_first ? "NCHW" : "NHWC");
      input.preprocess()
          .convert_element_type(ov::element::f32)
          .mean({pictures->mean.begin(), pictures->mean.end()})
          .scale({pictures->deviation.begin(), pictures->deviation.end()});
    } else {
      const auto type = model->input(i).get_element_type();
      input.tensor().set_element_type(type.is_real() ? ov::element::f32 : ov::element::i64);
    }
  }
  wiring.output().tensor().set_element_type(ov::element::f32);
  return wiring.build();
}

std::size_t elements(const std::vector<std::int64_t>& shape) {
  std::size_t out = 1;
  for (const auto length : shape) out *= static_cast<std::size_t>(length);
  return out;
}

/// A view of the caller's numbers; the runtime only reads its inputs.
ov::Tensor tensor_of(const Input& input) {
  const ov::Shape shape(input.shape.begin(), input.shape.end());
  return std::visit(
      [&](auto values) {
        using Value = std::remove_const_t<typename decltype(values)::element_type>;
        require(values.size() == elements(input.shape), "input '{}': {} values for a shape of {}", input.name,
                values.size(), elements(input.shape));
        return ov::Tensor(ov::element::from<Value>(), shape, const_cast<Value*>(values.data()));
      },
      input.values);
}

}  // namespace

bool available() {
  return true;
}

struct Network::Impl {
  std::string file;
  std::optional<PictureInput> pictures;
  std::vector<Port> inputs;
  std::vector<std::int64_t> vocabularies;  ///< parallel to `inputs`
  Port output;
  ov::Core core;
  std::shared_ptr<ov::Model> model;
  Precision precision;
  std::once_flag once;
  Requests requests;

  Impl(const std::filesystem::path& path, const NetworkOptions& options);
  std::size_t index_of(const std::string& input) const;
  void check(std::span<const Input> given) const;
  void check_shape(const Port& port, const Input& given) const;
  void compile(int threads);
};

Network::Impl::Impl(const std::filesystem::path& path, const NetworkOptions& options)
    : file(path.string()), pictures(options.pictures), precision(options.precision) {
  model = read_model(core, path);
  const auto output_tensor = find_output(*model, options.output, file);
  try {
    model = only(model, output_tensor);
    for (const auto& input : std::as_const(*model).inputs()) {
      inputs.push_back(port_of(input));
      vocabularies.push_back(table_rows(model->input(inputs.size() - 1).get_target_inputs()));
    }
    require(!inputs.empty(), "'{}': its output '{}' depends on no input", file, options.output);
    output = port_of(std::as_const(*model).output(0));
    require(!options.pictures || inputs.size() == 1, "'{}' has {} inputs; one for pictures has one", file,
            inputs.size());
    model = wired(model, options.pictures);
  } catch (const Error&) {
    throw;
  } catch (const std::exception& fault) {
    fail(ErrorCode::unsupported, "'{}' cannot be prepared: {}", file, reason_of(fault));
  }
}

void Network::Impl::compile(int threads) {
  std::call_once(once, [&] {
    try {
      requests.compile(core, model, compile_options(threads, precision));
      model.reset();  // the compiled network has its own copy of the weights
    } catch (const std::exception& fault) {
      fail(ErrorCode::unsupported, "'{}' cannot be prepared: {}", file, reason_of(fault));
    }
  });
}

std::size_t Network::Impl::index_of(const std::string& input) const {
  for (std::size_t i = 0; i < inputs.size(); ++i)
    if (inputs[i].name == input) return i;
  std::vector<std::string> names;
  for (const auto& one : inputs) names.push_back(one.name);
  fail(ErrorCode::invalid_argument, "'{}' has no input '{}'; it takes: {}", file, input,
       fmt::join(names, ", "));
}

// The runtime itself lets some shapes pass that do not fit, and reads past them.
void Network::Impl::check_shape(const Port& port, const Input& given) const {
  auto wanted = port.shape;
  if (pictures && pictures->channels_first && wanted.size() == 4)
    wanted = {wanted[0], wanted[2], wanted[3], wanted[1]};
  bool fits = wanted.empty() || wanted.size() == given.shape.size();
  for (std::size_t d = 0; fits && d < wanted.size(); ++d) fits = wanted[d] < 0 || wanted[d] == given.shape[d];
  require(fits, "'{}' takes '{}' as [{}], got [{}]", file, port.name, fmt::join(wanted, " x "),
          fmt::join(given.shape, " x "));
}

void Network::Impl::check(std::span<const Input> given) const {
  for (const auto& port : inputs) {
    const auto found = std::ranges::find(given, port.name, &Input::name);
    require(found != given.end(), "'{}' takes an input '{}', which is not given", file, port.name);
    const auto times = std::ranges::count(given, port.name, &Input::name);
    require(times == 1, "'{}' takes an input '{}' once, got it {} times", file, port.name, times);
    check_shape(port, *found);
  }
}

Network::Network(const std::filesystem::path& path, const NetworkOptions& options) {
  const LoadingLibraries loading;
  impl_ = std::make_unique<Impl>(path, options);
}
Network::~Network() = default;
Network::Network(Network&&) noexcept = default;
Network& Network::operator=(Network&&) noexcept = default;

const std::vector<Port>& Network::inputs() const {
  return impl_->inputs;
}
const Port& Network::output() const {
  return impl_->output;
}

std::int64_t Network::vocabulary(const std::string& input) const {
  return impl_->vocabularies[impl_->index_of(input)];
}

void Network::compile(int threads) const {
  impl_->compile(threads);
}

Output Network::run(std::span<const Input> inputs) const {
  impl_->check(inputs);
  impl_->compile(1);
  Output out;
  const auto use = [&](ov::InferRequest& request) {
    for (const auto& input : inputs) request.set_input_tensor(impl_->index_of(input.name), tensor_of(input));
    request.infer();
    const auto result = request.get_output_tensor();
    // Once: each call may move what the one before gave.
    const auto& shape = result.get_shape();
    out.shape.assign(shape.begin(), shape.end());
    out.values.assign(result.data<float>(), result.data<float>() + result.get_size());
  };
  try {
    impl_->requests.with(use);
  } catch (const Error&) {
    throw;
  } catch (const std::exception& fault) {
    std::vector<std::string> given;
    for (const auto& input : inputs)
      given.push_back(fmt::format("{} [{}]", input.name, fmt::join(input.shape, " x ")));
    fail(ErrorCode::invalid_argument, "'{}' refuses {}: {}", impl_->file, fmt::join(given, ", "),
         reason_of(fault));
  }
  return out;
}

}  // namespace medley::encode
