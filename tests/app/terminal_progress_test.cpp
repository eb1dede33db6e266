#include "apps/medley/terminal_progress.h"

#include <gtest/gtest.h>

using namespace medley::app;

TEST(ProgressLine, shows_share_count_and_time_within_the_width) {
  const auto line = progress_line("extract color", 120, 240, 63.0, 60);
  EXPECT_NE(line.find("50 %"), std::string::npos) << line;
  EXPECT_NE(line.find("120/240"), std::string::npos) << line;
  EXPECT_NE(line.find("01:03"), std::string::npos) << line;
  EXPECT_LE(line.size(), 60u);
}

TEST(ProgressLine, of_unknown_length_shows_the_count_only) {
  EXPECT_EQ(progress_line("import", 1000, 0, 2.0, 80), "import  1000  00:02");
}
