#include "medley/features/text/train_words.h"

#include "medley/core/error.h"

#include "tests/features/items.h"
#include <gmock/gmock.h>

#include <cmath>
#include <filesystem>

namespace medley::features::test {
namespace {

/// Two topics whose words never meet.
Items topics() {
  Items items;
  const std::vector<std::string> sea{"boat", "sail", "wave", "harbour", "anchor"};
  const std::vector<std::string> kitchen{"oven", "bread", "butter", "flour", "spoon"};
  for (std::size_t i = 0; i < 200; ++i) {
    const auto& words = i % 2 == 0 ? sea : kitchen;
    items.add({words[i % 5] + " " + words[(i + 1 + i / 7) % 5] + " " + words[(i + 2 + i / 3) % 5]});
  }
  return items;
}

WordTraining small() {
  WordTraining training;
  training.dim = 16;
  training.epochs = 40;
  training.rule = {3, 5, 2000};
  return training;
}

WordVectors learn(const Items& items, const WordTraining& training) {
  QuietServices services(2);
  return train_words(items.blocks(), {}, "en", training, services);
}

std::vector<float> find(const WordVectors& vectors, std::string_view word) {
  std::vector<float> out(static_cast<std::size_t>(vectors.dim()));
  EXPECT_TRUE(vectors.find(word, out)) << word;
  return out;
}

std::size_t scratch_folders() {
  std::size_t out = 0;
  for (const auto& entry : std::filesystem::directory_iterator(std::filesystem::temp_directory_path()))
    if (entry.path().filename().string().starts_with("medley-")) ++out;
  return out;
}

TEST(TrainWords, words_that_meet_are_nearer_than_words_that_do_not) {
  const auto vectors = learn(topics(), small());
  EXPECT_GT(cosine(find(vectors, "boat"), find(vectors, "anchor")),
            cosine(find(vectors, "boat"), find(vectors, "butter")) + 0.1);
}

TEST(TrainWords, one_thread_and_one_seed_give_the_same_vectors_again) {
  const auto items = topics();
  auto training = small();
  const auto first = learn(items, training), second = learn(items, training);
  for (const auto* word : {"boat", "oven", "boats"}) EXPECT_EQ(find(first, word), find(second, word));
  training.seed = 2;
  EXPECT_NE(find(learn(items, training), "boat"), find(first, "boat"));
}

TEST(TrainWords, several_threads_learn_as_well) {
  auto training = small();
  training.threads = 2;
  const auto vectors = learn(topics(), training);
  EXPECT_GT(cosine(find(vectors, "boat"), find(vectors, "anchor")),
            cosine(find(vectors, "boat"), find(vectors, "butter")) + 0.1);
}

TEST(TrainWords, where_no_word_occurs_often_enough_all_are_learned) {
  Items items;
  items.add({"red shirt"});
  auto training = small();
  training.min_count = 5;
  EXPECT_EQ(learn(items, training).size(), 2U);
}

TEST(TrainWords, nothing_is_learned_of_nothing) {
  Items items;
  items.add({""}).add({"the"});
  EXPECT_EQ(learn(items, small()).size(), 0U);
  EXPECT_EQ(learn(Items{}, small()).dim(), 16);
}

TEST(TrainWords, a_word_that_looks_like_a_label_of_fasttext_is_a_word) {
  Items items;
  for (int i = 0; i < 10; ++i) items.add({"__label__red shirt"});
  EXPECT_EQ(learn(items, small()).size(), 2U);
}

TEST(TrainWords, an_interrupt_stops_it_and_leaves_no_file) {
  const auto before = scratch_folders();
  QuietServices services(1);
  services.cancel().set();
  const auto items = topics();
  EXPECT_THROW(train_words(items.blocks(), {}, "en", small(), services), Error);
  EXPECT_EQ(scratch_folders(), before);
}

TEST(TrainWords, more_memory_than_the_limit_is_refused_before_it_is_taken) {
  auto training = small();
  training.dim = 1024;
  training.rule.buckets = 1 << 24;
  try {
    learn(topics(), training);
    FAIL() << "64 GB were taken";
  } catch (const Error& error) {
    EXPECT_EQ(error.code(), ErrorCode::limit);
  }
}

}  // namespace
}  // namespace medley::features::test
