#include "tests/test_data.h"

namespace medley {

std::filesystem::path test_data(const std::string& name) {
  return std::filesystem::path(MEDLEY_TESTS) / name;
}

}  // namespace medley
