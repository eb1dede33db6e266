#include "medley/encode/openvino/runtime.h"

#include <gtest/gtest.h>

#include <stdexcept>

namespace medley::encode {
namespace {

TEST(ReasonOf, leaves_out_where_in_the_runtime_a_fault_was_seen) {
  EXPECT_EQ(reason_of(std::runtime_error("Exception from src/core.cpp:84:\nCheck 'x' failed at src/a.cpp:1:\n"
                                         "FrontEnd API failed with GeneralFailure:\nno such operator: Foo\n\n"
                                         "in graph g\n")),
            "no such operator: Foo; in graph g");
}

TEST(ReasonOf, keeps_everything_where_nothing_else_is_said_and_cuts_what_is_endless) {
  EXPECT_EQ(reason_of(std::runtime_error("Check 'x' failed at src/a.cpp:1:\n")),
            "Check 'x' failed at src/a.cpp:1:");
  EXPECT_EQ(reason_of(std::runtime_error(std::string(5000, 'x'))), std::string(400, 'x') + "...");
}

TEST(LengthsOf, a_dynamic_length_is_minus_one_and_an_unknown_rank_has_none) {
  EXPECT_EQ(lengths_of(ov::PartialShape{2, -1, 4}), (std::vector<std::int64_t>{2, -1, 4}));
  EXPECT_TRUE(lengths_of(ov::PartialShape::dynamic()).empty());
}

}  // namespace
}  // namespace medley::encode
