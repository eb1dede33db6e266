// Medley as a library: trains on a log, recommends for its first user, and takes the first answer apart.
//   library ratings.csv        any file or folder that `medley evaluate --data` reads
#include "medley/core/error.h"
#include "medley/data/dataset_builder.h"
#include "medley/engine/explainer.h"
#include "medley/engine/recommend.h"
#include "medley/engine/train.h"

#include <cstdio>

int main(int argc, char** argv) try {
  using namespace medley;
  require(argc == 2, "usage: library PATH");
  QuietServices services;
  const auto plugins = engine::builtin_plugins();
  data::Quarantine bad_rows;
  const auto dataset = data::load_benchmark(argv[1], "", services, bad_rows);

  const engine::TrainOptions options{.path = "library.medley"};
  engine::train(dataset, {}, plugins, "ease(lambda=50)", options, services);
  const engine::TrainedModel model(options.path, plugins.models);

  const auto& user = dataset.users.id(0);
  const auto history = engine::history_of(dataset, user, options.weights, options.min_value);
  const auto answer =
      engine::recommend(model, dataset, {.user = user, .history = history, .k = 3}, services.pool());
  for (const auto& item : answer.items) std::printf("%s  %.4f\n", item.id.c_str(), item.score);
  if (answer.items.empty()) return 0;

  const auto& first = answer.items.front();
  const auto why = engine::explain(model, dataset, user, history, first.id, services.pool());
  for (const auto& part : why.parts) {
    std::printf("  %s %s  %+.4f\n", part.by.c_str(), part.of.c_str(), part.value);
  }
  std::printf("%s\n", why.sentence.c_str());
  return 0;
} catch (const medley::Error& error) {
  std::fprintf(stderr, "library: %s\n", error.what());
  return 1;
}
