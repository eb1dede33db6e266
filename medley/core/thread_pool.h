#pragma once

#include <atomic>
#include <condition_variable>
#include <cstdint>
#include <functional>
#include <memory>
#include <mutex>
#include <thread>
#include <vector>

namespace medley {

/// Set by Ctrl-C; long loops look at it between blocks. Safe to set from a signal handler.
class CancelFlag {
 public:
  void set() noexcept { flag_.store(true, std::memory_order_relaxed); }
  bool is_set() const noexcept { return flag_.load(std::memory_order_relaxed); }

  /// Throws `interrupted` when set.
  void check() const;

 private:
  std::atomic<bool> flag_{false};
};

/// A fixed set of threads for `parallel_for`. One loop at a time; a loop started inside a loop runs on its
/// own thread.
class ThreadPool {
 public:
  /// `threads` counts the calling thread; 0 takes one a core.
  explicit ThreadPool(int threads = 0);
  ~ThreadPool();
  ThreadPool(const ThreadPool&) = delete;
  ThreadPool& operator=(const ThreadPool&) = delete;

  int size() const { return static_cast<int>(workers_.size()) + 1; }

  /// Calls `work(worker)` once on each thread, worker in [0, size()), and waits. Carries the first exception
  /// out.
  void run(const std::function<void(int worker)>& work);

 private:
  void loop(int worker);
  void call(int worker);

  std::vector<std::thread> workers_;
  std::mutex one_at_a_time_;
  std::mutex mutex_;
  std::condition_variable wake_;
  std::condition_variable done_;
  const std::function<void(int)>* work_ = nullptr;
  std::uint64_t round_ = 0;
  int running_ = 0;
  bool stop_ = false;
  std::exception_ptr error_;
};

/// Calls `body(begin, end)` over [0, n) cut into blocks of `grain`, on all threads of `pool`. Blocks are the
/// same whatever the number of threads, so a result that depends on blocks only is repeatable. Carries the
/// first exception out; later blocks are then skipped.
void parallel_for(ThreadPool& pool, std::int64_t n, std::int64_t grain,
                  const std::function<void(std::int64_t begin, std::int64_t end)>& body);

}  // namespace medley
