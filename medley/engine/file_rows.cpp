#include "medley/engine/file_rows.h"

#include "medley/core/error.h"
#include "medley/core/hash.h"
#include "medley/engine/vector_rows.h"
#include "medley/features/batched.h"

#include <algorithm>
#include <chrono>
#include <future>
#include <numeric>

namespace medley::engine {
namespace {

constexpr std::int64_t kBlock = 64;

using Clock = std::chrono::steady_clock;

double seconds_since(Clock::time_point begun) {
  return std::chrono::duration<double>(Clock::now() - begun).count();
}

/// What one file gave each feature.
struct Slot {
  std::string hash;  ///< "" where the file could not be read
  std::vector<CachedRow> rows;
  std::vector<std::uint8_t> is_new;
  std::vector<std::vector<std::uint8_t>> prepared;  ///< of the features that take many at once
  std::vector<double> seconds;                      ///< of each feature alone
  /// Of reading, hashing and decoding a picture; sounds and clips are decoded when the first feature asks.
  double shared_seconds = 0.0;
};

/// One pass over the files.
class Pass {
 public:
  Pass(std::span<const std::string> paths, data::MediaKind kind, std::span<const FileFeature> features,
       const MediaLimits& limits, const Services& services)
      : paths_(paths), kind_(kind), features_(features), limits_(limits), services_(services) {
    for (const auto& feature : features_) {
      batched_.push_back(dynamic_cast<const features::Batched*>(&feature.extractor));
      auto& rows = out_.emplace_back();
      rows.rows = empty_rows(feature.extractor, paths.size(), services);
      rows.present.resize(paths.size());
      rows.reasons.resize(paths.size());
    }
  }

  std::vector<FileRows> run() {
    const auto begun = Clock::now();
    const auto n = static_cast<std::int64_t>(paths_.size());
    Block before;
    // Over `before`, while the next block is decoded; it is waited for before that goes.
    std::future<void> running;
    const auto finish = [&] {
      if (!running.valid()) return;
      running.get();
      take_block(before);
    };
    for (std::int64_t begin = 0; begin < n; begin += kBlock) {
      if (services_.cancel.is_set()) finish();
      services_.cancel.check();
      auto decoded = decode_block(begin, std::min(kBlock, n - begin));
      finish();
      before = std::move(decoded);
      if (std::ranges::all_of(batched_, [](const auto* one) { return one == nullptr; }))
        take_block(before);
      else
        running = std::async(std::launch::async, [&] { run_batched(before); });
    }
    finish();
    share_out(seconds_since(begun));
    return std::move(out_);
  }

 private:
  struct Block {
    std::int64_t begin = 0;
    std::vector<Slot> slots;
  };

  Block decode_block(std::int64_t begin, std::int64_t count) const {
    Block out{begin, std::vector<Slot>(static_cast<std::size_t>(count))};
    parallel_for(services_.pool, count, 1, [&](std::int64_t i, std::int64_t) {
      services_.cancel.check();  // a block of clips takes minutes
      const auto& path = paths_[static_cast<std::size_t>(begin + i)];
      if (!path.empty()) fill(out.slots[static_cast<std::size_t>(i)], path);
    });
    return out;
  }

  /// The rows of features that take many at once.
  void run_batched(Block& block) const {
    for (std::size_t f = 0; f < features_.size(); ++f) {
      if (batched_[f] == nullptr) continue;
      if (const auto twin = twin_of(f); twin < f) {
        for (auto& slot : block.slots)
          if (slot.is_new.size() > twin && slot.is_new[twin] != 0) slot.rows[f] = slot.rows[twin];
        continue;
      }
      const auto begun = Clock::now();
      std::vector<Slot*> slots;
      std::vector<std::vector<std::uint8_t>> prepared;
      for (auto& slot : block.slots) {
        if (slot.prepared.size() <= f || slot.prepared[f].empty()) continue;
        slots.push_back(&slot);
        prepared.push_back(std::move(slot.prepared[f]));
      }
      if (slots.empty()) continue;
      const auto vectors = batched_[f]->rows(prepared, services_);
      const double seconds = seconds_since(begun) * services_.pool.size() / static_cast<double>(slots.size());
      for (std::size_t i = 0; i < slots.size(); ++i) {
        slots[i]->rows[f] = cached_row(vectors, i);
        slots[i]->seconds[f] += seconds;
      }
    }
  }

  void take_block(Block& block) {
    const auto count = static_cast<std::int64_t>(block.slots.size());
    for (std::int64_t i = 0; i < count; ++i) {
      if (!paths_[static_cast<std::size_t>(block.begin + i)].empty())
        take(block.slots[static_cast<std::size_t>(i)], block.begin + i);
    }
    for (const auto& feature : features_) feature.cache.flush();
    services_.progress.at(block.begin + count);
  }

