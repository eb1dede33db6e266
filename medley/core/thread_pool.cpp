#include "medley/core/thread_pool.h"

#include "medley/core/error.h"

#include <algorithm>

namespace medley {
namespace {

thread_local bool inside_pool = false;

}  // namespace

void CancelFlag::check() const {
  if (is_set()) fail(ErrorCode::interrupted, "interrupted");
}

ThreadPool::ThreadPool(int threads) {
  require(threads >= 0 && threads <= 1024, "threads must be in [0, 1024], got {}", threads);
  if (threads == 0) threads = std::max(1, static_cast<int>(std::thread::hardware_concurrency()));
  for (int worker = 1; worker < threads; ++worker) {
    workers_.emplace_back([this, worker] { loop(worker); });
  }
}

ThreadPool::~ThreadPool() {
  {
    const std::lock_guard lock(mutex_);
    stop_ = true;
  }
  wake_.notify_all();
  for (auto& worker : workers_) worker.join();
}

void ThreadPool::call(int worker) {
  inside_pool = true;
  try {
    (*work_)(worker);
  } catch (...) {
    const std::lock_guard lock(mutex_);
    if (!error_) error_ = std::current_exception();
  }
  inside_pool = false;
}

void ThreadPool::loop(int worker) {
  std::uint64_t seen = 0;
  std::unique_lock lock(mutex_);
  for (;;) {
    wake_.wait(lock, [&] { return stop_ || round_ != seen; });
    if (stop_) return;
    seen = round_;
    lock.unlock();
    call(worker);
    lock.lock();
    if (--running_ == 0) done_.notify_one();
  }
}

void ThreadPool::run(const std::function<void(int)>& work) {
  if (inside_pool) {
    for (int worker = 0; worker < size(); ++worker) work(worker);
    return;
  }
  const std::lock_guard whole(one_at_a_time_);
  {
    const std::lock_guard lock(mutex_);
    work_ = &work;
    error_ = nullptr;
    running_ = static_cast<int>(workers_.size());
    ++round_;
  }
  wake_.notify_all();
  call(0);
  std::unique_lock lock(mutex_);
  done_.wait(lock, [&] { return running_ == 0; });
  work_ = nullptr;
  if (error_) std::rethrow_exception(std::exchange(error_, nullptr));
}

void parallel_for(ThreadPool& pool, std::int64_t n, std::int64_t grain,
                  const std::function<void(std::int64_t, std::int64_t)>& body) {
  require(grain >= 1, "grain must be at least 1, got {}", grain);
  std::atomic<std::int64_t> next{0};
  pool.run([&](int) {
    for (;;) {
      const auto begin = next.fetch_add(grain);
      if (begin >= n) return;
      try {
        body(begin, std::min(begin + grain, n));
      } catch (...) {
        next.store(n);
        throw;
      }
    }
  });
}

}  // namespace medley
