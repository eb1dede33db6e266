// What stands beside the vectors of a feature: row offsets and column numbers of any value, and lists of ids
// and of column names of any bytes. The arrays are written as .npy, whose own parser has its own target.
// Bytes: number of offsets, number of columns numbers, the offsets, the column numbers, the presence mask
// (one a row), then ids and column names, cut at a NUL.
#include "medley/data/feature_files.h"
#include "medley/data/npy.h"

#include "tests/fuzz/read_folder.h"

namespace {

template <class T>
std::vector<T> take(const std::uint8_t*& data, std::size_t& size, std::size_t count) {
  std::vector<T> out;
  for (; size > 0 && out.size() < count; ++data, --size)
    out.push_back(static_cast<T>(static_cast<std::int8_t>(*data)));
  return out;
}

void check(const medley::data::FeatureTable& table) {
  const auto rows = table.sparse().view();
  for (medley::math::Index i = 0; i < rows.rows; ++i) {
    for (const auto column : rows.row_indices(i))
      if (column < 0 || column >= rows.cols) std::abort();
  }
  if (!table.columns.empty() && static_cast<medley::math::Index>(table.columns.size()) != rows.cols)
    std::abort();
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace medley::data;
  if (size < 2) return 0;
  const std::size_t offsets = data[0] & 15, columns = data[1] & 15;
  data += 2;
  size -= 2;
  const auto& folder = fuzz_folder();
  std::filesystem::create_directories(folder);
  save_npy_vector<std::int64_t>(folder / "f.indptr.npy", take<std::int64_t>(data, size, offsets));
  const auto indices = take<std::int32_t>(data, size, columns);
  save_npy_vector<std::int32_t>(folder / "f.indices.npy", indices);
  save_npy_vector<float>(folder / "f.data.npy", std::vector<float>(indices.size(), 0.5f));
  save_npy_vector<std::uint8_t>(folder / "f.mask",
                                take<std::uint8_t>(data, size, offsets > 0 ? offsets - 1 : 0));
  const auto lists = parts_of(data, size, 2);
  write_bytes(folder / "f.ids", lists[0]);
  if (!lists[1].empty()) write_bytes(folder / "f.columns", lists[1]);
  try {
    const auto stored = load_features(folder, "f");
    check(stored.table);
    IdMap items;
    for (const char* id : {"b", "0042", "a"}) items.add(id);
    const auto table = aligned(stored, items);
    if (table.items() != items.size()) std::abort();
    check(table);
  } catch (const medley::Error&) {
  }
  std::filesystem::remove_all(folder);
  return 0;
}
