#pragma once

#include "medley/core/params.h"
#include "medley/core/services.h"
#include "medley/encode/network.h"
#include "medley/encode/pooling.h"

#include <memory>
#include <mutex>
#include <optional>
#include <string>

namespace medley::features {

/// What the encoders of texts, pictures and sounds are told alike.
struct EncoderParams {
  std::string network;
  std::string output;
  std::string pooling = "auto";
  bool l2 = true;
  int batch = 32;
  int threads = 0;
  std::string precision = "f32";

  void fields(FieldVisitor& v);
};

/// A pretrained network that gives one row an item. It is opened when it is first needed: to check a section,
/// or to list it, costs nothing. Thread-safe.
class Encoder {
 public:
  /// Throws `invalid_argument` without a network, `not_found` where the file is not there, `unsupported` in a
  /// build without the runtime.
  explicit Encoder(EncoderParams params, std::optional<encode::PictureInput> pictures = {});

  const EncoderParams& params() const { return params_; }

  /// Opened, but not compiled. Throws what `Network` throws.
  const encode::Network& network() const;

  /// Length of a row.
  int dim() const;

  /// Items that the network takes at once: as many as it is told, or the number that it is made for.
  int batch() const;
  /// Rows that `items` take in a batch: all of a network made for a fixed number, the last of them empty.
  std::int64_t batch_rows(std::size_t items) const;

  /// Runs `inputs`, which hold one batch, and pools: [items x dim], of any length. `lengths` as in
  /// `encode::pooled`. Compiles the network on the first call. Throws `invalid_argument` where the network
  /// does not give a row an item.
  math::Matrix rows(std::span<const encode::Input> inputs, std::span<const std::int64_t> lengths,
                    const Services& services) const;

  /// Puts a row into `out`, of length 1 where that is asked for. False, with a note, where a value
  /// is not finite: `out` is left as it was.
  bool take(std::span<const float> row, std::span<float> out, std::string& note) const;

 private:
  EncoderParams params_;
  std::optional<encode::PictureInput> pictures_;
  encode::Pooling pooling_;
  encode::Channels channels_;
  mutable std::once_flag once_;
  mutable std::unique_ptr<encode::Network> network_;
};

}  // namespace medley::features
