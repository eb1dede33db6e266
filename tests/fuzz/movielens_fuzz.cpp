// The three MovieLens layouts: the first byte chooses one, the rest is cut at its NULs into events, items and
// plots.
#include "medley/data/readers/source.h"

#include "tests/fuzz/read_folder.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  constexpr std::pair<const char*, const char*> kLayouts[] = {
      {"ratings.csv", "movies.csv"}, {"ratings.dat", "movies.dat"}, {"u.data", "u.item"}};
  if (size == 0) return 0;
  const auto& [events, items] = kLayouts[data[0] % 3];
  const auto parts = parts_of(data + 1, size - 1, 3);
  read_folder("movielens", {{events, parts[0]}, {items, parts[1]}, {"plots.csv", parts[2]}});
  return 0;
}
