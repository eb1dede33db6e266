#include "medley/math/procrustes.h"

#include "medley/core/error.h"
#include "medley/core/rng.h"

#include "tests/math/matrices.h"
#include <gtest/gtest.h>

#include <cmath>

namespace medley::math {
namespace {

TEST(Procrustes, finds_the_turn_of_a_quarter_by_hand) {
  // (x, y) turned to (-y, x): the row vector times [[0, 1], [-1, 0]].
  Matrix from(3, 2), to(3, 2);
  const float points[3][2] = {{1, 0}, {0, 2}, {3, -1}};
  for (Index i = 0; i < 3; ++i) {
    from(i, 0) = points[i][0];
    from(i, 1) = points[i][1];
    to(i, 0) = -points[i][1];
    to(i, 1) = points[i][0];
  }
  const auto turn = orthogonal_procrustes(from.view(), to.view());
  EXPECT_NEAR(turn(0, 0), 0, 1e-12);
  EXPECT_NEAR(turn(0, 1), 1, 1e-12);
  EXPECT_NEAR(turn(1, 0), -1, 1e-12);
  EXPECT_NEAR(turn(1, 1), 0, 1e-12);
}

TEST(Procrustes, is_orthogonal_and_no_other_rotation_is_nearer) {
  Rng rng(3);
  const auto from = test::random_matrix(40, 2, rng, 1.0), to = test::random_matrix(40, 2, rng, 1.0);
  const auto turn = orthogonal_procrustes(from.view(), to.view());
  EXPECT_NEAR(turn(0, 0) * turn(0, 1) + turn(1, 0) * turn(1, 1), 0, 1e-12);
  EXPECT_NEAR(turn(0, 0) * turn(0, 0) + turn(1, 0) * turn(1, 0), 1, 1e-12);
  const auto distance = [&](double a, double b, double c, double d) {
    double sum = 0;
    for (Index i = 0; i < 40; ++i) {
      const double x = static_cast<double>(from(i, 0)), y = static_cast<double>(from(i, 1));
      sum += std::pow(x * a + y * c - static_cast<double>(to(i, 0)), 2) +
             std::pow(x * b + y * d - static_cast<double>(to(i, 1)), 2);
    }
    return sum;
  };
  const double best = distance(turn(0, 0), turn(0, 1), turn(1, 0), turn(1, 1));
  for (int step = 0; step < 360; ++step) {
    const double angle = step * 3.14159265358979 / 180, c = std::cos(angle), s = std::sin(angle);
    EXPECT_GE(distance(c, s, -s, c), best - 1e-9);
    EXPECT_GE(distance(c, s, s, -c), best - 1e-9);
  }
}

TEST(Procrustes, without_rows_is_the_identity) {
  const auto turn = orthogonal_procrustes(Matrix(0, 3).view(), Matrix(0, 3).view());
  for (Index i = 0; i < 3; ++i)
    for (Index j = 0; j < 3; ++j) EXPECT_EQ(turn(i, j), i == j ? 1 : 0);
}

TEST(Procrustes, refuses_unequal_shapes) {
  EXPECT_THROW(orthogonal_procrustes(Matrix(2, 3).view(), Matrix(2, 2).view()), Error);
  EXPECT_THROW(orthogonal_procrustes(Matrix(2, 3).view(), Matrix(1, 3).view()), Error);
}

}  // namespace
}  // namespace medley::math
