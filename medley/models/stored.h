#pragma once

#include "medley/core/archive.h"
#include "medley/math/csr.h"

#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace medley::models {

/// A constant array of a fitted or loaded model, together with whatever keeps it alive: its own vector, a
/// shared object, or the mapped file. Copies are cheap and show the same numbers.
template <class T>
class Stored {
 public:
  Stored() = default;
  explicit Stored(std::vector<T> values) {
    auto owner = std::make_shared<const std::vector<T>>(std::move(values));
    view_ = *owner;
    owner_ = std::move(owner);
  }
  /// `values` lives as long as `owner`.
  Stored(std::span<const T> values, std::shared_ptr<const void> owner)
      : owner_(std::move(owner)), view_(values) {}

  /// The array `name` of `in`, mapped. Throws `corrupt_data` unless it has `count` elements.
  static Stored mapped(const ArchiveReader& in, std::string_view name, std::size_t count) {
    auto owner = std::make_shared<const ArchiveReader>(in);
    const auto values = owner->get<T>(name, count);
    return {values, std::move(owner)};
  }
  static Stored mapped(const ArchiveReader& in, std::string_view name) {
    return mapped(in, name, in.get<T>(name).size());
  }

  std::span<const T> view() const { return view_; }
  std::size_t size() const { return view_.size(); }
  bool empty() const { return view_.empty(); }
  const T& operator[](std::size_t i) const { return view_[i]; }

 private:
  std::shared_ptr<const void> owner_;
  std::span<const T> view_;
};

/// A sparse matrix of a fitted or loaded model.
class StoredCsr {
 public:
  StoredCsr() = default;
  explicit StoredCsr(math::Csr matrix);
  /// `matrix` lives as long as `owner`.
  StoredCsr(const math::CsrView& matrix, std::shared_ptr<const void> owner);

  const math::CsrView& view() const { return view_; }

  void save(ArchiveWriter& out, std::string_view name) const;
  /// Maps what `save` wrote and checks every index; throws `corrupt_data`.
  static StoredCsr load(const ArchiveReader& in, std::string_view name);

 private:
  std::shared_ptr<const void> owner_;
  math::CsrView view_;
};

}  // namespace medley::models
