#pragma once

#include "medley/engine/pipeline.h"

#include <string>
#include <vector>

namespace medley::app {

/// Reads a JSON object, or an array of them, each an item that is not in the catalogue: its fields by the
/// names of the catalogue's columns (a text, a text or a list of texts for categories, a number), beside
/// "image", the path of a picture relative to the file, and "id" (default: "new 1", "new 2", ...). null is as
/// good as absent. Throws `not_found`, and `invalid_argument` naming the file and the field.
std::vector<engine::NewItem> read_new_items(const std::string& path, const engine::Pipeline& pipeline);

}  // namespace medley::app
