// lesson watch: checks each time the learner saves. On a terminal only.

#include <fmt/format.h>
#include <termios.h>
#include <unistd.h>

#include <filesystem>

#include "command/command.hpp"
#include "command/lesson.hpp"
#include "command/lesson_screen.hpp"
#include "command/lesson_turn_pages.hpp"
#include "command/terminal.hpp"
#include "record/narrator.hpp"
#include "study/interrupt.hpp"

namespace gatesim {

namespace fs = std::filesystem;

namespace {

constexpr int kPollMs = 250;

/// Changes when the learner saves: what the files hold, not when they were written (some editors write twice).
std::string contents(const OpenLesson& open) {
    std::string out = learn::read_text(open.folder + "/work.json").value_or("?");
    for (const std::string& program : open.lesson.programs)
        out += '\n' + learn::read_text(open.folder + "/" + program).value_or("?");
    return out;
}

/// A text that may be longer than the screen: nothing scrolls away, one turns pages. The first page is seen first,
/// for there stands the verdict.
class Pages {
public:
    void put(const std::string& text) {
        lines_.clear();
        for (std::size_t at = 0; at < text.size();) {
            const std::size_t end = std::min(text.find('\n', at), text.size());
            lines_.push_back(text.substr(at, end - at));
            at = end + 1;
        }
        top_ = 0;
    }
    void turn() { top_ = top_ + height() < lines_.size() ? top_ + height() : 0; }
    void back() { top_ -= std::min(top_, height()); }

    /// The page, and below it how things stand and what one may do.
    void show(const std::string& state) const {
        std::string out = "\x1b[2J\x1b[H";
        for (std::size_t i = top_; i < std::min(top_ + height(), lines_.size()); ++i) out += lines_[i] + "\n";
        std::string keys = "[h]int [n]ext [l]ist [c]heck [q]uit";
        if (lines_.size() > height())
            keys =
                fmt::format("[space] page {} of {}  ", top_ / height() + 1, (lines_.size() - 1) / height() + 1) + keys;
        print_out(fmt::format("{}\n{}\n{}", out, state, keys));
        flush_out();
    }

private:
    /// Lines for the text: two are for what stands below it, one is left blank.
    static std::size_t height() { return screen_height() - 3; }

    std::vector<std::string> lines_;
    std::size_t top_ = 0;
};

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
            if (size_ != std::pair(screen_width(), screen_height())) show();
        }
        print_out("\n");
        return InterruptGuard::count() > 0 ? kInterrupted : kFine;
    }

private:
    void check() {
        seen_ = contents(open_);
        desk_.read_again();
        passed_ = checked_ = false;
        show("checking …\n");
        const CheckScreen screen = check_and_keep(desk_, open_, arguments_);
        passed_ = screen.passed;
        checked_ = true;
        ::tcflush(STDIN_FILENO, TCIFLUSH);  // what was typed meanwhile was not meant for the next screen
        if (InterruptGuard::count() == 0) show(screen.screen);
    }
    void show(const std::string& text) {
        pages_.put(text);
        show();
    }
    void show() {
        size_ = {screen_width(), screen_height()};
        const std::string what = fmt::format("save {}/work.json to check it", open_.folder);
        pages_.show(passed_ ? styled("✓ passed", Style::good) + ": n goes on" : checked_ ? "✗ not yet: " + what : what);
    }
    void press(char key) {
        desk_.read_again();
        if (key == 'q') over_ = true;
        if (key == 'c') check();
        if (key == 'l') show(list_text(desk_));
        if (key == 'h') show(hint_text(desk_, open_, std::min(4, desk_.state().of(open_.lesson.name).rung + 1)));
        if (key == 'n') next();
        if (key == ' ') pages_.turn(), show();
        if (key == 'b') pages_.back(), show();
    }
    void next() {
        const learn::Phase phase = desk_.state().of(open_.lesson.name).phase;
        if (!passed_ && phase != learn::Phase::passed && phase != learn::Phase::gave_up)
            return show("This one is not green yet. (lesson goto goes anywhere.)\n");
        const auto index = desk_.next_after(open_.index);
        if (!index) return show(wrap(desk_.track().closing, screen_width(), 0) + "\n");
        int code = kFine;
        auto open = desk_.open(desk_.track().lessons[*index].lesson, code);
        if (!open || !desk_.lay_out(*open, false)) {
            over_ = true;
            return;
        }
        open_ = std::move(*open);
        desk_.begin(open_);
        seen_ = contents(open_);
        passed_ = checked_ = false;
        show(page_text(desk_.texts(open_).file("README.md").value_or("")));
    }

    Desk& desk_;
    OpenLesson open_;
    const Arguments& arguments_;
    Pages pages_;
    std::pair<std::size_t, std::size_t> size_;
    std::string seen_;
    bool over_ = false, passed_ = false, checked_ = false;
};

}  // namespace

int lesson_watch(const Arguments& arguments) {
    if (!::isatty(STDIN_FILENO) || !::isatty(STDOUT_FILENO))
        return usage_error("lesson", "watch needs a terminal; use check");
    int code = kFine;
    auto desk = Desk::find(arguments, code);
    if (!desk) return code;
    auto open = desk->open(arguments.positional(1), code);
    if (!open || !desk->need_name(code)) return code;
    if (!desk->laid_out(*open) && !desk->lay_out(*open, false)) return kUnreadable;
    InterruptGuard guard;
    KeyMode keys;
    return Watch(*desk, std::move(*open), arguments).run();
}

}  // namespace gatesim
