// A changed model file: refused, or it answers for a history without reading outside of the map.
// The first byte chooses the model, which is fitted on a small log, and whether the checksums are made right
// again; each four bytes after it are one change: a position (2 bytes, as far as the file goes), how, a
// value.
#include "medley/core/error.h"
#include "medley/core/file.h"
#include "medley/engine/trained_model.h"
#include "medley/math/top_k.h"

#include "tests/fuzz/archive_bytes.h"

#include <filesystem>
#include <vector>

namespace {

using namespace medley;

constexpr std::int32_t kUsers = 4;
constexpr std::int32_t kItems = 6;

/// A dense and a sparse feature; item 0 has neither.
std::shared_ptr<const data::ItemVectors> small_vectors() {
  math::Matrix picture(kItems, 3);
  math::Csr words{kItems, 4, {0, 0}, {}, {}};
  std::vector<std::uint8_t> present(kItems, 1);
  present[0] = 0;
  for (std::int32_t i = 1; i < kItems; ++i) {
    for (std::int32_t c = 0; c < 3; ++c) picture(i, c) = static_cast<float>((i * 7 + c * 5) % 11);
    words.indices.push_back(i % 4);
    words.values.push_back(1.0f + static_cast<float>(i));
    words.indptr.push_back(i);
  }
  auto out = std::make_shared<data::ItemVectors>();
  const auto picture_centering = math::unit_rows(picture.view(), present);
  const auto words_centering = math::unit_rows(words.view(), present);
  const auto add = [&](const char* name, auto rows, math::Centering centering) {
    auto table = std::make_shared<const data::FeatureTable>(
        data::FeatureTable{name, "", "", std::move(rows), present, {}});
    out->blocks.push_back({name, "", std::move(table), std::move(centering)});
  };
  add("picture", std::move(picture), picture_centering);
  add("words", std::move(words), words_centering);
  return out;
}

/// The file of each registered model.
std::vector<std::string> model_files(const models::Registry& registry) {
  data::EventLog log;
  for (std::int32_t u = 0; u < kUsers; ++u)
    for (std::int32_t i = 0; i < kItems; ++i)
      if ((u * 3 + i * 5) % 7 < 3) log.events.push_back({u, i});
  const auto interactions = data::build_interactions(log, kUsers, kItems);
  const auto path =
      std::filesystem::temp_directory_path() / ("medley_fuzz_model_" + std::to_string(::getpid()));
  QuietServices services(1);
  std::vector<std::string> out;
  for (const auto& name : registry.names()) {
    const auto model = registry.make(name);
    const bool plain = model->content_use().form == models::ContentUse::Form::none;
    model->fit({&interactions, plain ? nullptr : small_vectors()}, services);
    engine::TrainedModel::save(path, name, {}, {"a", "b", "c", "d", "e", "0042"},
                               std::vector<std::int32_t>(kItems, 1), *model);
    out.push_back(read_file(path, std::uint64_t{1} << 20));
  }
  std::filesystem::remove(path);
  return out;
}

void change(std::string& bytes, const std::uint8_t* edit) {
  constexpr std::int64_t kNumbers[] = {
      -1, 0, 1, 2, 7, 1 << 24, 1 << 30, 0x7fffffff, 0xffffffff, 1LL << 32, 0x7fffffffffffffff};
  const auto at = static_cast<std::size_t>(edit[0] | edit[1] << 8) % bytes.size();
  const auto value = static_cast<char>(edit[3]);
  switch (edit[2] % 4) {
    case 0: bytes[at] = value; break;
    case 1: bytes[at] = static_cast<char>(bytes[at] ^ value); break;
    case 2: bytes.resize(at + 1); break;
    default: {
      const auto number = kNumbers[edit[3] % std::size(kNumbers)];
      const auto aligned = at / 8 * 8;
      std::memcpy(bytes.data() + aligned, &number, std::min(sizeof number, bytes.size() - aligned));
    }
  }
}

void answer(const std::string& path, const models::Registry& registry) {
  static ThreadPool pool(1);
  const engine::TrainedModel model(path, registry);
  const auto rows = model.rows_of({"b", "0042", "a"});
  for (const auto& history : {rows, std::vector<data::ItemId>{}}) {
    const auto scores = model.score("u", history, pool);
    std::vector<data::ItemId> all;
    for (data::ItemId item = 0; item < model.items().size(); ++item) all.push_back(item);
    (void)math::top_k(scores, all, 3, [](std::int32_t) { return std::uint64_t{0}; });
    if (const auto* explains = model.explains(); explains != nullptr && !all.empty())
      (void)explains->explain({"u", history}, all.back());
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  static const auto registry = [] {
    models::Registry out;
    models::register_builtin(out);
    return out;
  }();
  static const auto files = model_files(registry);
  if (size == 0) return 0;
  auto bytes = files[(data[0] & 127) % files.size()];
  for (std::size_t i = 1; i + 4 <= size; i += 4) change(bytes, data + i);
  if ((data[0] & 128) == 0) ChecksumMender(bytes).mend();
  const MemoryFile file(bytes);
  try {
    answer(file.path(), registry);
  } catch (const Error&) {
    if (size == 1) std::abort();  // an unchanged file is read
  }
  return 0;
}
