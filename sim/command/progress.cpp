#include "command/progress.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "command/terminal.hpp"
#include "model/display_width.hpp"

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
    if (drawn_ > 0) print_err(wiped());
}

/// Where the bar was made too wide by a terminal that has become narrower since, it takes several rows. Row by row:
/// what erases all below would make some terminals keep what they erased.
std::string Progress::wiped() const {
    std::string out = "\r\x1b[K";
    for (std::size_t row = drawn_ > 0 ? (drawn_ - 1) / err_columns() : 0; row > 0; --row) out += "\x1b[A\x1b[K";
    return out;
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
    const std::string line = bar_text(what_, share, fmt::format("{}/{}{}", done, total_, left), err_columns() - 1);
    print_err(wiped() + line);
    drawn_ = display_width(line);
}

std::string bar_text(const std::string& what, double share, const std::string& rest, std::size_t width) {
    constexpr std::size_t kLongest = 30, kShortest = 10, kFrame = 4;  // " [" and "] "
    const std::size_t after = display_width(rest);
    if (after + kFrame + kShortest > width) return std::string(cut_to_width(rest, width));
    const std::size_t room = width - after - kFrame;  // for the name and the bar
    std::string name = what;
    if (display_width(name) + kShortest > room)
        name = room - kShortest > 1 ? std::string(cut_to_width(what, room - kShortest - 1)) + "…" : "";
    const std::size_t bar = std::min(kLongest, room - display_width(name));
    const auto full = std::min(bar, static_cast<std::size_t>(share * static_cast<double>(bar)));
    return fmt::format("{} [{}{}] {}", name, std::string(full, '#'), std::string(bar - full, '.'), rest);
}

}  // namespace gatesim
