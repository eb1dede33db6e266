#include "apps/medley/session.h"

#include "medley/core/error.h"

#include <nlohmann/json.hpp>

#include <cerrno>
#include <cstdio>
#include <cstring>

namespace medley::app {

void Session::print(std::string_view text) const {
  if (std::fwrite(text.data(), 1, text.size(), stdout) != text.size() || std::fflush(stdout) != 0) {
    fail(ErrorCode::io, "cannot write to the standard output: {}", std::strerror(errno));
  }
}

void Session::print_json(const nlohmann::ordered_json& object) const {
  // Ids and titles may hold any bytes that were read; the library replaces what is not UTF-8 instead of
  // throwing.
  print(object.dump(2, ' ', false, nlohmann::json::error_handler_t::replace) + "\n");
}

}  // namespace medley::app
