#pragma once

#include "medley/core/file.h"
#include "medley/core/hash.h"
#include "medley/data/dataset.h"
#include "medley/engine/content.h"
#include "medley/engine/experiment.h"
#include "medley/engine/import.h"
#include "medley/engine/plugins.h"
#include "medley/engine/trained_model.h"
#include "medley/engine/tuner.h"
#include "medley/engine/workspace.h"

#include "tests/data/temp_folder.h"
#include "tests/media/image/pictures.h"
#include <fmt/format.h>
#include <gtest/gtest.h>
#include <sys/wait.h>
#include <unistd.h>

#include <csignal>
#include <functional>
#include <map>
#include <string>
#include <vector>

/// Worlds small enough to know the answers: one in memory, one as the files of a workspace.
namespace medley::engine::test {

struct World {
  data::Dataset dataset;
  Tables tables;
};

inline void add_event(data::Dataset& dataset, const std::string& user, const std::string& item,
                      std::int64_t time = data::kNoTime, float value = 1.0f) {
  dataset.log.events.push_back({dataset.users.add(user), dataset.items.add(item), value, 0, time});
}

/// A dense table; rows of nothing are absent.
inline std::shared_ptr<const data::FeatureTable> dense_table(const std::string& name,
                                                             const std::string& modality,
                                                             const std::vector<std::vector<float>>& rows) {
  auto out = std::make_shared<data::FeatureTable>();
  out->name = name;
  out->modality = modality;
  std::size_t width = 0;
  for (const auto& row : rows) width = std::max(width, row.size());
  math::Matrix values(static_cast<math::Index>(rows.size()), static_cast<math::Index>(width));
  for (std::size_t i = 0; i < rows.size(); ++i) {
    std::copy(rows[i].begin(), rows[i].end(), values.row(static_cast<math::Index>(i)).begin());
    out->present.push_back(rows[i].empty() ? 0 : 1);
  }
  out->rows = std::move(values);
  return out;
}

/// Two tastes: users u0, u2, ... take seven of the items a0..a9, users u1, u3, ... seven of b0..b9, each its
/// own seven, one event a second. `a10` and `b10` have no events. Feature `color` (image) tells the groups
/// apart and a9 and b9 lack it; `words` (text) tells them apart for all, with a part of each item's own.
inline World two_tastes(int users = 20) {
  World world;
  auto& dataset = world.dataset;
  dataset.name = "two tastes";
  std::vector<std::vector<float>> color, words;
  data::Catalog::Texts titles{"title", {}};
  for (const char group : {'a', 'b'}) {
    for (int i = 0; i <= 10; ++i) {
      const auto row = dataset.items.add(group + std::to_string(i));
      const float own = 0.1f * static_cast<float>(i % 4);
      color.push_back(i == 9         ? std::vector<float>{}
                      : group == 'a' ? std::vector<float>{1.0f, own}
                                     : std::vector<float>{own, 1.0f});
      words.push_back(group == 'a' ? std::vector<float>{1, 0, own} : std::vector<float>{0, 1, own});
      titles.values.push_back(fmt::format("title of {}", dataset.items.id(row)));
    }
  }
  dataset.catalog.texts = {titles};
  dataset.catalog.resize(dataset.item_count());
  for (int u = 0; u < users; ++u) {
    for (int j = 0; j < 7; ++j) {
      const auto item = (u % 2 == 0 ? "a" : "b") + std::to_string((u / 2 + j * 3) % 10);
      add_event(dataset, "u" + std::to_string(u), item, 100 * u + j);
    }
  }
  world.tables = {dense_table("color", "image", color), dense_table("words", "text", words)};
  return world;
}

/// Fits `spec` on every event of the world and opens what was saved.
inline TrainedModel trained(const data::TempFolder& folder, const World& world,
                            const std::string& spec_text) {
  const auto plugins = builtin_plugins();
  QuietServices quiet(1);
  const Services services = quiet;
  FitContext context(plugins, world.tables, services);
  const auto spec = parse_spec(spec_text);
  const auto params = spec.combinations().front();
  const auto pairs =
      data::build_interactions(world.dataset.log, world.dataset.user_count(), world.dataset.item_count());
  std::vector<std::int32_t> counts;
  for (data::ItemId item = 0; item < pairs.items; ++item)
    counts.push_back(static_cast<std::int32_t>(pairs.users_of(item).size()));
  double seconds = 0.0;
  const auto model = context.fit(spec.name, params, pairs, seconds);
  const auto path = folder.path() / (spec.name + ".medley");
  TrainedModel::save(path, spec.name, params, world.dataset.items.ids(), counts, *model);
  return {path, plugins.models};
}

/// A PNG of one colour with a stripe, different for each `shade`.
inline std::string picture(std::uint8_t red, std::uint8_t blue, int shade) {
  auto image = media::Image::sized(24, 16);
  for (int y = 0; y < image.height; ++y) {
    for (int x = 0; x < image.width; ++x) {
      auto* at = media::test::pixel(image, x, y);
      at[0] = red;
      at[1] = static_cast<std::uint8_t>(y < 4 ? 10 * (shade % 25) : 30);
      at[2] = static_cast<std::uint8_t>(x < 6 ? 10 * (shade / 25) : blue);
    }
  }
  const auto file = media::test::png_of(image);
  return {reinterpret_cast<const char*>(file.data()), file.size()};
}

/// A JPEG of 1000 x 700: descriptors get it reduced to 500 x 350.
inline std::string large_jpeg(int quality = 90) {
  const auto file = media::test::jpeg_of(media::test::waves(1000, 700), quality);
  return {reinterpret_cast<const char*>(file.data()), file.size()};
}

/// Folder -> every file below it with its bytes.
inline std::map<std::string, std::string> files_below(const std::filesystem::path& folder) {
  std::map<std::string, std::string> out;
  if (!std::filesystem::exists(folder)) return out;
  for (const auto& entry : std::filesystem::recursive_directory_iterator(folder)) {
    if (entry.is_regular_file())
      out[std::filesystem::relative(entry.path(), folder).string()] =
          read_file(entry.path(), std::uint64_t{1} << 26);
  }
  return out;
}

/// A workspace as files: `source/` holds events.csv, catalog.csv and pictures/, `shop/` the medley.toml.
/// Items p000, p001, ...: even ones are red dresses, odd ones blue coats. Customers c0..c11 take seven of
/// their colour. p003 has no picture, that of p005 is cut short; the title of p007 has no usable word.
class Shop {
 public:
  explicit Shop(int items = 24, const std::string& features = default_features()) : items_(items) {
    std::string catalog = "id,title,kind,price\n";
    for (int i = 0; i < items; ++i) {
      const bool red = i % 2 == 0;
      catalog += fmt::format("{},{},{},{}\n", id(i),
                             i == 7 ? "The"
                             : red  ? fmt::format("scarlet dress number{}", i)
                                    : fmt::format("navy coat number{}", i),
                             red ? "dress|summer" : "coat", 10 + i);
      if (i == 3) continue;
      auto bytes = red ? picture(200, 20, i) : picture(20, 200, i);
      if (i == 5) bytes.resize(bytes.size() / 2);
      folder_.write("source/pictures/" + id(i) + ".png", bytes);
    }
    folder_.write("source/catalog.csv", catalog);
    write_events(events());
    write_config(features);
  }

