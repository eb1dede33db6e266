#pragma once

#include "medley/data/dataset.h"
#include "medley/engine/recommend.h"

#include "apps/medley/session.h"

#include <string>

namespace medley::app {

/// Prints a list of items with scores, reasons and sentences, as a table or as JSON.
void print_answer(const Session& session, const engine::RecommendAnswer& answer,
                  const data::Dataset& dataset);

/// The ids in a file, one a line; blank lines are left out. Throws `not_found`, `io`.
std::vector<std::string> read_ids(const std::string& path);

/// Cuts "a,b,c" into ids; spaces stay, since they may belong to an id.
std::vector<std::string> ids_in(const std::string& list);

}  // namespace medley::app
