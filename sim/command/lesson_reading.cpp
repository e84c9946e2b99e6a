// lesson hint, explain, reset: pages to read.

#include <fmt/format.h>

#include <algorithm>
#include <filesystem>

#include "command/command.hpp"
#include "command/lesson.hpp"
#include "command/lesson_page.hpp"
#include "command/lesson_screen.hpp"
#include "command/lesson_turn_pages.hpp"
#include "command/terminal.hpp"
#include "learn/variants.hpp"
#include "record/narrator.hpp"

namespace gatesim {

using namespace learn;

std::string hint_text(Desk& desk, const OpenLesson& open, int rung) {
    desk.update([&](State& state) {
        LessonState& lesson = state.lessons[open.lesson.name];
        lesson.rung = std::max(lesson.rung, rung);
        if (lesson.phase == Phase::fresh) lesson.phase = Phase::started;
        state.current = open.lesson.name;
    });
    const std::string& hint = open.lesson.hints[static_cast<std::size_t>(rung - 1)];
    std::string out =
        styled(fmt::format("Hint {} of 4", rung), Style::strong) + "\n" + page_text(desk.texts(open).fill(hint));
    return out + "\n" +
           wrap(rung < 4 ? fmt::format("More: {} lesson hint", called_as())
                         : fmt::format("That was the last one. The solution: {} lesson explain --give-up", called_as()),
                screen_width(), 0) +
           "\n";
}

int lesson_hint(const Arguments& arguments) {
    int code = kFine;
    auto desk = Desk::find(arguments, code);
    if (!desk) return code;
    const auto open = desk->open(arguments.positional(1), code);
    if (!open || !desk->need_name(code)) return code;
    const int next = std::min(4, desk->state().of(open->lesson.name).rung + 1);
    print_page(hint_text(*desk, *open, static_cast<int>(arguments.count("rung", static_cast<std::uint64_t>(next)))));
    return kFine;
}

std::string why_text(Desk& desk, const OpenLesson& open) {
    const Texts texts = desk.texts(open);
    return styled("Why it works", Style::strong) + "\n" + page_text(texts.file("solution/why.md").value_or(""));
}

namespace {

/// A work.json that passes for this learner: answers about the practice run are those of their own practice seed.
std::string passing_work(Desk& desk, const OpenLesson& open) {
    const std::string usual = read_text(open.lesson.path("solution/work.json")).value_or("");
    std::vector<Diagnostic> problems;
    const auto solved = read_work(open.lesson, open.lesson.path("solution/work.json"), problems);
    if (!solved || !asks_about_practice(open.lesson)) return usual;
    const ScratchFolder scratch;
    StudyProblem problem;
    Stage stage(open.lesson, *solved);
    const RightAnswers right = practice_answers(open.lesson, stage, desk.practice_seed(open), scratch.path(), problem);
    return answered_file(open.lesson, "solution/work.json", right).value_or(usual);
}

/// The learner's gate and the solution's, as a page. What is explained is explained without it, too: their work may be
/// anything, and then the reason has been printed.
int show_beside_solution(const Desk& desk, const OpenLesson& open, const Arguments& arguments) {
    std::vector<Diagnostic> ignored;
    const auto work = desk.laid_out(open) ? read_work(open.lesson, open.folder + "/work.json", ignored) : std::nullopt;
    if (!work) return kFine;
    const int code = run_work(desk, open, *work, arguments, {"--quiet"}, [] { return true; });
    return code == kInterrupted ? code : kFine;
}

}  // namespace

int lesson_explain(const Arguments& arguments) {
    int code = kFine;
    auto desk = Desk::find(arguments, code);
    if (!desk) return code;
    const auto open = desk->open(arguments.positional(1), code);
    if (!open) return code;
    if (!desk->need_name(code)) return code;
    const Phase phase = desk->state().of(open->lesson.name).phase;
    const bool done = phase == Phase::passed || phase == Phase::gave_up;
    if (!done && !arguments.has("give-up")) {
        print_err(
            fmt::format("gatesim lesson: the explanation comes with the pass. There are hints ({0} lesson hint); "
                        "{0} lesson explain --give-up shows it now and is written down.\n",
                        called_as()));
        return kMissed;
    }
    const auto give_up = [&](State& state) { state.lessons[open->lesson.name].phase = Phase::gave_up; };
    if (!done && !desk->update(give_up)) return kUnreadable;
    std::string page = why_text(*desk, *open);
    if (arguments.has("give-up") || desk->state().of(open->lesson.name).phase == Phase::gave_up) {
        page += "\n" + styled("A work.json that passes", Style::strong) + "\n" + passing_work(*desk, *open);
        for (const std::string& program : open->lesson.programs)
            page += fmt::format("\n{}\n", program) + read_text(open->lesson.path("solution/" + program)).value_or("");
    }
    if (const auto next = desk->next_after(open->index))
        page += fmt::format("\nNext: {} lesson start {}\n", called_as(), desk->track().lessons[*next].lesson);
    print_page(page);
    return show_beside_solution(*desk, *open, arguments);
}

int lesson_reset(const Arguments& arguments) {
    int code = kFine;
    auto desk = Desk::find(arguments, code);
    if (!desk) return code;
    if (arguments.has("all")) {
        for (const TrackEntry& entry : desk->track().lessons) {
            const auto open = desk->open(entry.lesson, code);
            if (!open) return code;
            if (desk->laid_out(*open) && !desk->lay_out(*open, true)) return kUnreadable;
        }
        const auto forget = [](State& state) {
            state.lessons.clear();
            state.current.clear();
        };
        if (!desk->update(forget)) return kUnreadable;
        print_out("Everything is as on the first day; what you had written is kept beside it, as .before.\n");
        return kFine;
    }
    const auto open = desk->open(arguments.positional(1), code);
    if (!open) return code;
    if (!desk->lay_out(*open, true)) return kUnreadable;
    if (!desk->update([&](State& state) { state.lessons[open->lesson.name] = LessonState{}; })) return kUnreadable;
    print_out(fmt::format("{} is as it was handed out; what you had written is kept beside it, as .before.\n",
                          open->lesson.name));
    return kFine;
}

}  // namespace gatesim
