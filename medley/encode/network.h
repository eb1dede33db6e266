#pragma once

#include <array>
#include <cstdint>
#include <filesystem>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <variant>
#include <vector>

namespace medley::encode {

/// Whether this build has the runtime; without it each constructor below fails with `unsupported`.
bool available();

/// Numbers that inference is done in. `f32` gives the reference runtime's numbers; on some processors the
/// others are faster and up to 2e-3 apart; `any` leaves the choice to the runtime.
enum class Precision { f32, bf16, any };

/// A place where a network takes or gives numbers.
struct Port {
  std::string name;
  std::string type;                 ///< as the network declares it: "f32", "i64"
  std::vector<std::int64_t> shape;  ///< outermost first; -1 where any length will do
};

/// For a network fed with pictures: it then takes bytes, [pictures x height x width x 3], RGB, and the
/// runtime turns them into (value - mean) / deviation in the network's own order.
struct PictureInput {
  bool channels_first = true;
  std::array<float, 3> mean{};
  std::array<float, 3> deviation{1.0f, 1.0f, 1.0f};
};

struct NetworkOptions {
  Precision precision = Precision::f32;
  std::string output;  ///< of any tensor in the network; "": the first output
  std::optional<PictureInput> pictures;
};

/// What one input is fed with: row-major numbers that the caller owns, outermost dimension first.
struct Input {
  std::string name;
  std::vector<std::int64_t> shape;
  std::variant<std::span<const float>, std::span<const std::int64_t>, std::span<const std::uint8_t>> values;
};

struct Output {
  std::vector<std::int64_t> shape;
  std::vector<float> values;  ///< row-major
};

/// A pretrained network from a file: ONNX (.onnx), TensorFlow (a SavedModel folder, or .pb), TensorFlow Lite
/// (.tflite) or OpenVINO's own (.xml beside its .bin). Floating inputs are fed as float, whole ones as int64.
class Network {
 public:
  /// Throws `not_found`, `unsupported` for a format, version or operator that the runtime lacks, and
  /// `corrupt_data`, each naming the file. Nothing is printed.
  explicit Network(const std::filesystem::path& path, const NetworkOptions& options = {});
  ~Network();
  Network(Network&&) noexcept;
  Network& operator=(Network&&) noexcept;

  const std::vector<Port>& inputs() const;
  const Port& output() const;

  /// How many ids the input can index, where its first use is to look rows up in a table; 0 where unknown.
  /// The runtime itself answers an id beyond the table without an error.
  std::int64_t vocabulary(const std::string& input) const;

  /// Makes the network ready to run on `threads` threads: of an open network this takes the most time. Later
  /// calls do nothing. Thread-safe. Throws `unsupported` as the constructor does.
  void compile(int threads) const;

  /// Every input once, by name. Compiles on one thread where nobody did. Thread-safe. Throws
  /// `invalid_argument` for names and shapes that do not fit.
  Output run(std::span<const Input> inputs) const;

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace medley::encode
