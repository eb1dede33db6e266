#pragma once

#include "medley/encode/network.h"

#include <openvino/openvino.hpp>

#include <exception>
#include <filesystem>
#include <functional>
#include <memory>
#include <mutex>
#include <string>
#include <vector>

namespace medley::encode {

/// What a fault of the runtime says, without its source files and checks; on one line.
std::string reason_of(const std::exception& fault);

/// Reads a model by the format that its name tells. `core` has the extensions that it needs. Throws as
/// `Network` does.
std::shared_ptr<ov::Model> read_model(ov::Core& core, const std::filesystem::path& path);

std::vector<std::int64_t> lengths_of(const ov::PartialShape& shape);

/// A compiled model and a request for each call that runs at the same time.
class Requests {
 public:
  void compile(ov::Core& core, const std::shared_ptr<ov::Model>& model, const ov::AnyMap& options);

  /// Runs `use` with a request that nobody else has. Thread-safe.
  void with(const std::function<void(ov::InferRequest&)>& use);

 private:
  ov::CompiledModel compiled_;
  std::mutex mutex_;
  std::vector<ov::InferRequest> idle_;
};

/// How a model of this project is compiled: on the processor, in `precision`, on `threads` threads that are
/// not bound to cores (the callers' own threads work beside them).
ov::AnyMap compile_options(int threads, Precision precision);

}  // namespace medley::encode
