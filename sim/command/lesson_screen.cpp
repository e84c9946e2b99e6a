#include "command/lesson_screen.hpp"

#include <fmt/format.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include <algorithm>
#include <cstdlib>

#include "command/report_text.hpp"
#include "command/terminal.hpp"
#include "learn/markdown.hpp"
#include "model/display_width.hpp"
#include "record/narrator.hpp"

namespace gatesim {

using namespace learn;

namespace {

std::size_t extent(const char* variable, unsigned short winsize::*member, std::size_t usual) {
    struct winsize size {};
    if (const char* value = std::getenv(variable); value && std::atoi(value) > 0)
        return static_cast<std::size_t>(std::atoi(value));
    if (::ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) == 0 && size.*member > 0) return size.*member;
    return usual;
}

std::string strong(const std::string& text) {
    return styled(text, gatesim::Style::strong);
}

struct MarkWord {
    const char* mark;
    const char* word;
    Style style;
};

MarkWord mark_of(const Finding& f) {
    if (!f.judged) return {"·", "later", Style::faint};
    switch (f.status) {
        case Status::pass:
            return {"✓", "yes", Style::good};
        case Status::fail:
            return {"✗", "no", Style::bad};
        case Status::too_close:
            return {"≈", "near", Style::bad};
        case Status::open:
            return {"?", "open", Style::plain};
        case Status::error:
            return {"!", "error", Style::bad};
    }
    return {"", "", Style::plain};
}

/// Lines of one cell.
std::vector<std::string> cell(const std::string& text, std::size_t width) {
    std::vector<std::string> out;
    std::string wrapped = wrap(text, width, 0);
    for (std::size_t at = 0; at <= wrapped.size();) {
        const std::size_t end = std::min(wrapped.find('\n', at), wrapped.size());
        std::string line = wrapped.substr(at, end - at);
        // A pointer or a program has no blanks: it goes on after a part of it.
        for (std::size_t cut; display_width(line) > width; line = line.substr(cut)) {
            cut = line.find_last_of("/_", width - 1);
            cut = cut == std::string::npos || cut == 0 ? 0 : cut + (line[cut] == '_');
            if (cut == 0) break;
            out.push_back(line.substr(0, cut));
        }
        out.push_back(line);
        at = end + 1;
    }
    return out;
}

/// The columns of the table of goals; what is left of the screen is for the goal's text.
struct Columns {
    std::size_t mark = 8, text = 26, goal = 14, yours = 16, distance = 16;
    explicit Columns(std::size_t width) { text = std::max<std::size_t>(14, width - 54); }
};

std::string row(const Columns& columns, const std::string& mark, Style style, const std::vector<std::string>& cells) {
    const std::size_t widths[] = {columns.text, columns.goal, columns.yours, columns.distance};
    std::vector<std::vector<std::string>> lines;
    std::size_t height = 1;
    for (std::size_t c = 0; c < cells.size(); ++c) {
        lines.push_back(cell(cells[c], widths[c] - 1));
        height = std::max(height, lines.back().size());
    }
    std::string out;
    for (std::size_t l = 0; l < height; ++l) {
        std::string line;
        for (std::size_t c = 0; c < cells.size(); ++c)
            line += filled_up(l < lines[c].size() ? lines[c][l] : "", widths[c]);
        const std::string head = filled_up(l == 0 ? mark : "", columns.mark);
        out += without_blanks(styled(head, l == 0 ? style : Style::plain) + line) + "\n";
    }
    return out;
}

std::string finding_text(const Columns& columns, const Finding& f, const Texts& texts, std::size_t width) {
    const MarkWord mark = mark_of(f);
    std::string out = row(columns, fmt::format("{} {}", mark.mark, mark.word), mark.style,
                          {texts.fill(f.text), f.goal, f.yours, f.distance});
    if (!f.message.empty() && f.judged)
        out += std::string(columns.mark, ' ') + wrap(texts.fill(f.message), width, columns.mark, columns.mark) + "\n";
    return out;
}

std::string predictions_text(const OpenLesson& open, const LessonState& state) {
    std::string out;
    for (const Question& q : open.lesson.questions) {
        const auto it = state.predictions.find(q.id);
        if (it == state.predictions.end()) continue;
        out += fmt::format("{}{} = {}", out.empty() ? "You predicted: " : ", ", q.id, it->second);
    }
    return out.empty() ? "" : "\n" + wrap(out + ".", screen_width(), 0) + "\n";
}

std::string missing_text(const OpenLesson& open, const CheckOutcome& outcome, const Texts& texts) {
    std::string out =
        wrap(
            "First say what you expect; then you will see what happens. Write your answers into work.json "
            "(any honest guess will do), save, and check again:",
            screen_width(), 0) +
        "\n\n";
    for (const std::string& id : outcome.missing) {
        const Question& q = *open.lesson.find_question(id);
        std::string line = fmt::format("? {}: {}", id, texts.fill(q.text));
        if (!q.unit.empty())
            line += fmt::format(" ({})", q.unit == "s"       ? "a time, like \"1h30m\""
                                         : q.unit == "share" ? "like \"5%\""
                                                             : q.unit);
        out += "  " + wrap(line, screen_width(), 4, 2) + "\n";
        for (const auto& [key, meaning] : q.choices)
            out += "      " + wrap(fmt::format("\"{}\"  {}", key, texts.fill(meaning)), screen_width(), 10, 6) + "\n";
    }
    return out;
}

/// The one that is shown of those that are not met: the first that is wrong, else the first too close, else the first
/// without an answer. One thing at a time.
const Finding* first_unmet(const CheckOutcome& outcome) {
    for (const Status status : {Status::error, Status::fail, Status::too_close, Status::open})
        for (const Finding& f : outcome.findings)
            if (f.judged && f.status == status) return &f;
    return nullptr;
}

/// "2 more are missed, 5 have no answer yet."
std::string folded_text(const CheckOutcome& outcome, const Finding* shown) {
    std::size_t missed = 0, open = 0;
    for (const Finding& f : outcome.findings)
        if (&f != shown && f.judged && f.status != Status::pass) ++(f.status == Status::open ? open : missed);
    std::string out;
    if (missed > 0) out = fmt::format("{} more {} missed", missed, missed == 1 ? "is" : "are");
    if (open > 0)
        out += fmt::format("{}{}{} {} no answer yet", out.empty() ? "" : ", ", open, out.empty() ? " more" : "",
                           open == 1 ? "has" : "have");
    return out.empty() ? "" : fmt::format("… {}; one thing at a time.\n", out);
}

std::string table_text(const CheckOutcome& outcome, const Texts& texts) {
    const std::size_t width = screen_width();
    const Columns columns(width);
    std::string out = row(columns, "", Style::plain, {"what", "goal", "yours", "distance"});
    bool guards = false;
    const Finding* unmet = first_unmet(outcome);
    for (const Finding& f : outcome.findings) {
        if (f.judged && f.status != Status::pass && &f != unmet) continue;
        if (f.guard && !guards) out += "\nand nothing else got worse\n";
        guards = guards || f.guard;
        out += finding_text(columns, f, texts, width);
    }
    const std::string folded = folded_text(outcome, unmet);
    return out + (folded.empty() ? "" : "\n" + folded);
}

std::string state_word(const LessonState& s) {
    switch (s.phase) {
        case Phase::passed:
            return "✓ passed";
        case Phase::gave_up:
            return "· solution seen";
        case Phase::started:
            return "✗ begun";
        case Phase::fresh:
            break;
    }
    return "  new";
}

}  // namespace

