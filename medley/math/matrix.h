#pragma once

#include <cassert>
#include <cstddef>
#include <cstdint>
#include <span>
#include <type_traits>
#include <vector>

namespace medley::math {

using Index = std::int64_t;

/// A place in a container of the standard library, which counts without a sign.
constexpr std::size_t at(Index i) {
  return static_cast<std::size_t>(i);
}

/// A row-major block of numbers that somebody else owns; row i starts at `data + i * stride`.
template <class T>
class MatrixView {
 public:
  MatrixView() = default;
  MatrixView(T* data, Index rows, Index cols, Index stride)
      : data_(data), rows_(rows), cols_(cols), stride_(stride) {}
  MatrixView(T* data, Index rows, Index cols) : MatrixView(data, rows, cols, cols) {}

  /// A view of mutable numbers is also a view of constant ones.
  operator MatrixView<const T>() const  // NOLINT(google-explicit-constructor)
    requires(!std::is_const_v<T>)
  {
    return {data_, rows_, cols_, stride_};
  }

  T* data() const { return data_; }
  Index rows() const { return rows_; }
  Index cols() const { return cols_; }
  Index stride() const { return stride_; }
  bool empty() const { return rows_ == 0 || cols_ == 0; }

  T& operator()(Index row, Index col) const {
    assert(0 <= row && row < rows_ && 0 <= col && col < cols_);
    return data_[row * stride_ + col];
  }
  std::span<T> row(Index i) const { return {data_ + i * stride_, static_cast<std::size_t>(cols_)}; }
  MatrixView block(Index first_row, Index count) const {
    return {data_ + first_row * stride_, count, cols_, stride_};
  }

 private:
  T* data_ = nullptr;
  Index rows_ = 0;
  Index cols_ = 0;
  Index stride_ = 0;
};

/// An owned row-major matrix, zero at first.
template <class T>
class BasicMatrix {
 public:
  BasicMatrix() = default;
  BasicMatrix(Index rows, Index cols)
      : values_(static_cast<std::size_t>(rows * cols)), rows_(rows), cols_(cols) {}

  T* data() { return values_.data(); }
  const T* data() const { return values_.data(); }
  Index rows() const { return rows_; }
  Index cols() const { return cols_; }

  T& operator()(Index row, Index col) { return values_[static_cast<std::size_t>(row * cols_ + col)]; }
  const T& operator()(Index row, Index col) const {
    return values_[static_cast<std::size_t>(row * cols_ + col)];
  }
  std::span<T> row(Index i) { return {values_.data() + i * cols_, static_cast<std::size_t>(cols_)}; }
  std::span<const T> row(Index i) const {
    return {values_.data() + i * cols_, static_cast<std::size_t>(cols_)};
  }

  MatrixView<T> view() { return {values_.data(), rows_, cols_}; }
  MatrixView<const T> view() const { return {values_.data(), rows_, cols_}; }

 private:
  std::vector<T> values_;
  Index rows_ = 0;
  Index cols_ = 0;
};

using Matrix = BasicMatrix<float>;
using MatrixF64 = BasicMatrix<double>;

}  // namespace medley::math
