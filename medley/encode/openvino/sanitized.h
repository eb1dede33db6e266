#pragma once

// GCC says so by a macro, clang by a feature.
#if defined(__SANITIZE_ADDRESS__)
#define MEDLEY_ADDRESS_SANITIZER 1
#elif defined(__has_feature)
#if __has_feature(address_sanitizer)
#define MEDLEY_ADDRESS_SANITIZER 1
#endif
#endif

#ifdef MEDLEY_ADDRESS_SANITIZER
#include <sanitizer/lsan_interface.h>

#include <cstdlib>
#endif

namespace medley::encode {

/// Stands around calls that load libraries of the runtime. Under AddressSanitizer, what they allocate and
/// leave behind is not counted as ours, and TBB, which they bring, is told to load its own without
/// RTLD_DEEPBIND, which would end the program. Otherwise it does nothing.
class LoadingLibraries {
 public:
#ifdef MEDLEY_ADDRESS_SANITIZER
  LoadingLibraries() {
    ::setenv("TBB_ENABLE_SANITIZERS", "1", 0);
    __lsan_disable();
  }
  ~LoadingLibraries() { __lsan_enable(); }
#else
  LoadingLibraries() {
  }  // NOLINT(modernize-use-equals-default): a user-provided one keeps the object from being unused
  ~LoadingLibraries() {}  // NOLINT(modernize-use-equals-default)
#endif
  LoadingLibraries(const LoadingLibraries&) = delete;
  LoadingLibraries& operator=(const LoadingLibraries&) = delete;
};

}  // namespace medley::encode
