#pragma once

#include "medley/core/thread_pool.h"

#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <string_view>

namespace medley {

/// Where a library reports progress. Implementations are called from one thread at a time.
class Progress {
 public:
  virtual ~Progress() = default;
  /// A task of `total` steps begins; it ends the one before. 0: length unknown.
  virtual void begin(std::string_view task, std::int64_t total) = 0;
  /// `done` steps of the task are finished.
  virtual void at(std::int64_t done) = 0;
  virtual void end() = 0;
};

class NoProgress final : public Progress {
 public:
  void begin(std::string_view, std::int64_t) override {}
  void at(std::int64_t) override {}
  void end() override {}
};

enum class LogLevel { info, warning };
using LogSink = std::function<void(LogLevel, std::string_view)>;

/// What a long call may use, passed in by the program. All references outlive the call.
struct Services {
  ThreadPool& pool;
  Progress& progress;
  const CancelFlag& cancel;
  LogSink log;

  void info(std::string_view message) const {
    if (log) log(LogLevel::info, message);
  }
  void warn(std::string_view message) const {
    if (log) log(LogLevel::warning, message);
  }
};

/// Services that report nothing and cannot be cancelled, for tests and small programs.
class QuietServices {
 public:
  explicit QuietServices(int threads = 0) : pool_(threads) {}
  operator Services() { return {pool_, progress_, cancel_, {}}; }  // NOLINT(google-explicit-constructor)
  ThreadPool& pool() { return pool_; }
  CancelFlag& cancel() { return cancel_; }

 private:
  ThreadPool pool_;
  NoProgress progress_;
  CancelFlag cancel_;
};

}  // namespace medley
