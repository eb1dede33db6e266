#pragma once

namespace medley::features {

/// The side of the square that descriptors look at.
inline constexpr int kSide = 128;

/// What they take of a picture that is reduced while it is decoded. Mean cosine between rows of the reduced
/// and of the whole picture, on 211 crops of wallpapers (1000 x 700 to 2000 x 1400), and in brackets between
/// rows of the same 128 x 128 pixels rounded to bytes in two ways, by `bench/reduced.py build FOLDER`:
///
///                    color            hog              lbp              affect/image
///     256            .9989 (.9987)    .9929 (.9798)    .9993 (.9978)    1.0000 (1.0000)
///     128            .9988 (.9987)    .9835 (.9798)    .9971 (.9978)    1.0000 (1.0000)
///
/// At 256 none is changed more than by rounding; at 128 LBP is. Colour, HOG and LBP together are then made
/// 1.8 times as fast at 1000 x 700, 1.9 at 1000 x 1500 and 3.9 at 2000 x 1400. Pictures of 300 pixels come
/// whole either way.
inline constexpr int kReducedSide = 2 * kSide;

}  // namespace medley::features
