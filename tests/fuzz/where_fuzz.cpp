// --where as typed: either an error of ours that says where, or a condition that holds for items or does not.
#include "medley/core/error.h"
#include "medley/engine/where.h"

#include <cstdint>
#include <cstdlib>
#include <limits>
#include <string_view>

namespace {

medley::data::Dataset small_catalog() {
  medley::data::Dataset out;
  for (const auto* id : {"a", "b"}) out.items.add(id);
  out.catalog.texts = {{"t", {"one", ""}}};
  out.catalog.categories = {{"c", {{"x", "y"}, {}}}};
  out.catalog.numbers = {{"n", {1.5, std::numeric_limits<double>::quiet_NaN()}}};
  out.catalog.resize(2);
  return out;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  static const auto dataset = small_catalog();
  try {
    const auto where = medley::engine::Where::parse({reinterpret_cast<const char*>(data), size});
    const auto matches = where.matches(dataset);
    if (matches.size() != 2 || matches[0] > 1 || matches[1] > 1) std::abort();
  } catch (const medley::Error& error) {
    if (std::string_view(error.what()).rfind("where: ", 0) != 0) std::abort();
  }
  return 0;
}
