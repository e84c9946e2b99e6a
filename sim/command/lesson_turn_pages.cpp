#include "command/lesson_turn_pages.hpp"

#include <poll.h>
#include <unistd.h>

#include <algorithm>
#include <vector>

#include "command/lesson_screen.hpp"
#include "command/terminal.hpp"
#include "study/interrupt.hpp"

namespace gatesim {

namespace {

constexpr int kPollMs = 250;

std::vector<std::string> lines_of(const std::string& text) {
    std::vector<std::string> out;
    for (std::size_t at = 0; at < text.size();) {
        const std::size_t end = std::min(text.find('\n', at), text.size());
        out.push_back(text.substr(at, end - at));
        at = end + 1;
    }
    return out;
}

/// Waits for a key that means something here. False: no more pages are wanted.
bool next_page() {
    while (InterruptGuard::count() == 0) {
        const int key = key_within(kPollMs);
        if (key < 0 || key == 'q' || key == 'Q' || key == 0x1b) return false;
        if (key == ' ' || key == '\n' || key == '\r') return true;
    }
    return false;
}

}  // namespace

KeyMode::KeyMode() {
    if (::tcgetattr(STDIN_FILENO, &before_) != 0) return;
    struct termios now = before_;
    now.c_lflag &= ~static_cast<tcflag_t>(ICANON | ECHO);
    changed_ = ::tcsetattr(STDIN_FILENO, TCSANOW, &now) == 0;
}

KeyMode::~KeyMode() {
    if (changed_) ::tcsetattr(STDIN_FILENO, TCSANOW, &before_);
}

int key_within(int milliseconds) {
    struct pollfd in {
        STDIN_FILENO, POLLIN, 0
    };
    const int ready = ::poll(&in, 1, milliseconds);
    if (ready <= 0) return 0;
    unsigned char key = 0;
    return ::read(STDIN_FILENO, &key, 1) == 1 ? key : -1;
}

void print_page(const std::string& text) {
    const std::vector<std::string> lines = lines_of(text);
    const std::size_t height = screen_height() - 1;  // one is for what may be pressed
    if (lines.size() <= height || !::isatty(STDIN_FILENO) || !::isatty(STDOUT_FILENO)) return print_out(text);
    const InterruptGuard guard;  // so that Ctrl-C leaves a terminal that shows what is typed
    const KeyMode keys;
    ::tcflush(STDIN_FILENO, TCIFLUSH);
    for (std::size_t at = 0; at < lines.size(); at += height) {
        const std::size_t end = std::min(at + height, lines.size());
        for (std::size_t i = at; i < end; ++i) print_out(lines[i] + "\n");
        if (end == lines.size()) break;
        print_out("[space] goes on, [q] ends");
        flush_out();
        const bool more = next_page();
        print_out("\r\x1b[K");
        if (!more) break;
    }
    flush_out();
}

}  // namespace gatesim
