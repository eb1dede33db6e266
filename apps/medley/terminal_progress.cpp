#include "apps/medley/terminal_progress.h"

#include <fmt/format.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include <algorithm>

namespace medley::app {

std::string progress_line(std::string_view task, std::int64_t done, std::int64_t total, double seconds,
                          int width) {
  const auto clock =
      fmt::format("{:02}:{:02}", static_cast<int>(seconds) / 60, static_cast<int>(seconds) % 60);
  if (total <= 0) return fmt::format("{}  {}  {}", task, done, clock);
  const double share = std::clamp(static_cast<double>(done) / static_cast<double>(total), 0.0, 1.0);
  const auto tail = fmt::format("{:3.0f} %  {}/{}  {}", 100.0 * share, done, total, clock);
  const int room = std::clamp(width - static_cast<int>(task.size() + tail.size()) - 7, 4, 40);
  const auto filled = static_cast<std::size_t>(share * room);
  return fmt::format("{}  [{}{}]  {}", task, std::string(filled, '#'),
                     std::string(static_cast<std::size_t>(room) - filled, '.'), tail);
}

TerminalProgress::TerminalProgress(std::FILE* stream)
    : stream_(stream), shown_(::isatty(::fileno(stream)) != 0) {}

TerminalProgress::~TerminalProgress() {
  end();
}

void TerminalProgress::begin(std::string_view task, std::int64_t total) {
  end();
  task_ = task;
  total_ = total;
  begun_ = last_ = std::chrono::steady_clock::now();
}

void TerminalProgress::at(std::int64_t done) {
  if (!shown_) return;
  const auto now = std::chrono::steady_clock::now();
  if (now - last_ < std::chrono::milliseconds(100)) return;
  last_ = now;
  draw(done);
}

void TerminalProgress::end() {
  if (drawn_) std::fputs("\r\033[K", stream_);
  drawn_ = false;
}

void TerminalProgress::draw(std::int64_t done) {
  winsize size{};
  const int width = ::ioctl(::fileno(stream_), TIOCGWINSZ, &size) == 0 && size.ws_col > 0 ? size.ws_col : 80;
  const std::chrono::duration<double> passed = std::chrono::steady_clock::now() - begun_;
  auto line = progress_line(task_, done, total_, passed.count(), width);
  line.resize(std::min(line.size(), static_cast<std::size_t>(width - 1)));
  fmt::print(stream_, "\r\033[K{}", line);
  std::fflush(stream_);
  drawn_ = true;
}

}  // namespace medley::app
