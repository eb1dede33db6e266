#include "medley/data/store/database.h"

#include "medley/data/store/store.h"

#include "../temp_folder.h"
#include <gmock/gmock.h>

#include <fstream>

using namespace medley;
using namespace medley::data;
using testing::HasSubstr;

namespace {

Error error_of(const std::filesystem::path& path) {
  try {
    Database database(path);
  } catch (const Error& error) {
    return error;
  }
  return {ErrorCode::internal, "no error"};
}

}  // namespace

TEST(Database, is_created_and_opened_again) {
  TempFolder folder;
  const auto path = folder.path() / "a b=c.db";
  Database(path).sql() << "INSERT INTO users (id) VALUES ('ann')";
  int count = 0;
  Database again(path);
  again.sql() << "SELECT count(*) FROM users", soci::into(count);
  EXPECT_EQ(count, 1);
  EXPECT_TRUE(std::filesystem::exists(path)) << "spaces and '=' in the name are the name's";
}

TEST(Database, refuses_another_schema_version_and_says_what_to_do) {
  TempFolder folder;
  const auto path = folder.path() / "m.db";
  Database(path).sql() << "UPDATE meta SET value = '2' WHERE name = 'schema_version'";
  const auto error = error_of(path);
  EXPECT_EQ(error.code(), ErrorCode::unsupported);
  EXPECT_THAT(error.what(), HasSubstr("m.db' has schema version 2, this program reads version 1"));
  EXPECT_THAT(error.what(), HasSubstr("import again"));
}

TEST(Database, refuses_the_database_of_another_program) {
  TempFolder folder;
  const auto path = folder.path() / "other.db";
  {
    soci::session other("sqlite3", path.string());
    other << "CREATE TABLE notes (text TEXT)";
  }
  EXPECT_EQ(error_of(path).code(), ErrorCode::unsupported);
  soci::session other("sqlite3", path.string());
  int count = 0;
  other << "SELECT count(*) FROM sqlite_master", soci::into(count);
  EXPECT_EQ(count, 1) << "nothing was written to it";
}

TEST(Database, refuses_what_is_no_database) {
  TempFolder folder;
  const auto text = error_of(folder.write("text.db", std::string(5000, 'x')));
  EXPECT_EQ(text.code(), ErrorCode::corrupt_data);
  EXPECT_THAT(text.what(), HasSubstr("text.db"));
  EXPECT_EQ(error_of(folder.path()).code(), ErrorCode::io);
  EXPECT_EQ(error_of(folder.path() / "no" / "m.db").code(), ErrorCode::io);
}

TEST(Database, truncated_anywhere_is_refused_or_read_but_never_crashes) {
  TempFolder folder;
  const auto path = folder.path() / "m.db";
  {
    Store store(path);
  }
  const auto bytes = read_file(path, 1 << 24);
  for (std::size_t size = 1; size < bytes.size(); size += 997) {
    const auto cut = folder.write("cut.db", std::string_view(bytes).substr(0, size));
    try {
      Store(cut).load();
    } catch (const Error& error) {
      EXPECT_THAT(error.what(), HasSubstr("cut.db"));
    }
  }
}
