#pragma once

#include <filesystem>
#include <string>

namespace medley {

/// The path of a file or folder under tests/ in the checkout that this program was built from.
std::filesystem::path test_data(const std::string& name);

}  // namespace medley
