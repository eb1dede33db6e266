// Split files over a log of three users and three items: the first byte chooses one CSV file, or three
// tab-separated ones that are cut at the NULs. A split that is read gives each event a part, and each pair
// one.
#include "medley/data/split/split_file.h"

#include "tests/fuzz/read_folder.h"

#include <map>

namespace {

medley::data::Dataset small_log() {
  medley::data::Dataset out;
  for (const char* id : {"u", "0042", "\xc3\xa9"}) out.users.add(id);
  for (const char* id : {"i", "42", "a,b"}) out.items.add(id);
  for (const auto& [user, item] : {std::pair{0, 0}, {0, 1}, {1, 1}, {2, 2}, {0, 1}}) {
    medley::data::Event event;
    event.user = user;
    event.item = item;
    out.log.events.push_back(event);
  }
  return out;
}

void check(const medley::data::FileSplit& split, const medley::data::Dataset& dataset) {
  const auto& events = dataset.log.events;
  if (split.parts.size() != events.size() || split.rows < split.rows_outside_log) std::abort();
  std::map<std::pair<int, int>, medley::data::Part> of_pair;
  for (std::size_t e = 0; e < events.size(); ++e) {
    const auto [place, added] = of_pair.emplace(std::pair{events[e].user, events[e].item}, split.parts[e]);
    if (place->second != split.parts[e]) std::abort();
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  static const auto dataset = small_log();
  if (size == 0) return 0;
  const auto& folder = fuzz_folder();
  std::filesystem::create_directories(folder);
  const auto path = folder / "split";
  if (data[0] % 2 == 0) {
    write_bytes(path, {reinterpret_cast<const char*>(data) + 1, size - 1});
  } else {
    const auto parts = parts_of(data + 1, size - 1, 3);
    write_bytes(folder / "split.train.tsv", parts[0]);
    write_bytes(folder / "split.valid.tsv", parts[1]);
    write_bytes(folder / "split.test.tsv", parts[2]);
  }
  try {
    check(medley::data::read_split_file(path, dataset), dataset);
  } catch (const medley::Error&) {
  }
  std::filesystem::remove_all(folder);
  return 0;
}
