#include "medley/data/store/database.h"

#include "medley/data/store/store.h"

#include "../temp_folder.h"
#include "store_rows.h"
#include "tests/test_data.h"
#include <gmock/gmock.h>

#include <fstream>

using namespace medley;
using namespace medley::data;
using testing::HasSubstr;

namespace {

Error open_error(const std::filesystem::path& path) {
  try {
    Database database(path);
  } catch (const Error& error) {
    return error;
  }
  return {ErrorCode::internal, "no error"};
}

/// A store as the first version of the schema had it.
void make_version_1(const std::filesystem::path& path) {
  soci::session sql("sqlite3", path.string());
  std::ifstream script(test_data("data/store/data/schema_1.sql"));
  for (std::string statement; std::getline(script, statement);) sql << statement;
}

/// Every column of every table: table, name, type, NOT NULL, default, place in the key.
std::vector<std::string> schema_of(const std::filesystem::path& path) {
  Database database(path);
  std::string line;
  std::vector<std::string> out;
  soci::statement rows =
      (database.sql().prepare
           << "SELECT t.name || '|' || c.name || '|' || c.type || '|' || c.\"notnull\" || '|' || "
              "ifnull(c.dflt_value, '') || '|' || c.pk FROM sqlite_master AS t, "
              "pragma_table_info(t.name) AS c WHERE t.type = 'table' ORDER BY 1",
       soci::into(line));
  for (bool more = rows.execute(true); more; more = rows.fetch()) out.push_back(line);
  return out;
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

TEST(Database, refuses_a_newer_schema_version_and_says_what_to_do) {
  TempFolder folder;
  const auto path = folder.path() / "m.db";
  for (const std::string version : {"3", "0", "-1", "two", ""}) {
    std::filesystem::remove(path);
    Database(path).sql() << "UPDATE meta SET value = '" + version + "' WHERE name = 'schema_version'";
    const auto error = open_error(path);
    EXPECT_EQ(error.code(), ErrorCode::unsupported);
    EXPECT_THAT(error.what(),
                HasSubstr("m.db' has schema version " + (version.empty() ? "unknown" : version) +
                          ", this program reads versions 1 to 2"));
    EXPECT_THAT(error.what(), HasSubstr("import again"));
  }
}

TEST(Database, brings_a_store_of_version_1_to_the_present_one) {
  TempFolder folder;
  const auto path = folder.path() / "old.db";
  make_version_1(path);
  const auto data = Store(path).load();
  EXPECT_EQ(as_text(data),
            "ann|x|view|1000|1.000000|\n"
            "bob|x|view|-9223372036854775808|4.500000|\n"
            "bob|y|view|1001|1.000000|\n"
            "x:1|title=The X\n"
            "y:0|title=\n");
  EXPECT_TRUE(data.catalog.availability.empty()) << "what was there may be recommended as before";
  Store store(path);
  EXPECT_EQ(store.history().size(), 1u);
  import_rows(store, [](RowSink& sink) {
    sink.event(event_row("ann", "x", 1000, 1.0f, "view"));
    sink.item({"y", {}, {}, {}, {}, Availability{false}});
  });
  EXPECT_FALSE(Store(path).load().catalog.available(1, 0));
}

TEST(Database, that_was_brought_here_has_the_schema_of_a_new_one) {
  TempFolder folder;
  make_version_1(folder.path() / "old.db");
  EXPECT_EQ(schema_of(folder.path() / "old.db"), schema_of(folder.path() / "new.db"));
}

TEST(Database, that_cannot_be_brought_here_stays_as_it_was) {
  TempFolder folder;
  const auto path = folder.path() / "old.db";
  make_version_1(path);
  {
    soci::session other("sqlite3", path.string());
    other << "ALTER TABLE items ADD COLUMN missing TEXT";  // the last step fails: there is one already
  }
  EXPECT_EQ(open_error(path).code(), ErrorCode::io);
  soci::session other("sqlite3", path.string());
  int columns = 0;
  std::string version;
  other << "SELECT count(*) FROM pragma_table_info('items')", soci::into(columns);
  other << "SELECT value FROM meta WHERE name = 'schema_version'", soci::into(version);
  EXPECT_EQ(columns, 4);
  EXPECT_EQ(version, "1");
}

TEST(Database, refuses_the_database_of_another_program) {
  TempFolder folder;
  const auto path = folder.path() / "other.db";
  {
    soci::session other("sqlite3", path.string());
    other << "CREATE TABLE notes (text TEXT)";
  }
  EXPECT_EQ(open_error(path).code(), ErrorCode::unsupported);
  soci::session other("sqlite3", path.string());
  int count = 0;
  other << "SELECT count(*) FROM sqlite_master", soci::into(count);
  EXPECT_EQ(count, 1) << "nothing was written to it";
}

TEST(Database, refuses_what_is_no_database) {
  TempFolder folder;
  const auto text = open_error(folder.write("text.db", std::string(5000, 'x')));
  EXPECT_EQ(text.code(), ErrorCode::corrupt_data);
  EXPECT_THAT(text.what(), HasSubstr("text.db"));
  EXPECT_EQ(open_error(folder.path()).code(), ErrorCode::io);
  EXPECT_EQ(open_error(folder.path() / "no" / "m.db").code(), ErrorCode::io);
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
