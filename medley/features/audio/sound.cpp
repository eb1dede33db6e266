#include "medley/features/audio/sound.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

namespace medley::features {
namespace {

/// -80 dB below full scale: 10^(-80 / 20).
constexpr float kSilence = 1e-4f;
/// A float file may exceed full scale; a thousand million times, 180 dB, is damage, and its powers would not
/// be finite.
constexpr float kLoudest = 1e9f;
/// Half a gigabyte: 50 minutes by the default parameters.
constexpr std::int64_t kMostSpectrumBytes = std::int64_t{1} << 29;

/// Why these samples describe nothing; empty where they do.
std::string fault_of(std::span<const float> samples) {
  if (samples.empty()) return "the sound has no samples";
  const auto bad =
      std::find_if(samples.begin(), samples.end(), [](float x) { return !(std::abs(x) <= kLoudest); });
  if (bad != samples.end())
    return fmt::format("sample {} is {}, and full scale is 1", bad - samples.begin(), *bad);
  const bool silent =
      std::all_of(samples.begin(), samples.end(), [](float x) { return std::abs(x) < kSilence; });
  return silent ? "silent: under -80 dBFS throughout" : "";
}

/// Why the spectra are not made; empty where they are.
std::string too_long(std::size_t samples, const StftParams& params) {
  const auto frames = 1 + static_cast<std::int64_t>(samples) / params.hop;
  const auto bytes = frames * (params.n_fft / 2 + 1) * static_cast<std::int64_t>(sizeof(float));
  if (bytes <= kMostSpectrumBytes) return "";
  return fmt::format("its spectra would take {} MB, more than {}; a larger hop or a shorter sound takes less",
                     bytes >> 20, kMostSpectrumBytes >> 20);
}

}  // namespace

Sound Sound::of(std::vector<float> samples, int rate) {
  // Asked for once at most, so that the samples can be given away.
  return Sound([samples = std::move(samples), rate](int asked) mutable {
    if (asked == rate) return Decoded{std::move(samples), {}};
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
  if (!given.empty()) reason_ = too_long(given.size(), params);
  if (found != stfts_.end()) return *found;
  return stfts_.emplace_back(reason_.empty() ? given : std::span<const float>(), params);
}

}  // namespace medley::features