std::size_t screen_width() {
    return std::clamp<std::size_t>(extent("COLUMNS", &winsize::ws_col, 80), 60, 100);
}
std::size_t screen_height() {
    return std::max<std::size_t>(10, extent("LINES", &winsize::ws_row, 24));
}

std::string page_text(const std::string& markdown) {
    return plain_markdown(markdown, screen_width(), strong);
}

std::string outcome_text(const OpenLesson& open, const CheckOutcome& outcome, const Texts& texts,
                         const LessonState& state) {
    const std::string number = open.lesson.name.substr(0, open.lesson.name.find('-'));
    std::string out = strong(fmt::format("{} {}", number, open.lesson.title)) +
                      (state.attempts > 0 ? fmt::format("  (attempt {})\n\n", state.attempts) : "\n\n");
    if (!outcome.problems.empty())
        return out + wrapped_lines(text(outcome.problems)) +
               wrap("\nNothing was run. Mend that, save, and check again.", screen_width(), 0) + "\n";
    if (!outcome.trouble.text.empty()) return out + trouble_text(outcome.trouble.text);
    if (!outcome.missing.empty()) return out + missing_text(open, outcome, texts);
    out += table_text(outcome, texts) + predictions_text(open, state);
    if (outcome.overloaded)
        out += "\n" +
               wrap(
                   "! No steady state: your queue grows through the whole period, so its times and lengths are "
                   "those of this period, and would be longer in a longer one.",
                   screen_width(), 2) +
               "\n";
    return out + "\n" + wrap(advice_text(open, outcome), screen_width(), 0) + "\n";
}

