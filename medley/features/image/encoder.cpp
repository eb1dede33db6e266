#include "medley/features/encoder.h"

#include "medley/core/error.h"
#include "medley/features/batched.h"
#include "medley/features/registry.h"
#include "medley/media/image/antialias.h"

#include <algorithm>
#include <cmath>

namespace medley::features {
namespace {

using math::Index;

/// A picture by a pretrained network. It is prepared as torchvision's Resize and CenterCrop do, on Pillow's
/// bytes.
class ImageEncoder final : public Extractor, public Batched {
 public:
  struct Params {
    EncoderParams encoder;
    int size = 224;
    int resize = 256;
    std::vector<double> mean{0.485, 0.456, 0.406};
    std::vector<double> std{0.229, 0.224, 0.225};
    double scale = 255.0;
    std::string layout = "NCHW";

    void fields(FieldVisitor& v) {
      encoder.fields(v);
      v.field("size", size, {1, 2048}, "side of the square that the network sees, in pixels");
      v.field("resize", resize, {0, 4096},
              "the shorter side is brought to it and the middle cut out; 0: the picture is pressed into the "
              "square");
      v.field("scale", scale, {1e-6, 1e6}, "values from 0 to 255 are divided by it first");
      v.field("mean", mean, {-1e6, 1e6}, "then taken away, a channel (red+green+blue) or one for all");
      v.field("std", std, {1e-6, 1e6}, "then divided by, in the same way");
      v.field("layout", layout, {"NCHW", "NHWC"},
              "order of the network's input: channels first (PyTorch) or last");
    }
  };

  explicit ImageEncoder(const Params& params)
      : encoder_(params.encoder, picture_input(params)), size_(params.size), resize_(params.resize) {
    require(resize_ == 0 || resize_ >= size_,
            "resize = {} is less than size = {}: there is no such square in it", resize_, size_);
  }

  Reads reads() const override { return Reads::image; }
  bool fitted() const override { return false; }
  int version() const override { return 1; }
  int dim() const override { return encoder_.dim(); }
  std::vector<std::string> columns() const override { return {}; }

  Vectors transform(std::span<const Item> items, const Services& services) const override {
    std::vector<std::vector<std::uint8_t>> squares(items.size());
    std::vector<std::string> notes(items.size());
    parallel_for(services.pool, static_cast<std::int64_t>(items.size()), 1,
                 [&](std::int64_t i, std::int64_t) {
                   services.cancel.check();
                   const auto at = static_cast<std::size_t>(i);
                   squares[at] = prepare(items[at], notes[at]);
                 });
    auto out = rows(squares, services);
    for (std::size_t i = 0; i < items.size(); ++i)
      if (squares[i].empty()) out.notes[i] = std::move(notes[i]);
    return out;
  }

  std::vector<std::uint8_t> prepare(const Item& item, std::string& note) const override {
    if (item.image == nullptr) return {};
    if (item.image->width < 1 || item.image->height < 1) {
      note = "a picture without pixels";
      return {};
    }
    return square_of(*item.image).rgb;
  }

  Vectors rows(std::span<const std::vector<std::uint8_t>> prepared, const Services& services) const override {
    math::Matrix rows(static_cast<Index>(prepared.size()), dim());
    Vectors out{{}, std::vector<std::uint8_t>(prepared.size()), std::vector<std::string>(prepared.size())};
    std::vector<std::size_t> shown;
    for (std::size_t i = 0; i < prepared.size(); ++i)
      if (!prepared[i].empty()) shown.push_back(i);
    const auto batch = static_cast<std::size_t>(encoder_.batch());
    std::vector<std::uint8_t> pixels;
    for (std::size_t begin = 0; begin < shown.size(); begin += batch) {
      services.cancel.check();
      const auto part = std::span(shown).subspan(begin, std::min(batch, shown.size() - begin));
      pixels.clear();
      for (const auto item : part) pixels.insert(pixels.end(), prepared[item].begin(), prepared[item].end());
      pixels.resize(static_cast<std::size_t>(encoder_.batch_rows(part.size())) * pixels_of_one());
      run(pixels, part, rows, out, services);
    }
    out.rows = std::move(rows);
    return out;
  }

 private:
  static encode::PictureInput picture_input(const Params& params) {
    encode::PictureInput out;
    out.channels_first = params.layout == "NCHW";
    for (const auto* list : {&params.mean, &params.std}) {
      require(list->size() == 1 || list->size() == 3,
              "{} must be one number or three (red+green+blue), got {}",
              list == &params.mean ? "mean" : "std", list->size());
    }
    for (std::size_t c = 0; c < 3; ++c) {
      out.mean[c] = static_cast<float>(params.scale * params.mean[params.mean.size() == 1 ? 0 : c]);
      out.deviation[c] = static_cast<float>(params.scale * params.std[params.std.size() == 1 ? 0 : c]);
    }
    return out;
  }

  std::size_t pixels_of_one() const {
    return std::size_t{3} * static_cast<std::size_t>(size_) * static_cast<std::size_t>(size_);
  }

  media::Image square_of(const media::Image& image) const {
    if (resize_ == 0) return media::resize_antialiased(image, size_, size_, {0, 0, size_, size_});
    const int shorter = std::min(image.width, image.height);
    const auto side = [&](int length) {
      // A line of millions of pixels would become longer than a number holds; its middle looks the same.
      return static_cast<int>(std::min(std::int64_t{resize_} * length / shorter, std::int64_t{1} << 30));
    };
    const int width = side(image.width), height = side(image.height);
    // A half goes to the even side, as in Python.
    const auto middle = [&](int length) { return static_cast<int>(std::nearbyint((length - size_) / 2.0)); };
    return media::resize_antialiased(image, width, height, {middle(width), middle(height), size_, size_});
  }

  void run(const std::vector<std::uint8_t>& pixels, std::span<const std::size_t> items, math::Matrix& rows,
           Vectors& out, const Services& services) const {
    const auto& ports = encoder_.network().inputs();
    const auto n = encoder_.batch_rows(items.size());
    const encode::Input input{
        ports.front().name, {n, size_, size_, 3}, std::span<const std::uint8_t>(pixels)};
    const auto made = encoder_.rows(std::span(&input, 1), {}, services);
    for (std::size_t i = 0; i < items.size(); ++i) {
      const auto item = items[i];
      const auto at = static_cast<Index>(item);
      out.present[item] =
          encoder_.take(made.row(static_cast<Index>(i)), rows.row(at), out.notes[item]) ? 1 : 0;
    }
  }

  Encoder encoder_;
  int size_;
  int resize_;
};

}  // namespace

void register_image_encoder(Registry& registry) {
  registry.add<ImageEncoder>("image/encoder", "pictures by a pretrained network; none without a picture");
}

}  // namespace medley::features
