#pragma once

#include "medley/core/params.h"
#include "medley/data/interactions.h"
#include "medley/data/readers/source.h"

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

namespace medley::engine {

/// One `[features.NAME]` section.
struct FeatureConfig {
  std::string name;
  std::string extractor;            ///< plugin; "" where `file` gives the vectors
  std::string modality;             ///< what `--by`, `--without` and `has:` may call it, beside its name
  std::vector<std::string> fields;  ///< columns of the catalogue, in order
  std::string file;                 ///< vectors made elsewhere: a .npy beside which .ids may stand
  ParamMap params;
};

/// What medley.toml says; every key has a default.
struct Config {
  data::ImportOptions import;
  data::CatalogOptions catalog;
  data::KindWeights weights = data::default_kind_weights();
  std::optional<double> min_value;  ///< events below it do not count
  std::vector<FeatureConfig> features;
  std::string model = "graph_filter";  ///< spec that `train` fits
  std::int64_t max_pixels = 50'000'000;
  double max_seconds = 600.0;  ///< of a sound or a clip that are read
  std::int64_t threads = 0;    ///< 0: one a core
};

/// Reads a configuration. Throws `invalid_argument` with file, line and value; an unknown key names the
/// nearest one.
Config read_config(const std::filesystem::path& path);
Config parse_config(std::string_view toml, const std::string& path);

/// A medley.toml with every key and its default as comments; it reads as the default configuration.
std::string config_template();

}  // namespace medley::engine