  static std::string id(int i) { return fmt::format("p{:03}", i); }

  static std::string default_features() {
    return "[features.color]\nextractor = \"image/color\"\n"
           "[features.words]\nextractor = \"text/tfidf\"\nfields = [\"title\"]\n"
           "[features.kinds]\nextractor = \"categories\"\nmodality = \"kind\"\nfields = [\"kind\"]\n";
  }

  std::string events() const {
    std::string out = "user,item,value,time\n";
    const int half = std::min(10, items_ / 2);
    for (int c = 0; c < 12; ++c) {
      for (int j = 0; j < 7; ++j)
        out += fmt::format("c{},{},{},{}\n", c, id(2 * ((c / 2 + j * 3) % half) + c % 2), 1 + j % 5,
                           1'700'000'000 + 100 * c + j);
    }
    return out;
  }
  void write_events(const std::string& text) const { folder_.write("source/events.csv", text); }
  void write_source(const std::string& name, std::string_view bytes) const {
    folder_.write("source/" + name, bytes);
  }
  /// medley.toml with these `[features]` sections; `more` goes before them.
  void write_config(const std::string& features, const std::string& more = "") const {
    folder_.write("shop/medley.toml",
                  "[catalog]\nfile = \"catalog.csv\"\ntext = [\"title\"]\nnumbers = [\"price\"]\n"
                  "categories = { kind = \"|\" }\nimage = \"pictures/{id}.png\"\n" +
                      more + features);
  }

  std::filesystem::path source() const { return folder_.path() / "source"; }
  std::filesystem::path path() const { return folder_.path() / "shop"; }
  Workspace workspace() const { return Workspace(path()); }
  ImportReport import() const {
    QuietServices quiet(1);
    return engine::import(workspace(), source(), "csv", quiet);
  }
  data::Dataset dataset() const { return load_dataset(workspace()); }

 private:
  data::TempFolder folder_;
  int items_;
};

/// The message of the Error that `call` throws; "" when it did not throw.
template <class Call>
std::string error_of(Call call, ErrorCode* code = nullptr) {
  try {
    call();
  } catch (const Error& error) {
    if (code != nullptr) *code = error.code();
    return error.what();
  }
  return "";
}

inline ExperimentResult run(const World& world, const ExperimentOptions& options,
                            const Plugins& plugins = builtin_plugins()) {
  QuietServices quiet(2);
  return run_experiment(world.dataset, world.tables, plugins, options, quiet);
}

/// Progress that does something when it is told of the step `at`, counted over all tasks.
class AtStep final : public Progress {
 public:
  AtStep(int at, std::function<void()> what) : at_(at), what_(std::move(what)) {}
  void begin(std::string_view, std::int64_t) override { step(); }
  void at(std::int64_t) override { step(); }
  void end() override { step(); }
  int steps() const { return steps_; }

 private:
  void step() {
    if (++steps_ == at_) what_();
  }
  int at_;
  std::function<void()> what_;
  int steps_ = 0;
};

/// Runs `work(progress)` in a child process that kills itself (as kill -9 does) at the given step of its
/// progress. False when the work ended before.
template <class Work>
bool killed_at(int step, Work work) {
  const auto child = ::fork();
  if (child == 0) {
    AtStep progress(step, [] { ::kill(::getpid(), SIGKILL); });
    try {
      work(progress);
    } catch (...) {
      ::_exit(9);
    }
    ::_exit(0);
  }
  int status = 0;
  EXPECT_EQ(::waitpid(child, &status, 0), child);
  if (WIFEXITED(status)) {
    EXPECT_EQ(WEXITSTATUS(status), 0) << "the work failed in the child";
    return false;
  }
  return true;
}

}  // namespace medley::engine::test
