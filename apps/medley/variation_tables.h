#pragma once

#include "medley/engine/experiment.h"

#include <nlohmann/json_fwd.hpp>

#include <string>

namespace medley::app {

/// The tables of `--knock-out`, each with its sentences; "" without one.
std::string knock_out_text(const engine::ExperimentResult& result);

/// One object a model that uses content:
///   {"model", "metric", "control": "no content" | "presence only",
///    "rows": [{"name", "of", "change": full | control | removed | noise | shuffled | alone,
///              "mean", "low", "high",
///              "difference": null | {"against": name of a row, "mean", "low", "high"},
///              "place": null | below | within | above}],
///    "verdicts": [{"of", "earns": bool, "sentence"}], "failures": [sentence]}
nlohmann::ordered_json knock_out_json(const engine::ExperimentResult& result);

/// The tables of `--noise` and `--drop`: a column a share, a row a model; "" without one.
std::string curves_text(const engine::ExperimentResult& result);

/// [{"kind": noise | drop, "of", "metric", "points": [{"share", "model", "metric", "mean", "low", "high"}]}],
/// the points model by model, shares rising from 0.
nlohmann::ordered_json curves_json(const engine::ExperimentResult& result);

/// The first failure of the knock-outs and how many more there are; "" where all hold.
std::string knock_out_failures(const engine::ExperimentResult& result);

}  // namespace medley::app
