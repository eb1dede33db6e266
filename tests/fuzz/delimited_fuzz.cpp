// Events and catalogue as the user's own CSV files, cut at the first NUL; the first byte chooses delimiter
// and encoding.
#include "medley/data/readers/source.h"

#include "tests/fuzz/read_folder.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size == 0) return 0;
  constexpr const char* kDelimiters[] = {"", ",", ";", "||"};
  medley::data::ImportOptions import;
  import.file = "events.csv";
  import.delimiter = kDelimiters[data[0] & 3];
  import.encoding = (data[0] & 4) == 0 ? "utf-8" : "latin-1";
  const medley::data::CatalogOptions catalog{.file = "items.csv",
                                             .id = "id",
                                             .text = {"title"},
                                             .categories = {{"genres", "|"}},
                                             .numbers = {"year"},
                                             .files = {{"posters/{id}.jpg"}}};
  const auto parts = parts_of(data + 1, size - 1, 2);
  read_folder(import, catalog, {{"events.csv", parts[0]}, {"items.csv", parts[1]}});
  return 0;
}
