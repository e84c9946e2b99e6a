#include "command/progress.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "command/terminal.hpp"

namespace gatesim {

namespace {

std::string clock(double s) {
    const auto whole = static_cast<long>(std::ceil(s));
    return whole >= 3600 ? fmt::format("{}:{:02}:{:02}", whole / 3600, whole / 60 % 60, whole % 60)
                         : fmt::format("{}:{:02}", whole / 60, whole % 60);
}

}  // namespace

Progress::Progress(bool shown, std::string what, std::uint32_t total)
    : shown_(shown), what_(std::move(what)), total_(total) {
    if (!can_draw()) next_ = 10;
}

Progress::~Progress() {
    if (drawn_) print_err("\r\x1b[K");
}

void Progress::update(std::uint32_t done, double running) {
    if (!shown_) return;
    const double elapsed = std::chrono::duration<double>(std::chrono::steady_clock::now() - begin_).count();
    if (elapsed < next_) return;
    next_ = elapsed + (can_draw() ? 0.2 : 10);
    draw(std::min(1.0, (done + running) / std::max(1u, total_)), done, elapsed);
}

void Progress::draw(double share, std::uint32_t done, double elapsed) {
    // After the period a replication runs on until everything is decided; nobody knows for how long.
    const std::string left = share >= 0.999 ? ", finishing"
                             : share > 0.01 ? fmt::format(", {} left", clock(elapsed * (1 - share) / share))
                                            : "";
    if (!can_draw()) {
        print_err(fmt::format("{}: {} of {} replications, {:.0f} %{}\n", what_, done, total_, 100 * share, left));
        return;
    }
    constexpr int kWidth = 30;
    const int full = static_cast<int>(share * kWidth);
    print_err(fmt::format("\r{} [{}{}] {}/{}{}\x1b[K", what_, std::string(full, '#'), std::string(kWidth - full, '.'),
                          done, total_, left));
    drawn_ = true;
}

}  // namespace gatesim
