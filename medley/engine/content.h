#pragma once

#include "medley/core/services.h"
#include "medley/data/feature_table.h"
#include "medley/data/item_vectors.h"
#include "medley/fusion/registry.h"
#include "medley/models/recommender.h"

#include <memory>
#include <span>
#include <string>
#include <vector>

namespace medley::engine {

/// The features of one set of items.
using Tables = std::vector<std::shared_ptr<const data::FeatureTable>>;

/// True when `wanted` is the table's name, its modality or its extractor.
bool is_called(const data::FeatureTable& table, const std::string& wanted);

/// The tables that `names` call, in that order (a modality calls all of its tables); all for no names, none
/// for {"none"}. Throws `not_found` with what there is for a name that calls nothing, `invalid_argument` for
/// a table called twice.
Tables select_tables(const Tables& tables, const std::vector<std::string>& names);

/// The tables that no entry of `names` calls. Throws `not_found` for a name that calls nothing.
Tables without_tables(const Tables& tables, const std::vector<std::string>& names);

/// The tables that a model is given where it is asked about items never seen: tags are written after an
/// item's release, so a table made of them stays only where `names` holds its own name.
Tables without_unnamed_tags(const Tables& tables, const std::vector<std::string>& names);

/// What a model is given of the content: nothing, each table centred and at unit length, or their fusion.
std::shared_ptr<const data::ItemVectors> make_vectors(const models::ContentUse& use, const Tables& tables,
                                                      const fusion::Registry& fusions,
                                                      const Services& services);

/// A table with one 0/1 column for each modality of `tables` (present or not), itself present for every item.
/// Shows what presence alone, a leak of popularity, is worth.
std::shared_ptr<const data::FeatureTable> presence_table(const Tables& tables, std::int32_t items);

}  // namespace medley::engine
