// Specs as typed: either an error of ours, or a spec whose text reads back as itself.
#include "medley/core/error.h"
#include "medley/core/spec.h"

#include <cstdint>
#include <cstdlib>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  try {
    for (const auto& spec : medley::parse_specs({reinterpret_cast<const char*>(data), size})) {
      const auto again = medley::parse_spec(spec.text);
      if (again.name != spec.name || again.values != spec.values) std::abort();
    }
  } catch (const medley::Error&) {
  }
  return 0;
}
