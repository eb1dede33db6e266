#include "medley/models/stored.h"

#include <array>

namespace medley::models {

StoredCsr::StoredCsr(math::Csr matrix) {
  auto owner = std::make_shared<const math::Csr>(std::move(matrix));
  view_ = owner->view();
  owner_ = std::move(owner);
}

StoredCsr::StoredCsr(const math::CsrView& matrix, std::shared_ptr<const void> owner)
    : owner_(std::move(owner)), view_(matrix) {}

void StoredCsr::save(ArchiveWriter& out, std::string_view name) const {
  const std::array<std::int64_t, 2> shape{view_.rows, view_.cols};
  out.enter(name);
  out.put("shape", std::span<const std::int64_t>(shape));
  out.put("indptr", view_.indptr);
  out.put("indices", view_.indices);
  out.put("values", view_.values, Verify::on_request);
  out.leave();
}

StoredCsr StoredCsr::load(const ArchiveReader& in, std::string_view name) {
  const auto arrays = std::make_shared<const ArchiveReader>(in.inside(name));
  const auto shape = arrays->get<std::int64_t>("shape", 2);
  const math::CsrView view{shape[0], shape[1], arrays->get<std::int64_t>("indptr"),
                           arrays->get<std::int32_t>("indices"), arrays->get<float>("values")};
  math::check_csr(view, fmt::format("'{}': {}", in.path().string(), name).c_str());
  return {view, arrays};
}

}  // namespace medley::models
