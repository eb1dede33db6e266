#pragma once

#include "medley/features/extractor.h"
#include "medley/features/registry.h"

#include <cmath>
#include <deque>
#include <limits>
#include <string>
#include <vector>

namespace medley::features::test {

/// Items in blocks of a few, each of them with texts, categories and numbers of its own that go with it, as
/// those of a catalogue that is not in memory do.
class CutItems final : public ItemBlocks {
 public:
  CutItems(std::span<const Item> items, std::size_t block) : items_(items), block_(block) {}

  std::size_t size() const override { return items_.size(); }
  void for_each(const Use& use) const override {
    for (std::size_t first = 0; first == 0 || first < items_.size(); first += block_)
      hand_out(items_.subspan(first, std::min(block_, items_.size() - first)), first, use);
  }

 private:
  struct Own {
    std::vector<std::string> texts;
    std::vector<std::vector<std::string>> categories;
    std::vector<double> numbers;
  };

  static void hand_out(std::span<const Item> part, std::size_t first, const Use& use) {
    std::deque<Own> own;
    std::vector<Item> block;
    for (const auto& item : part) {
      const auto& copy = own.emplace_back(Own{{item.texts.begin(), item.texts.end()},
                                              {item.categories.begin(), item.categories.end()},
                                              {item.numbers.begin(), item.numbers.end()}});
      block.push_back({copy.texts, copy.categories, copy.numbers, item.image, item.sound, item.clip});
    }
    use(block, first);
  }

  std::span<const Item> items_;
  std::size_t block_;
};

/// Owns the material of items and shows it as extractors take it.
class Items {
 public:
  Items() = default;
  Items(Items&&) noexcept = default;  // not copied: `items_` looks into `kept_`

  Items& add(std::vector<std::string> texts, std::vector<std::vector<std::string>> categories = {},
             std::vector<double> numbers = {}, const media::Image* image = nullptr,
             const Sound* sound = nullptr, const Clip* clip = nullptr) {
    const auto& kept = kept_.emplace_back(Kept{std::move(texts), std::move(categories), std::move(numbers)});
    items_.push_back({kept.texts, kept.categories, kept.numbers, image, sound, clip});
    return *this;
  }
  std::span<const Item> all() const { return items_; }
  ItemSpan blocks() const { return ItemSpan(items_); }
  CutItems blocks_of(std::size_t size) const { return {items_, size}; }

 private:
  struct Kept {
    std::vector<std::string> texts;
    std::vector<std::vector<std::string>> categories;
    std::vector<double> numbers;
  };
  std::deque<Kept> kept_;
  std::vector<Item> items_;
};

/// 4000 items of 300 words in common and one of their own, but for item 3900, which says nothing: 1.2 million
/// terms, more than what is worked on at once.
inline Items many_long_texts() {
  std::string text;
  for (int k = 0; k < 300; ++k) text += "w" + std::to_string(k) + " ";
  Items out;
  for (int i = 0; i < 4000; ++i) out.add({i == 3900 ? "the" : text + "own" + std::to_string(i)});
  return out;
}

inline std::unique_ptr<Extractor> make(const std::string& name, const ParamMap& params = {}) {
  Registry registry;
  register_builtin(registry);
  return registry.make(name, params);
}

/// Fitted on `items`.
inline std::unique_ptr<Extractor> fitted(const std::string& name, const Items& items,
                                         const ParamMap& params = {}) {
  QuietServices services(2);
  auto extractor = make(name, params);
  if (extractor->fitted()) extractor->fit(items.blocks(), services);
  return extractor;
}

inline Vectors transform(const Extractor& extractor, std::span<const Item> items) {
  QuietServices services(2);
  return extractor.transform(items, services);
}

/// Row i, dense, as numbers that hold bytes and 24-bit whole numbers exactly.
inline std::vector<float> row(const Vectors& vectors, math::Index i) {
  return std::visit(
      [i](const auto& rows) {
        std::vector<float> out;
        if constexpr (std::is_same_v<std::decay_t<decltype(rows)>, math::Csr>) {
          const auto sparse = rows.view();
          out.resize(static_cast<std::size_t>(sparse.cols));
          for (std::size_t k = 0; k < sparse.row_indices(i).size(); ++k)
            out[static_cast<std::size_t>(sparse.row_indices(i)[k])] = sparse.row_values(i)[k];
        } else {
          for (const auto value : rows.row(i)) out.push_back(static_cast<float>(value));
        }
        return out;
      },
      vectors.rows);
}

inline double cosine(const std::vector<float>& a, const std::vector<float>& b) {
  double ab = 0, aa = 0, bb = 0;
  for (std::size_t k = 0; k < a.size(); ++k) {
    ab += static_cast<double>(a[k]) * static_cast<double>(b[k]);
    aa += static_cast<double>(a[k]) * static_cast<double>(a[k]);
    bb += static_cast<double>(b[k]) * static_cast<double>(b[k]);
  }
  return ab / std::sqrt(aa * bb);
}

}  // namespace medley::features::test
