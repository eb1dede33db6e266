#include "medley/data/writers/log_facts.h"

#include <algorithm>

namespace medley::data {
namespace {

constexpr std::int64_t kStep = 4096;  // events between two looks at the clock and at Ctrl-C

}  // namespace

LogFacts facts_of(const ExportInput& input, const Services& services) {
  LogFacts out;
  const auto& kinds = input.dataset.log.kinds;
  services.progress.begin("look at the events", 0);
  input.events([&](const Event& event, std::optional<Part> label) {
    if (out.events++ % kStep == 0) services.cancel.check();
    out.without_time += event.time == kNoTime ? 1 : 0;
    out.labelled += label ? 1 : 0;
    out.several_kinds |= kinds[static_cast<std::size_t>(event.kind)] != "event";
  });
  return out;
}

void each_event(const ExportInput& input, std::int64_t total, const Services& services,
                const EventSink& sink) {
  services.progress.begin("export events", total);
  std::int64_t done = 0;
  input.events([&](const Event& event, std::optional<Part> label) {
    if (done % kStep == 0) {
      services.cancel.check();
      services.progress.at(done);
    }
    sink(event, label);
    ++done;
  });
}

bool all_timed(const Interactions& pairs) {
  return std::ranges::none_of(pairs.by_user.time, [](std::int64_t time) { return time == kNoTime; });
}

}  // namespace medley::data
