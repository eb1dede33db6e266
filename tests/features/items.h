#pragma once

#include "medley/features/extractor.h"
#include "medley/features/registry.h"

#include <deque>
#include <limits>
#include <string>
#include <vector>

namespace medley::features::testing {

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

 private:
  struct Kept {
    std::vector<std::string> texts;
    std::vector<std::vector<std::string>> categories;
    std::vector<double> numbers;
  };
  std::deque<Kept> kept_;
  std::vector<Item> items_;
};

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
  if (extractor->fitted()) extractor->fit(items.all(), services);
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

}  // namespace medley::features::testing
