#pragma once

#include "medley/core/services.h"

#include <chrono>
#include <cstdio>
#include <string>

namespace medley::app {

/// A bar on the last line of a terminal, drawn at most ten times a second; nothing where `stream` is no
/// terminal.
class TerminalProgress final : public Progress {
 public:
  explicit TerminalProgress(std::FILE* stream);
  ~TerminalProgress() override;

  void begin(std::string_view task, std::int64_t total) override;
  void at(std::int64_t done) override;
  void end() override;

 private:
  void draw(std::int64_t done);

  std::FILE* stream_;
  bool shown_;
  bool drawn_ = false;
  std::string task_;
  std::int64_t total_ = 0;
  std::chrono::steady_clock::time_point begun_;
  std::chrono::steady_clock::time_point last_;
};

/// The bar as text, `width` columns: "extract color  [#####.....]  50 %  120/240  00:03".
std::string progress_line(std::string_view task, std::int64_t done, std::int64_t total, double seconds,
                          int width);

}  // namespace medley::app
