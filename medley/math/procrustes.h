#pragma once

#include "medley/math/matrix.h"

namespace medley::math {

/// The orthogonal R [d x d] that brings `from` R nearest to `to` by Frobenius (Schoenemann, Psychometrika
/// 1966): U V' of the singular value decomposition of from' to. Both are [n x d]; the identity where from' to
/// is zero, as without rows. Throws `invalid_argument` for unequal shapes. Not inside `parallel_for`.
MatrixF64 orthogonal_procrustes(MatrixView<const float> from, MatrixView<const float> to);

}  // namespace medley::math
