#pragma once

#include <fmt/core.h>

#include <stdexcept>
#include <string>
#include <string_view>
#include <utility>

namespace medley {

/// What went wrong, in terms a caller can act on. The program turns each into an exit code
/// (`usage` 2, `interrupted` 130, all others 1).
enum class ErrorCode {
  invalid_argument,
  usage,
  not_found,
  corrupt_data,
  unsupported,
  limit,
  io,
  busy,
  interrupted,
  internal
};

std::string_view to_string(ErrorCode code);

/// The only exception type that medley throws on purpose.
class Error : public std::runtime_error {
 public:
  Error(ErrorCode code, const std::string& message) : std::runtime_error(message), code_(code) {}

  ErrorCode code() const noexcept { return code_; }

 private:
  ErrorCode code_;
};

/// Throws `Error` with a formatted message.
template <class... Args>
[[noreturn]] void fail(ErrorCode code, fmt::format_string<Args...> message, Args&&... args) {
  throw Error(code, fmt::format(message, std::forward<Args>(args)...));
}

/// Rejects bad input from a caller. Check at the public boundary, once; the
/// code behind it may then rely on the condition.
template <class... Args>
void require(bool ok, fmt::format_string<Args...> message, Args&&... args) {
  if (!ok) [[unlikely]] {
    fail(ErrorCode::invalid_argument, message, std::forward<Args>(args)...);
  }
}

}  // namespace medley
