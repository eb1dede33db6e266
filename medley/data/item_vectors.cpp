#include "medley/data/item_vectors.h"

namespace medley::data {

math::CenteredRows ItemVectors::Block::rows() const {
  math::CenteredRows rows;
  if (table->is_sparse()) {
    rows.sparse = table->sparse().view();
  } else {
    rows.dense = table->dense().view();
  }
  rows.mean = centering.mean;
  rows.scale = centering.scale;
  return rows;
}

}  // namespace medley::data
