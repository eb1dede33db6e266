#include "medley/engine/import.h"

#include "medley/core/error.h"
#include "medley/data/quarantine.h"
#include "medley/data/readers/join_ids.h"
#include "medley/data/readers/source.h"

#include <algorithm>

namespace medley::engine {

ImportReport import(const Workspace& workspace, const std::filesystem::path& source,
                    const std::string& format, const Services& services, data::Missing missing) {
  constexpr std::size_t kExamples = 5;
  auto options = workspace.config().import;
  if (!format.empty()) options.format = format;
  data::Store store(workspace.database());
  data::Quarantine quarantine;
  ImportReport report;
  {
    data::Import import(store, source.string(), quarantine);
    data::JoinIds joined(import);
    data::RowSink& sink = options.join_ids == "numeric" ? static_cast<data::RowSink&>(joined) : import;
    data::read_source(source, options, workspace.config().catalog, sink, services);
    report.result = import.commit(missing);
  }
  report.quarantine = workspace.quarantine();
  quarantine.write(report.quarantine);
  report.store = store.counts();
  report.bad_by_reason = quarantine.by_reason();
  const auto& rows = quarantine.rows();
  report.examples.assign(rows.begin(),
                         rows.begin() + static_cast<std::ptrdiff_t>(std::min(rows.size(), kExamples)));
  return report;
}

data::Store open_store(const Workspace& workspace) {
  if (!std::filesystem::exists(workspace.database())) {
    fail(ErrorCode::not_found, "workspace '{}' holds no data yet; `medley import PATH` brings it in",
         workspace.folder().string());
  }
  return data::Store(workspace.database());
}

data::Dataset load_dataset(const Workspace& workspace) {
  auto dataset = open_store(workspace).load();
  dataset.name = std::filesystem::weakly_canonical(workspace.folder()).filename().string();
  return dataset;
}

}  // namespace medley::engine
