#include "medley/core/spec.h"
#include "medley/features/per_item.h"
#include "medley/features/registry.h"
#include "medley/features/video/cuts.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <memory>

namespace medley::features {
namespace {

constexpr int kOwnVersion = 1;
// The side at which frames are compared.
constexpr int kWatchedSide = 64;
constexpr std::size_t kOwnColumns = 4;

/// A clip by its shots: hard cuts are found by the distance of histograms (video/cuts.h), the middle frame of
/// each shot is its key frame, and an extractor of pictures describes those. A row is their mean, their
/// maximum column by column, then mean and deviation of the motion (mean absolute difference of grey values
/// from frame to frame, cuts left out), ln(1 + cuts a minute), and ln(1 + seconds). A clip is decoded twice,
/// first small for the cuts, then the key frames as they are.
class Shots {
 public:
  struct Params {
    std::string frames = "image/color";
    double threshold = CutRule().threshold;
    int min_frames = CutRule().min_frames;
    int max_shots = 64;

    void fields(FieldVisitor& v) {
      v.plugin("frames", frames,
               "the extractor of the key frames, with its parameters, e.g. image/hog(cell=16)");
      v.field("threshold", threshold, {0.05, 1.0}, "least distance of the histograms at a cut");
      v.field("min_frames", min_frames, {1, 1000}, "no shot is shorter");
      v.field("max_shots", max_shots, {1, 10000}, "of more shots as many are described, evenly chosen");
    }
  };

  static constexpr Reads kReads = Reads::video;
  static constexpr int kGrain = 1;

  Shots(const Params& params, const Registry& registry) : params_(params) {
    const auto spec = parse_spec(params.frames);
    const auto combinations = spec.combinations();
    require(combinations.size() == 1, "frames = '{}' is more than one extractor", params.frames);
    frames_ = registry.make(spec.name, combinations.front());
    require(frames_->reads() == Reads::image && !frames_->fitted(),
            "frames = '{}': key frames are described by an extractor of single pictures", params.frames);
  }

  int version() const { return kOwnVersion * 1000 + frames_->version(); }
  int dim() const { return 2 * frames_->dim() + static_cast<int>(kOwnColumns); }
  std::vector<std::string> columns() const;

  bool row(const Item& item, std::span<float> out, std::string& note, const Services& services) const {
    if (item.clip == nullptr) return false;
    note = describe(*item.clip, out, services);
    return note.empty();
  }

 private:
  /// Everything about a clip but its key frames.
  struct Watched {
    std::string reason;
    std::vector<float> distances;
    std::vector<float> motions;
    double seconds = 0.0;
  };

  Watched watch(const Clip& clip, const Services& services) const;
  std::string describe(const Clip& clip, std::span<float> out, const Services& services) const;
  std::vector<std::int64_t> key_frames(std::span<const std::int64_t> starts, std::int64_t frames) const;
  std::string add_frame(const media::Image& image, std::span<float> mean, std::span<float> most, int& count,
                        const Services& services) const;

