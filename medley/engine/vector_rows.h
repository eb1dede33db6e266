#pragma once

#include "medley/core/services.h"
#include "medley/data/feature_table.h"
#include "medley/engine/row_cache.h"
#include "medley/features/extractor.h"

#include <cstddef>

namespace medley::engine {

/// Rows of zeros of what the extractor gives, [items x dim]; it is asked for none, which tells the type.
/// Throws `internal` for one whose rows are sparse.
data::FeatureRows empty_rows(const features::Extractor& extractor, std::size_t items,
                             const Services& services);

/// Row i as a cache keeps it: its values or bytes, or why it is absent ("no vector" where nothing was said).
/// The rows are not sparse.
CachedRow cached_row(const features::Vectors& vectors, std::size_t i);

/// Puts a row that is there into row `at`. False, and nothing is put, where it is of another length or type.
bool put_row(const CachedRow& from, data::FeatureRows& to, math::Index at);

/// Why a row that a cache holds is not put where `put_row` says false.
inline constexpr const char* kForeignRow =
    "the row that was kept is of another length; remove the folder cache";

}  // namespace medley::engine
