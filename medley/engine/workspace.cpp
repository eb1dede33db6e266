#include "medley/engine/workspace.h"

#include "medley/core/error.h"
#include "medley/core/file.h"

#include <algorithm>
#include <cctype>
#include <system_error>

namespace medley::engine {
namespace {

Config config_in(const std::filesystem::path& folder) {
  std::error_code error;
  if (!std::filesystem::exists(folder / "medley.toml", error)) {
    fail(ErrorCode::not_found, "'{}' is not a workspace: it has no medley.toml; `medley init` writes one",
         folder.string());
  }
  return read_config(folder / "medley.toml");
}

}  // namespace

Workspace::Workspace(std::filesystem::path folder)
    : folder_(std::move(folder)), config_(config_in(folder_)) {}

void Workspace::create(const std::filesystem::path& folder) {
  make_folder(folder);
  const auto path = folder / "medley.toml";
  require(!std::filesystem::exists(path), "'{}' is there already; it was left as it is", path.string());
  write_file(path, config_template());
}

void Workspace::make_folder(const std::filesystem::path& folder) {
  std::error_code error;
  std::filesystem::create_directories(folder, error);
  if (error) fail(ErrorCode::io, "cannot make the folder '{}': {}", folder.string(), error.message());
}

bool Workspace::owns(const std::filesystem::path& path) const {
  const auto place = [](const std::filesystem::path& of) {
    return std::filesystem::weakly_canonical(std::filesystem::absolute(of));
  };
  for (const auto& folder : {features(), cache(), runs(), models()}) {
    const auto relative = place(path).lexically_relative(place(folder));
    if (!relative.empty() && *relative.begin() != "..") return true;
  }
  return false;
}

std::filesystem::path Workspace::model(const std::string& name) const {
  const bool good = !name.empty() && std::all_of(name.begin(), name.end(), [](unsigned char c) {
    return std::isalnum(c) != 0 || c == '_' || c == '-';
  });
  require(good, "a model's name may hold letters, digits, '_' and '-', got '{}'", name);
  return models() / (name + ".medley");
}

}  // namespace medley::engine
