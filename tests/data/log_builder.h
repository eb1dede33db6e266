#pragma once

#include "medley/data/dataset.h"

#include <string_view>
#include <utility>

namespace medley::data {

/// Writes logs for tests, one event a call, with outside ids.
class LogBuilder {
 public:
  LogBuilder() { dataset_.name = "test"; }

  LogBuilder& add(std::string_view user, std::string_view item, std::int64_t time = kNoTime,
                  std::string_view kind = "event", float value = 1.0f) {
    auto& kinds = dataset_.log.kinds;
    std::size_t k = 0;
    while (k < kinds.size() && kinds[k] != kind) ++k;
    if (k == kinds.size()) kinds.emplace_back(kind);
    dataset_.log.events.push_back(
        {dataset_.users.add(user), dataset_.items.add(item), value, static_cast<std::int32_t>(k), time});
    return *this;
  }

  LogBuilder& label(Part part) {
    dataset_.log.labels.push_back(part);
    return *this;
  }

  Dataset build() {
    dataset_.catalog.resize(dataset_.item_count());
    return std::move(dataset_);
  }

 private:
  Dataset dataset_;
};

/// `users` x `items` log in which user u touched items u, u + 1, ... (`each` of them), one second apart.
inline Dataset ring_log(int users, int items, int each) {
  LogBuilder builder;
  for (int u = 0; u < users; ++u) {
    for (int k = 0; k < each; ++k) {
      builder.add("u" + std::to_string(u), "i" + std::to_string((u + k) % items), 1000 + k);
    }
  }
  return builder.build();
}

}  // namespace medley::data
