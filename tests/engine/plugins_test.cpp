#include "medley/engine/plugins.h"

#include <gtest/gtest.h>

using namespace medley;

TEST(Plugins, hold_what_the_program_names_by_default) {
  const auto plugins = engine::builtin_plugins();
  for (const char* name : {"random", "popularity", "item_knn", "content", "content_ridge", "content_kernel",
                           "ease", "graph_filter", "als", "late", "slim", "user_knn"}) {
    EXPECT_TRUE(plugins.models.contains(name)) << name;
  }
  for (const char* name :
       {"audio/mfcc", "audio/chroma", "audio/spectral", "audio/rhythm", "affect/audio", "image/color",
        "image/hog", "image/lbp", "text/tfidf", "text/lsa", "categories", "numbers"}) {
    EXPECT_TRUE(plugins.extractors.contains(name)) << name;
  }
  for (const char* name : {"recall", "ndcg", "hit", "mrr", "coverage", "popularity", "precision", "map",
                           "gini", "novelty", "auc"}) {
    EXPECT_TRUE(plugins.metrics.contains(name)) << name;
  }
  EXPECT_TRUE(plugins.fusions.contains("concat"));
}

TEST(Plugins, each_says_what_it_is_and_what_its_parameters_do) {
  const auto plugins = engine::builtin_plugins();
  for (const auto& [name, entry] : plugins.models.entries()) {
    EXPECT_FALSE(entry.summary.empty()) << name;
    for (const auto& field : entry.params) EXPECT_FALSE(field.help.empty()) << name << "." << field.name;
  }
}
