#include "medley/engine/trained_model.h"

#include "medley/core/archive.h"
#include "medley/core/error.h"
#include "medley/core/file.h"

#include <algorithm>
#include <system_error>

namespace medley::engine {
namespace {

constexpr const char* kArchiveKind = "model";
constexpr const char* kPipeline = "pipeline";

std::filesystem::path stale_mark(std::filesystem::path path) {
  return path.replace_extension(".stale");
}

ArchiveReader open(const std::filesystem::path& path) {
  if (std::filesystem::exists(stale_mark(path))) {
    fail(ErrorCode::not_found,
         "the model '{}' was fitted with events of a user who has been forgotten since; `medley train` fits "
         "it again",
         path.string());
  }
  if (!std::filesystem::exists(path)) {
    fail(ErrorCode::not_found, "there is no model '{}'; `medley train` makes one", path.string());
  }
  return {path, kArchiveKind};
}

}  // namespace

void TrainedModel::save(const std::filesystem::path& path, const std::string& plugin, const ParamMap& params,
                        const std::vector<std::string>& items, const std::vector<std::int32_t>& counts,
                        const models::Recommender& model, const Pipeline& pipeline) {
  ArchiveWriter out(path, kArchiveKind);
  out.put_text("plugin", plugin);
  std::vector<std::string> keys;
  std::vector<std::string> values;
  for (const auto& [key, value] : params) {
    keys.push_back(key);
    values.push_back(value);
  }
  out.put_texts("params.keys", keys);
  out.put_texts("params.values", values);
  out.put_texts("items", items);
  out.put("items.users", counts);
  out.enter("model");
  model.save(out);
  out.leave();
  if (!pipeline.empty()) {
    out.enter(kPipeline);
    pipeline.save(out);
    out.leave();
  }
  out.commit();
  std::error_code error;
  std::filesystem::remove(stale_mark(path), error);
  if (error) fail(ErrorCode::io, "cannot remove '{}': {}", stale_mark(path).string(), error.message());
}

void TrainedModel::mark_stale(const std::filesystem::path& path) {
  write_file(stale_mark(path), "fitted with events of a user who has been forgotten since\n");
}

TrainedModel::TrainedModel(const std::filesystem::path& path, const models::Registry& registry)
    : file_(open(path)) {
  const auto& in = file_;
  plugin_ = in.get_text("plugin");
  const auto keys = in.get_texts("params.keys");
  const auto values = in.get_texts("params.values");
  if (keys.size() != values.size())
    fail(ErrorCode::corrupt_data, "'{}': its parameters do not fit together", path.string());
  for (std::size_t i = 0; i < keys.size(); ++i) params_[keys[i]] = values[i];
  for (const auto& id : in.get_texts("items")) items_.add(id);
  const auto counts = in.get<std::int32_t>("items.users", static_cast<std::size_t>(items_.size()));
  counts_.assign(counts.begin(), counts.end());
  model_ = registry.make(plugin_, params_);
  model_->load(in.inside("model"));
  // A model refuses places for scores that are not as many as its items, also when nobody asks.
  ThreadPool alone(1);
  try {
    model_->score({}, {nullptr, 0, items_.size()}, alone);
  } catch (const Error& error) {
    fail(ErrorCode::corrupt_data, "'{}': the model does not fit its {} items: {}", path.string(),
         items_.size(), error.what());
  }
}

Pipeline TrainedModel::pipeline(const features::Registry& extractors) const {
  const auto in = file_.inside(kPipeline);
  return in.contains("features") ? Pipeline::load(in, extractors) : Pipeline();
}

std::vector<data::ItemId> TrainedModel::rows_of(const std::vector<std::string>& ids) const {
  std::vector<data::ItemId> out;
  for (const auto& id : ids) {
    if (const auto row = items_.find(id)) out.push_back(*row);
  }
  std::sort(out.begin(), out.end());
  out.erase(std::unique(out.begin(), out.end()), out.end());
  return out;
}

std::vector<float> TrainedModel::score(const std::string& user, const std::vector<data::ItemId>& history,
                                       ThreadPool& pool) const {
  std::vector<float> out(static_cast<std::size_t>(items_.size()));
  const models::Query query{user, history};
  model_->score(std::span(&query, 1), {out.data(), 1, items_.size()}, pool);
  return out;
}

}  // namespace medley::engine