  void fill(Slot& slot, const std::string& path) const {
    const auto begun = Clock::now();
    slot.rows.resize(features_.size());
    slot.is_new.resize(features_.size());
    slot.seconds.resize(features_.size());
    slot.prepared.resize(features_.size());
    std::string bytes;
    try {
      bytes = read_media(path, kind_);
    } catch (const Error& error) {
      for (auto& row : slot.rows) row.reason = error.what();
      return;
    }
    slot.hash = content_hash(bytes);
    bool any = false;
    for (std::size_t f = 0; f < features_.size(); ++f) {
      auto known = features_[f].cache.find(slot.hash);
      slot.is_new[f] = known ? 0 : 1;
      any = any || !known;
      if (known) slot.rows[f] = std::move(*known);
    }
    if (!any) return;
    MediaFile file(std::move(bytes), kind_, limits_);
    for (std::size_t f = 0; f < features_.size(); ++f)
      if (slot.is_new[f] != 0) file.reason(features_[f].extractor.min_side());  // decodes a picture
    slot.shared_seconds = seconds_since(begun);
    for (std::size_t f = 0; f < features_.size(); ++f) {
      if (slot.is_new[f] == 0) continue;
      if (const auto twin = twin_of(f); twin < f) {
        slot.rows[f] = slot.rows[twin];
        slot.is_new[f] = 0;
        continue;
      }
      const auto own = Clock::now();
      const auto reason = file.reason(features_[f].extractor.min_side());
      if (!reason.empty())
        slot.rows[f] = {{}, reason};
      else if (batched_[f] != nullptr)
        prepare(slot, f, file);
      else
        slot.rows[f] = row_of(features_[f].extractor, file);
      slot.seconds[f] = seconds_since(own);
    }
  }

  /// The first feature with the same cache: it is made alike.
  std::size_t twin_of(std::size_t feature) const {
    std::size_t out = 0;
    while (&features_[out].cache != &features_[feature].cache) ++out;
    return out;
  }

  CachedRow row_of(const features::Extractor& extractor, MediaFile& file) const {
    const auto item = file.item(extractor.min_side());
    return cached_row(extractor.transform(std::span(&item, 1), services_), 0);
  }

  void prepare(Slot& slot, std::size_t feature, MediaFile& file) const {
    std::string note;
    slot.prepared[feature] =
        batched_[feature]->prepare(file.item(features_[feature].extractor.min_side()), note);
    if (slot.prepared[feature].empty()) slot.rows[feature].reason = note.empty() ? "no vector" : note;
  }

  void take(Slot& slot, std::int64_t at) {
    shared_seconds_ += slot.shared_seconds;
    for (std::size_t f = 0; f < features_.size(); ++f) {
      auto& out = out_[f];
      auto& row = slot.rows[f];
      (slot.is_new[f] != 0 || slot.hash.empty() ? out.computed : out.reused) += 1;
      out.seconds += slot.seconds[f];
      if (row.reason.empty() && !put_row(row, out.rows, at)) row.reason = kForeignRow;
      out.reasons[static_cast<std::size_t>(at)] = row.reason;
      out.present[static_cast<std::size_t>(at)] = row.reason.empty() ? 1 : 0;
      // The same content may stand twice in a block.
      if (slot.is_new[f] != 0 && !features_[f].cache.has(slot.hash)) features_[f].cache.add(slot.hash, row);
    }
  }

  /// From seconds of threads to shares of the pass.
  void share_out(double wall_seconds) {
    const auto count = static_cast<double>(features_.size());
    double all = shared_seconds_;
    for (const auto& out : out_) all += out.seconds;
    for (auto& out : out_) {
      out.seconds =
          all > 0.0 ? wall_seconds * (out.seconds + shared_seconds_ / count) / all : wall_seconds / count;
    }
  }

  std::span<const std::string> paths_;
  data::MediaKind kind_;
  std::span<const FileFeature> features_;
  const MediaLimits& limits_;
  const Services& services_;
  std::vector<const features::Batched*> batched_;  ///< null where a feature takes one item at a time
  std::vector<FileRows> out_;
  double shared_seconds_ = 0.0;
};

}  // namespace

std::vector<FileRows> file_rows(std::span<const std::string> paths, data::MediaKind kind,
                                std::span<const FileFeature> features, const MediaLimits& limits,
                                const Services& services) {
  return Pass(paths, kind, features, limits, services).run();
}

}  // namespace medley::engine
