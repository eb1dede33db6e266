#include "medley/data/drop_rows.h"

#include "medley/core/error.h"
#include "medley/core/file.h"

namespace medley::data {

DroppedRows drop_rows(const std::filesystem::path& path, const CsvOptions& options,
                      const std::function<bool(const CsvReader& row, std::int64_t before)>& drop) {
  CsvReader reader(open_file(path), options);
  AtomicFile out(path);
  DroppedRows count;
  while (reader.next()) {
    // Of a row whose quotes are broken the reader gives its first line and goes on behind it: nothing is
    // lost. Of a row that is too long it gives the head only.
    if (reader.reason().starts_with("the row has more than")) {
      fail(ErrorCode::limit, "{}:{}: {}", reader.name(), reader.line(), reader.reason());
    }
    if (drop(reader, count.dropped + count.kept)) {
      ++count.dropped;
      continue;
    }
    ++count.kept;
    out.write(reader.text());
    out.write("\n");
  }
  if (count.dropped > 0) out.commit();
  return count;
}

}  // namespace medley::data
