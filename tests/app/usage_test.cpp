#include "apps/medley/usage.h"

#include "medley/core/error.h"

#include <gtest/gtest.h>

using namespace medley;

namespace {

ErrorCode code_of(const char* specs) {
  try {
    app::check_specs(specs, engine::builtin_plugins());
  } catch (const Error& error) {
    return error.code();
  }
  return ErrorCode::internal;
}

}  // namespace

TEST(CheckSpecs, a_spec_that_cannot_be_made_is_a_usage_error) {
  for (const char* specs :
       {"eaze", "ease(lambda=)", "ease(lambda=-1)", "ease(lamda=1)", "ease,,random", ""}) {
    EXPECT_EQ(code_of(specs), ErrorCode::usage) << specs;
  }
}

TEST(CheckSpecs, good_specs_pass) {
  EXPECT_EQ(code_of("ease(lambda=[50,100]), graph_filter(a=.5, b=.2, c=1+1+.5), "
                    "content_ridge(features=genres+text/lsa)"),
            ErrorCode::internal);
}
