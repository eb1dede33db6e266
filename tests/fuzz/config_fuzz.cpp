// medley.toml: either an error of ours that names the file, or a configuration whose features are named.
#include "medley/core/error.h"
#include "medley/engine/config.h"

#include <cmath>
#include <cstdint>
#include <cstdlib>
#include <string_view>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  try {
    const auto config =
        medley::engine::parse_config({reinterpret_cast<const char*>(data), size}, "medley.toml");
    for (const auto& feature : config.features) {
      if (feature.name.empty() || feature.extractor.empty() == feature.file.empty()) std::abort();
    }
    if (config.threads < 0 || config.max_pixels < 1) std::abort();
    if (config.min_value && !std::isfinite(*config.min_value)) std::abort();
    for (const auto& [kind, weight] : config.weights)
      if (!std::isfinite(weight)) std::abort();
  } catch (const medley::Error& error) {
    if (std::string_view(error.what()).find("medley.toml") == std::string_view::npos) std::abort();
  }
  return 0;
}