  Params params_;
  std::unique_ptr<Extractor> frames_;
};

std::vector<std::string> Shots::columns() const {
  auto names = frames_->columns();
  if (names.empty()) {
    for (int c = 0; c < frames_->dim(); ++c) names.push_back(fmt::format("column {}", c));
  }
  std::vector<std::string> out;
  for (const auto* pooled : {"mean of ", "most of "})
    for (const auto& name : names) out.push_back(pooled + name);
  for (const auto* own : {"motion", "deviation of motion", "cuts a minute", "length"}) out.emplace_back(own);
  return out;
}

Shots::Watched Shots::watch(const Clip& clip, const Services& services) const {
  Watched out;
  FrameWatcher watcher;
  media::VideoWalk walk;
  walk.longer_side = kWatchedSide;
  walk.take = [&](const media::VideoFrame& frame) {
    services.cancel.check();
    const auto change = watcher.next(*frame.image);
    out.distances.push_back(change.histogram);
    out.motions.push_back(change.motion);
    out.seconds = frame.seconds;
    return true;
  };
  out.reason = clip.walk(walk);
  if (out.reason.empty() && out.distances.empty()) out.reason = "a clip without frames";
  return out;
}

std::vector<std::int64_t> Shots::key_frames(std::span<const std::int64_t> starts, std::int64_t frames) const {
  const auto shots = static_cast<std::int64_t>(starts.size());
  const auto wanted = std::min<std::int64_t>(shots, params_.max_shots);
  std::vector<std::int64_t> out;
  for (std::int64_t k = 0; k < wanted; ++k) {
    const auto shot = static_cast<std::size_t>((2 * k + 1) * shots / (2 * wanted));
    const auto end = shot + 1 < starts.size() ? starts[shot + 1] : frames;
    out.push_back((starts[shot] + end - 1) / 2);
  }
  return out;
}

/// Adds what the picture extractor says; why it says nothing, or "".
std::string Shots::add_frame(const media::Image& image, std::span<float> mean, std::span<float> most,
                             int& count, const Services& services) const {
  Item item;
  item.image = &image;
  const auto vectors = frames_->transform(std::span(&item, 1), services);
  if (vectors.present.front() == 0)
    return vectors.notes.empty() || vectors.notes.front().empty() ? "no vector" : vectors.notes.front();
  const auto* rows = std::get_if<math::Matrix>(&vectors.rows);
  if (rows == nullptr) return "raw pixels of key frames have no mean that says anything";
  const auto row = rows->row(0);
  for (std::size_t c = 0; c < row.size(); ++c) {
    mean[c] += row[c];
    most[c] = count == 0 ? row[c] : std::max(most[c], row[c]);
  }
  ++count;
  return {};
}

std::string Shots::describe(const Clip& clip, std::span<float> out, const Services& services) const {
  const auto watched = watch(clip, services);
  if (!watched.reason.empty()) return watched.reason;
  const auto frames = static_cast<std::int64_t>(watched.distances.size());
  CutRule rule;
  rule.threshold = params_.threshold;
  rule.min_frames = params_.min_frames;
  const auto starts = shot_starts(watched.distances, rule);
  const auto keys = key_frames(starts, frames);

  const auto dim = static_cast<std::size_t>(frames_->dim());
  const auto mean = out.subspan(0, dim), most = out.subspan(dim, dim), own = out.subspan(2 * dim);
  int described = 0;
  std::string reason;
  media::VideoWalk walk;
  walk.wants = [&](std::int64_t number) { return std::ranges::binary_search(keys, number); };
  walk.take = [&](const media::VideoFrame& frame) {
    services.cancel.check();
    const auto why = add_frame(*frame.image, mean, most, described, services);
    if (!why.empty()) reason = why;
    return frame.number < keys.back();
  };
  auto broken = clip.walk(walk);
  if (!broken.empty()) return broken;
  if (described == 0) return "no key frame has a vector: " + reason;
  for (auto& value : mean) value /= static_cast<float>(described);

  double sum = 0.0, squares = 0.0;
  std::int64_t count = 0;
  for (std::int64_t t = 1; t < frames; ++t) {
    if (std::ranges::binary_search(starts, t)) continue;
    const double motion = watched.motions[static_cast<std::size_t>(t)];
    sum += motion;
    squares += motion * motion;
    ++count;
  }
  const double average = count > 0 ? sum / static_cast<double>(count) : 0.0;
  const double variance =
      count > 0 ? std::max(0.0, squares / static_cast<double>(count) - average * average) : 0.0;
  const double cuts_a_minute = 60.0 * static_cast<double>(starts.size() - 1) / std::max(watched.seconds, 1.0);
  own[0] = static_cast<float>(average);
  own[1] = static_cast<float>(std::sqrt(variance));
  own[2] = static_cast<float>(std::log1p(cuts_a_minute));
  own[3] = static_cast<float>(std::log1p(watched.seconds));
  return {};
}

}  // namespace

void register_video_shots(Registry& registry) {
  registry.add<PerItem<Shots>>(
      "video/shots",
      "a clip by its shots: key frames by any picture extractor, mean and maximum; motion and cuts");
}

}  // namespace medley::features
