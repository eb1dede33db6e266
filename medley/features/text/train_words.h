#pragma once

#include "medley/features/text/word_reader.h"
#include "medley/features/text/word_vectors.h"

#include <cstdint>
#include <span>

namespace medley::features {

/// How fastText learns vectors from texts (Bojanowski et al., TACL 2017).
struct WordTraining {
  int dim = 100;
  int epochs = 10;
  int window = 5;
  int min_count = 1;  ///< where no word occurs so often, 1
  int negatives = 5;
  double learning_rate = 0.05;
  bool skipgram = true;
  SubwordRule rule{3, 6, 100'000};
  int threads = 1;  ///< with more, threads write over each other's numbers and no two runs are alike
  int seed = 1;
};

/// Vectors of the words of `items`, one line of text an item; none where there are no words. The trainer
/// reads a file, which stands in the system's folder for temporary files while it runs. One thread and one
/// seed give the same vectors again. Memory: two rows of `dim` floats a word, one a bucket; throws `limit`
/// above 8 GB, `io`, `interrupted`, and `internal` with what fastText says where it fails.
WordVectors train_words(const ItemBlocks& items, const WordParams& words, const std::string& home,
                        const WordTraining& training, const Services& services);

}  // namespace medley::features