std::string beside_text(const std::vector<Beside>& lines, const Texts& texts) {
    if (lines.empty()) return "";
    const Columns columns(screen_width());
    std::string out = row(columns, "", Style::plain, {"beside the reference", "yours", "reference"});
    for (const Beside& line : lines)
        out += row(columns, "", Style::plain, {texts.fill(line.what), line.yours, line.reference});
    return out + "\n";
}

std::string advice_text(const OpenLesson& open, const CheckOutcome& outcome) {
    const auto count = [&](Status status) {
        return std::count_if(outcome.findings.begin(), outcome.findings.end(),
                             [&](const Finding& f) { return f.judged && f.status == status; });
    };
    const std::string hint = fmt::format("A hint: {} lesson hint", called_as());
    switch (outcome.status) {
        case Status::pass:
            return styled("✓ Passed.", Style::good);
        case Status::fail: {
            const auto missed = count(Status::fail), all = static_cast<std::ptrdiff_t>(outcome.findings.size());
            const std::string what =
                missed == 1 ? fmt::format("one of {} is missed", all) : fmt::format("{} of {} are missed", missed, all);
            return styled("✗ Not yet", Style::bad) + ": " + what + ". " + hint;
        }
        case Status::too_close:
            return styled("≈ Too close to the line", Style::bad) +
                   ": 64 runs cannot tell which side you are on. Move away from it: choose a value that keeps some "
                   "distance.";
        case Status::open: {
            const bool later = std::any_of(outcome.findings.begin(), outcome.findings.end(),
                                           [](const Finding& f) { return !f.judged; });
            if (later && count(Status::open) == 0)
                return "· So far so good. What is marked \"later\" is judged from the next check on: now that you have "
                       "seen it, would you say the same?";
            return fmt::format("? Something is not answered yet: null in {}/work.json. {}", open.folder, hint);
        }
        case Status::error:
            break;
    }
    return "! It could not be run.";
}

std::string list_text(Desk& desk) {
    const Track& track = desk.track();
    std::string out = strong(track.title) + "\n";
    int day = 0, minutes = 0;
    std::size_t done = 0;
    for (const TrackEntry& entry : track.lessons) {
        if (entry.day != day) out += fmt::format("\n{}\n", track.day_name(entry.day));
        day = entry.day;
        std::vector<Diagnostic> problems;
        const auto lesson = read_lesson(track.folder_of(entry.lesson), problems);
        const LessonState& s = desk.state().of(entry.lesson);
        done += s.phase == Phase::passed;
        const bool current = desk.state().current == entry.lesson;
        const int takes = lesson ? lesson->teach_minutes + lesson->do_minutes : 0;
        minutes += takes;
        std::string line = fmt::format("{} {}", current ? ">" : " ", entry.lesson);
        line = filled_up(line, 34) + fmt::format("{:>3} min  ", takes) + filled_up(state_word(s), 16);
        if (s.rung > 0) line += fmt::format("hints {}", s.rung);
        if (entry.optional) line += " (optional)";
        if (!lesson) line += " (its lesson.json is broken)";
        out += without_blanks(line) + "\n";
    }
    return out + fmt::format("\n{} of {} passed; {} h {:02} min in all\n", done, track.lessons.size(), minutes / 60,
                             minutes % 60);
}

}  // namespace gatesim
