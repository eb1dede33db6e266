#include "medley/features/audio/sound.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

namespace medley::features {
namespace {

/// -80 dB below full scale: 10^(-80 / 20).
constexpr float kSilence = 1e-4f;

/// Why these samples describe nothing; empty where they do.
std::string fault_of(std::span<const float> samples) {
  if (samples.empty()) return "the sound has no samples";
  const auto bad = std::find_if(samples.begin(), samples.end(), [](float x) { return !std::isfinite(x); });
  if (bad != samples.end()) return fmt::format("sample {} is not a finite number", bad - samples.begin());
  const bool silent =
      std::all_of(samples.begin(), samples.end(), [](float x) { return std::abs(x) < kSilence; });
  return silent ? "silent: under -80 dBFS throughout" : "";
}

}  // namespace

Sound Sound::of(std::vector<float> samples, int rate) {
  return Sound([samples = std::move(samples), rate](int asked) {
    if (asked == rate) return Decoded{samples, {}};
    return Decoded{{}, fmt::format("samples at {} Hz, asked for at {} Hz", rate, asked)};
  });
}

std::span<const float> Sound::samples(int rate) const {
  auto found =
      std::find_if(at_rates_.begin(), at_rates_.end(), [&](const auto& one) { return one.rate == rate; });
  if (found == at_rates_.end()) {
    auto decoded = decode_(rate);
    if (decoded.reason.empty()) decoded.reason = fault_of(decoded.samples);
    if (!decoded.reason.empty()) decoded.samples = {};
    at_rates_.push_back({rate, std::move(decoded)});
    found = std::prev(at_rates_.end());
  }
  reason_ = found->decoded.reason;
  return found->decoded.samples;
}

const Stft& Sound::stft(const StftParams& params) const {
  const auto given = samples(params.rate);  // first, for `reason`
  const auto found =
      std::find_if(stfts_.begin(), stfts_.end(), [&](const auto& one) { return one.params() == params; });
  return found != stfts_.end() ? *found : stfts_.emplace_back(given, params);
}

}  // namespace medley::features
