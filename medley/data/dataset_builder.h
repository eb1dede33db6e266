#pragma once

#include "medley/core/services.h"
#include "medley/data/dataset.h"
#include "medley/data/quarantine.h"
#include "medley/data/readers/source.h"

#include <filesystem>
#include <map>
#include <string>

namespace medley::data {

/// Builds a dataset in memory from the rows of a reader: ids numbered in order of first appearance, events in
/// file order, labels kept only if every event has one. Bad rows go to `quarantine`, which outlives it.
class DatasetBuilder final : public RowSink {
 public:
  explicit DatasetBuilder(Quarantine& quarantine) : quarantine_(quarantine) {}

  void event(const EventRow& row) override;
  void item(const ItemRow& row) override;
  void bad(const BadRow& row) override { quarantine_.add(row); }

  /// The dataset; the builder is empty afterwards.
  Dataset finish();

 private:
  std::int32_t kind(std::string_view name);

  Quarantine& quarantine_;
  Dataset dataset_;
  std::map<std::string, std::int32_t, std::less<>> kinds_;
  bool all_labelled_ = true;
};

/// Reads a benchmark folder or file of `format` ("" = found), and for MMRec the `*_feat.npy` beside it: row r
/// holds the vector of the item whose id is the number r, all-zero rows count as absent, and the part of the
/// file's name before `_feat` names the feature and its modality. The folder names the dataset.
/// Throws as `read_source`, and `corrupt_data` for vectors with fewer rows than the items need.
Dataset load_benchmark(const std::filesystem::path& path, const std::string& format, const Services& services,
                       Quarantine& quarantine);

}  // namespace medley::data
