// lesson watch: checks each time the learner saves. On a terminal only.

#include <fmt/format.h>
#include <poll.h>
#include <termios.h>
#include <unistd.h>

#include <filesystem>

#include "command/command.hpp"
#include "command/lesson.hpp"
#include "command/lesson_screen.hpp"
#include "command/terminal.hpp"
#include "study/interrupt.hpp"

namespace gatesim {

namespace fs = std::filesystem;

namespace {

constexpr int kPollMs = 250;

/// The terminal gives keys one by one, without showing them, until this is gone.
class KeyMode {
public:
    KeyMode() {
        if (::tcgetattr(STDIN_FILENO, &before_) != 0) return;
        struct termios now = before_;
        now.c_lflag &= ~static_cast<tcflag_t>(ICANON | ECHO);
        changed_ = ::tcsetattr(STDIN_FILENO, TCSANOW, &now) == 0;
    }
    ~KeyMode() {
        if (changed_) ::tcsetattr(STDIN_FILENO, TCSANOW, &before_);
    }
    KeyMode(const KeyMode&) = delete;
    KeyMode& operator=(const KeyMode&) = delete;

private:
    struct termios before_ {};
    bool changed_ = false;
};

/// The key that was pressed within the time; 0 = none, -1 = the terminal is gone.
int key_within(int milliseconds) {
    struct pollfd in {
        STDIN_FILENO, POLLIN, 0
    };
    const int ready = ::poll(&in, 1, milliseconds);
    if (ready <= 0) return 0;
    unsigned char key = 0;
    return ::read(STDIN_FILENO, &key, 1) == 1 ? key : -1;
}

/// Changes when the learner saves: what the files hold, not when they were written (some editors write twice).
std::string contents(const OpenLesson& open) {
    std::string out = learn::read_text(open.folder + "/work.json").value_or("?");
    for (const std::string& program : open.lesson.programs)
        out += '\n' + learn::read_text(open.folder + "/" + program).value_or("?");
    return out;
}

void show(const std::string& text, const OpenLesson& open) {
    print_out("\x1b[2J\x1b[H" + text);
    print_out(fmt::format("\n{}/work.json   [h]int [n]ext [l]ist [c]heck [q]uit\n", open.folder));
    flush_out();
}

class Watch {
public:
    Watch(Desk& desk, OpenLesson open, const Arguments& arguments)
        : desk_(desk), open_(std::move(open)), arguments_(arguments) {}

    int run() {
        check();
        while (!over_ && InterruptGuard::count() == 0) {
            const int key = key_within(kPollMs);
            if (key < 0) break;
            if (key > 0) press(static_cast<char>(key));
            if (!over_ && contents(open_) != seen_) check();
        }
        print_out("\n");
        return InterruptGuard::count() > 0 ? kInterrupted : kFine;
    }

private:
    void check() {
        seen_ = contents(open_);
        show("checking …\n", open_);
        const CheckScreen screen = check_and_keep(desk_, open_, arguments_);
        passed_ = screen.passed;
        if (InterruptGuard::count() == 0) show(screen.screen, open_);
        ::tcflush(STDIN_FILENO, TCIFLUSH);  // what was typed meanwhile was not meant for this screen
    }
    void press(char key) {
        if (key == 'q') over_ = true;
        if (key == 'c') check();
        if (key == 'l') show(list_text(desk_), open_);
        if (key == 'h') show(hint_text(desk_, open_, std::min(4, desk_.state().of(open_.lesson.name).rung + 1)), open_);
        if (key == 'n') next();
    }
    void next() {
        if (!passed_) return show("This one is not green yet. (lesson goto goes anywhere.)\n", open_);
        const auto index = desk_.next_after(open_.index);
        if (!index) return show(desk_.track().closing + "\n", open_);
        int code = kFine;
        auto open = desk_.open(desk_.track().lessons[*index].lesson, code);
        if (!open || !desk_.lay_out(*open, false)) {
            over_ = true;
            return;
        }
        open_ = std::move(*open);
        learn::LessonState& state = desk_.state().lessons[open_.lesson.name];
        if (state.started == 0) state.started = wall_clock();
        if (state.phase == learn::Phase::fresh) state.phase = learn::Phase::started;
        desk_.state().current = open_.lesson.name;
        desk_.save();
        seen_ = contents(open_);
        passed_ = false;
        show(page_text(desk_.texts(open_).file("README.md").value_or("")), open_);
    }

    Desk& desk_;
    OpenLesson open_;
    const Arguments& arguments_;
    std::string seen_;
    bool over_ = false, passed_ = false;
};

}  // namespace

int lesson_watch(const Arguments& arguments) {
    if (!::isatty(STDIN_FILENO) || !::isatty(STDOUT_FILENO))
        return usage_error("lesson", "watch needs a terminal; use check");
    int code = kFine;
    auto desk = Desk::find(arguments, code);
    if (!desk) return code;
    auto open = desk->open(arguments.positional(1), code);
    if (!open) return code;
    if (!desk->laid_out(*open) && !desk->lay_out(*open, false)) return kUnreadable;
    InterruptGuard guard;
    KeyMode keys;
    return Watch(*desk, std::move(*open), arguments).run();
}

}  // namespace gatesim
