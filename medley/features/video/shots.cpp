#include "medley/core/spec.h"
#include "medley/features/per_item.h"
#include "medley/features/registry.h"
#include "medley/features/video/clip_shots.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <functional>
#include <memory>

namespace medley::features {
namespace {

constexpr int kOwnVersion = 2;
constexpr std::array<const char*, 4> kOwnColumns{"motion", "deviation of motion", "cuts a minute", "length"};

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
  int dim() const { return 2 * frames_->dim() + static_cast<int>(kOwnColumns.size()); }
  std::vector<std::string> columns() const;

  bool row(const Item& item, std::span<float> out, std::string& note, const Services& services) const {
    if (item.clip == nullptr) return false;
    note = describe(*item.clip, out, services);
    return note.empty();
  }

  /// The key frames, named by second and shot, and the own columns. A frame has its part of the mean, and of
  /// the maximum the columns that no frame before it reaches.
  std::vector<RowPart> parts(const Item& item, std::span<const float> origin,
                             std::span<const float> direction, const Services& services) const;

 private:
  /// What the picture extractor gave for a key frame; valid during the call.
  struct Described {
    std::size_t shot;
    double seconds;
    std::span<const float> row;
  };
  using Take = std::function<void(const Described&)>;

  ClipShots shots_of(const Clip& clip, const Services& services) const;
  std::string describe(const Clip& clip, std::span<float> out, const Services& services) const;
  std::string describe_key_frames(const Clip& clip, const ClipShots& shots, const Services& services,
                                  const Take& take) const;

  Params params_;
  std::unique_ptr<Extractor> frames_;
};

std::array<float, kOwnColumns.size()> own_columns(const ClipShots& shots) {
  const double cuts_a_minute =
      60.0 * static_cast<double>(shots.starts.size() - 1) / std::max(shots.seconds, 1.0);
  return {static_cast<float>(shots.motion), static_cast<float>(shots.motion_deviation),
          static_cast<float>(std::log1p(cuts_a_minute)), static_cast<float>(std::log1p(shots.seconds))};
}

/// "frame at 0:03.2 in shot 2"
std::string frame_name(double seconds, std::size_t shot) {
  const auto tenths = std::llround(seconds * 10.0);
  return fmt::format("frame at {}:{:02}.{} in shot {}", tenths / 600, tenths / 10 % 60, tenths % 10,
                     shot + 1);
}

std::vector<std::string> Shots::columns() const {
  auto names = frames_->columns();
  if (names.empty()) {
    for (int c = 0; c < frames_->dim(); ++c) names.push_back(fmt::format("column {}", c));
  }
  std::vector<std::string> out;
  for (const auto* pooled : {"mean of ", "most of "})
    for (const auto& name : names) out.push_back(pooled + name);
  out.insert(out.end(), kOwnColumns.begin(), kOwnColumns.end());
  return out;
}

ClipShots Shots::shots_of(const Clip& clip, const Services& services) const {
  CutRule rule;
  rule.threshold = params_.threshold;
  rule.min_frames = params_.min_frames;
  return clip_shots(clip, rule, services);
}

/// Hands out the key frames that have a vector, in their order; why the clip has none, or "".
std::string Shots::describe_key_frames(const Clip& clip, const ClipShots& shots, const Services& services,
                                       const Take& take) const {
  const auto keys = key_frames(shots, params_.max_shots);
  const auto key = [&](std::int64_t number) {
    return std::ranges::lower_bound(keys, number, {}, &KeyFrame::number);
  };
  std::string reason;
  bool any = false;
  media::VideoWalk walk;
  walk.wants = [&](std::int64_t number) {
    const auto at = key(number);
    return at != keys.end() && at->number == number;
  };
  walk.take = [&](const media::VideoFrame& frame) {
    services.cancel.check();
    Item item;
    item.image = frame.image;
    const auto vectors = frames_->transform(std::span(&item, 1), services);
    const auto* rows = std::get_if<math::Matrix>(&vectors.rows);
    if (vectors.present.front() == 0) {
      const bool told = !vectors.notes.empty() && !vectors.notes.front().empty();
      reason = told ? vectors.notes.front() : "no vector";
    } else if (rows == nullptr) {
      reason = "raw pixels of key frames have no mean that says anything";
    } else {
      take({key(frame.number)->shot, frame.seconds, rows->row(0)});
      any = true;
    }
    return frame.number < keys.back().number;
  };
  auto broken = clip.walk(walk);
  if (!broken.empty()) return broken;
  return any ? "" : "no key frame has a vector: " + reason;
}

std::string Shots::describe(const Clip& clip, std::span<float> out, const Services& services) const {
  const auto shots = shots_of(clip, services);
  if (!shots.reason.empty()) return shots.reason;
  const auto dim = static_cast<std::size_t>(frames_->dim());
  const auto mean = out.subspan(0, dim), most = out.subspan(dim, dim);
  int described = 0;
  auto reason = describe_key_frames(clip, shots, services, [&](const Described& frame) {
    for (std::size_t c = 0; c < dim; ++c) {
      mean[c] += frame.row[c];
      most[c] = described == 0 ? frame.row[c] : std::max(most[c], frame.row[c]);
    }
    ++described;
  });
  if (!reason.empty()) return reason;
  for (auto& value : mean) value /= static_cast<float>(described);
  std::ranges::copy(own_columns(shots), out.subspan(2 * dim).begin());
  return {};
}

std::vector<RowPart> Shots::parts(const Item& item, std::span<const float> origin,
                                  std::span<const float> direction, const Services& services) const {
  if (item.clip == nullptr) return {};
  const auto shots = shots_of(*item.clip, services);
  if (!shots.reason.empty()) return {};
  const auto dim = static_cast<std::size_t>(frames_->dim());
  const auto product = [&](std::size_t column, float value) {
    return (static_cast<double>(value) - static_cast<double>(origin[column])) *
           static_cast<double>(direction[column]);
  };
  std::vector<RowPart> out;
  std::vector<float> most(dim);
  std::vector<std::size_t> reached_by(dim);  // the frame of the maximum
  const auto reason = describe_key_frames(*item.clip, shots, services, [&](const Described& frame) {
    double sum = 0.0;
    for (std::size_t c = 0; c < dim; ++c) {
      sum += product(c, frame.row[c]);
      if (!out.empty() && frame.row[c] <= most[c]) continue;
      most[c] = frame.row[c];
      reached_by[c] = out.size();
    }
    out.push_back({frame_name(frame.seconds, frame.shot), sum, true});
  });
  if (!reason.empty()) return {};
  for (auto& part : out) part.value /= static_cast<double>(out.size());
  for (std::size_t c = 0; c < dim; ++c) out[reached_by[c]].value += product(dim + c, most[c]);
  const auto own = own_columns(shots);
  for (std::size_t c = 0; c < own.size(); ++c)
    out.push_back({kOwnColumns[c], product(2 * dim + c, own[c]), false});
  return out;
}

}  // namespace

void register_video_shots(Registry& registry) {
  registry.add<PerItem<Shots>>(
      "video/shots",
      "a clip by its shots: key frames by any picture extractor, mean and maximum; motion and cuts");
}

}  // namespace medley::features
