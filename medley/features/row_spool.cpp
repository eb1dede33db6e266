#include "medley/features/row_spool.h"

#include <algorithm>
#include <span>

namespace medley::features {

void RowSpool::add(const math::CsrView& block) {
  cols_ = block.cols;
  const auto before = indptr_.back();
  for (math::Index i = 1; i <= block.rows; ++i)
    indptr_.push_back(before + block.indptr[static_cast<std::size_t>(i)]);
  indices_.write(block.indices);
  values_.write(block.values);
}

math::Csr RowSpool::read(math::Index first, math::Index rows, std::int64_t numbers) const {
  const auto begin = indptr_.begin() + first;
  const auto stop = indptr_.begin() + std::min(first + rows, this->rows()) + 1;
  const auto last = std::upper_bound(begin + 1, stop, *begin + numbers) - 1;
  const auto end = std::max(last, begin + 1);
  math::Csr out;
  out.rows = end - begin;
  out.cols = cols_;
  out.indptr.clear();
  for (auto at = begin; at <= end; ++at) out.indptr.push_back(*at - *begin);
  out.indices.resize(static_cast<std::size_t>(*end - *begin));
  out.values.resize(out.indices.size());
  const auto from = static_cast<std::uint64_t>(*begin);
  indices_.read(from * sizeof(std::int32_t), std::span(out.indices));
  values_.read(from * sizeof(float), std::span(out.values));
  return out;
}

void RowSpool::for_each(const std::function<void(const math::CsrView& block, math::Index first)>& use) const {
  constexpr math::Index kRows = 8192;
  constexpr std::int64_t kNumbers = 1'000'000;
  for (math::Index first = 0; first < rows();) {
    const auto block = read(first, kRows, kNumbers);
    use(block.view(), first);
    first += block.rows;
  }
}

math::Csr RowSpool::whole() const {
  if (rows() > 0) return read(0, rows(), indptr_.back());
  math::Csr out;
  out.cols = cols_;
  return out;
}

}  // namespace medley::features
