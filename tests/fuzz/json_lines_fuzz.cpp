// JSON lines: the input is cut at its first NUL into a log and a catalogue.
#include "medley/data/readers/source.h"

#include "tests/fuzz/read_folder.h"

#include <cstdint>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const auto parts = parts_of(data, size, 2);
  medley::data::ImportOptions import;
  import.format = "jsonl";
  import.file = "log.jsonl";
  medley::data::CatalogOptions catalog;
  catalog.file = "items.jsonl";
  catalog.text = {"title"};
  catalog.categories = {{"tags", "|"}};
  catalog.numbers = {"year"};
  catalog.files[medley::data::MediaKind::image] = "posters/{id}.jpg";
  catalog.available = "stock";
  catalog.available_from = "from";
  read_folder(import, catalog, {{"log.jsonl", parts[0]}, {"items.jsonl", parts[1]}});
  return 0;
}
