#include "medley/data/writers/writer.h"

#include "export_run.h"
#include <gmock/gmock.h>

using namespace medley;
using namespace medley::data;
using testing::ElementsAre;
using testing::HasSubstr;

TEST(WriteExport, names_its_formats_and_the_nearest_to_a_wrong_one) {
  EXPECT_THAT(export_formats(), ElementsAre("csv", "mmrec", "npy", "recbole"));
  try {
    export_needs("recbol");
    FAIL();
  } catch (const Error& error) {
    EXPECT_EQ(error.code(), ErrorCode::usage);
    EXPECT_THAT(error.what(), HasSubstr("csv, mmrec, npy, recbole"));
    EXPECT_THAT(error.what(), HasSubstr("nearest: recbole"));
  }
}

TEST(WriteExport, refuses_a_format_without_what_it_needs) {
  EXPECT_THROW(ExportRun("mmrec", LogBuilder().add("a", "x").build()), Error);
}

/// What every format must do, whatever it writes.
TEST(WriteExport, of_each_format_lists_all_its_files_with_rows_and_bytes) {
  auto data = ring_log(4, 5, 2);
  data.log.labels = {Part::train, Part::test, Part::train, Part::valid,
                     Part::train, Part::test, Part::train, Part::train};
  for (const auto& format : export_formats()) {
    const ExportRun run(format, data, {.split = true});
    std::size_t found = 0;
    for (const auto& entry : std::filesystem::directory_iterator(run.path())) {
      const auto name = entry.path().filename().string();
      if (name == ExportFolder::kList) continue;
      const auto file = std::ranges::find(run.files, name, &ExportFile::name);
      ASSERT_NE(file, run.files.end()) << format << " " << name;
      EXPECT_EQ(file->bytes, entry.file_size()) << format << " " << name;
      ++found;
    }
    EXPECT_EQ(found, run.files.size()) << format;
    EXPECT_EQ(run.report.users, 4) << format;
    EXPECT_EQ(run.report.items, 5) << format;
    EXPECT_EQ(run.report.events, 8) << format;
  }
}

TEST(WriteExport, of_each_format_stops_where_it_is_cancelled_and_leaves_no_folder) {
  const auto data = ring_log(4, 5, 2);
  const auto pairs = build_interactions(data.log, 4, 5);
  const SplitPairs split{pairs, build_interactions({}, 4, 5), build_interactions({}, 4, 5)};
  for (const auto& format : export_formats()) {
    TempFolder temp;
    QuietServices quiet(1);
    quiet.cancel().set();
    {
      ExportFolder folder(temp.path() / "out", false);
      const ExportInput input{.name = "out",
                              .dataset = data,
                              .events = ExportRun::stream(data.log),
                              .pairs = &pairs,
                              .split = &split};
      try {
        write_export(format, input, folder, quiet);
        ADD_FAILURE() << format;
      } catch (const Error& error) {
        EXPECT_EQ(error.code(), ErrorCode::interrupted) << format;
      }
    }
    EXPECT_TRUE(std::filesystem::is_empty(temp.path())) << format;
  }
}
