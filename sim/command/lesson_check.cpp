// lesson check, run: the learner's work against the goals, and its scenario run like any other.

#include <fmt/format.h>
#include <unistd.h>

#include <cstdlib>
#include <filesystem>

#include "command/command.hpp"
#include "command/desk_files.hpp"
#include "command/lesson.hpp"
#include "command/lesson_page.hpp"
#include "command/lesson_said.hpp"
#include "command/lesson_screen.hpp"
#include "command/lesson_turn_pages.hpp"
#include "command/progress.hpp"
#include "command/report_text.hpp"
#include "command/terminal.hpp"
#include "learn/reference.hpp"
#include "learn/results.hpp"
#include "learn/wording.hpp"
#include "record/narrator.hpp"
#include "study/interrupt.hpp"
#include "study/process_pool.hpp"

namespace gatesim {

using namespace learn;
namespace fs = std::filesystem;

namespace {

/// A short form of an answer, for the progress file.
std::string answer_text(const Value& value, const std::string& unit) {
    return value.text ? *value.text : value.number ? amount_text(*value.number, unit) : "";
}

void keep_predictions(const OpenLesson& open, const Work& work, LessonState& state) {
    for (const Question& q : open.lesson.questions) {
        const auto given = work.answers.find(q.id);
        if (q.first && given != work.answers.end()) state.predictions.emplace(q.id, answer_text(given->second, q.unit));
    }
}

/// `said`: what the learner's program wrote to its standard error.
CheckOutcome checked(Desk& desk, const OpenLesson& open, const Work& work, const Arguments& arguments, int attempt,
                     std::string& said) {
    const ScratchFolder scratch;
    std::optional<Said> listening;
    if (!open.lesson.programs.empty()) listening.emplace(scratch.path());
    CheckOptions options;
    options.seed = check_seed(open.lesson.name, judging_luck(desk.state().learner));
    options.practice_seed = desk.practice_seed(open);
    options.jobs = static_cast<unsigned>(arguments.count("jobs", available_processors()));
    options.attempt = attempt;
    options.scratch = scratch.path();
    Progress progress(!arguments.has("quiet") && !arguments.has("no-progress") && can_draw(), "checking", 1);
    options.progress = [&](std::uint32_t done, std::uint32_t total) {
        if (total > 0) progress.update(0, static_cast<double>(done) / total);
    };
    CheckOutcome out = check_work(open.lesson, work, options);
    if (listening) said = listening->text();
    return out;
}

int exit_code_of(const CheckOutcome& outcome) {
    if (outcome.interrupted) return kInterrupted;
    if (!outcome.problems.empty()) return outcome.problems.front().exit_code;
    if (!outcome.trouble.text.empty()) return outcome.trouble.exit_code;
    return outcome.passed() ? kFine : kMissed;
}

std::string after_the_pass(Desk& desk, const OpenLesson& open, const std::string& beside) {
    // What was passed stands at the end once more: the table may have left the screen by now.
    std::string out = "\n" + beside + why_text(desk, open) + "\n" +
                      styled(fmt::format("✓ {} is passed.", open.lesson.name), Style::good) + "\n";
    const auto next = desk.next_after(open.index);
    if (!next) return out + wrap(desk.track().closing, screen_width(), 0) + "\n";
    return out + fmt::format("Next: {} lesson start {}\n", called_as(), desk.track().lessons[*next].lesson);
}

/// A copy that the learner changed would mislead: what they see is not what is checked.
std::string about_copies(const OpenLesson& open) {
    std::string out;
    std::vector<std::string> copies = {"scenario.json"};
    copies.insert(copies.end(), open.lesson.files.begin(), open.lesson.files.end());
    for (const std::string& file : copies) {
        const auto copy = read_text(open.folder + "/" + file);
        if (copy && copy != read_text(open.lesson.path(file)))
            out +=
                wrap(fmt::format("! {}/{} was changed. It is a copy to look at: the check uses its own. What you may "
                                 "change stands in work.json.",
                                 open.folder, file),
                     screen_width(), 2) +
                "\n";
    }
    return out;
}

}  // namespace

ScratchFolder::ScratchFolder() {
    std::error_code error;
    std::string name = (fs::temp_directory_path(error) / "gatesim-lesson-XXXXXX").string();
    if (::mkdtemp(name.data())) path_ = name;
}

ScratchFolder::~ScratchFolder() {
    std::error_code ignored;
    if (!path_.empty()) fs::remove_all(path_, ignored);
}

CheckScreen check_and_keep(Desk& desk, const OpenLesson& open, const Arguments& arguments) {
    CheckScreen out;
    CheckOutcome outcome;
    std::string said;
    auto work = read_work(open.lesson, open.folder + "/work.json", outcome.problems);
    const bool complete = work && work->unanswered(open.lesson, true).empty();
    if (work) outcome = checked(desk, open, *work, arguments, desk.state().of(open.lesson.name).attempts + 1, said);
    if (outcome.interrupted) return {"", kInterrupted};
    out.exit_code = exit_code_of(outcome);
    out.passed = outcome.passed();
    out.is_error = !outcome.problems.empty() || !outcome.trouble.text.empty();
    if (outcome.mine) desk.put_mine(open, *outcome.mine);
    const Texts texts = desk.texts(open);
    const std::string json = results_json(open.lesson, outcome, texts);
    const bool kept = write_whole(open.folder + "/results.json", json) && desk.update([&](State& state) {
        Desk::put_begun(open, state);
        LessonState& lesson = state.lessons[open.lesson.name];
        if (complete && !out.is_error) {
            ++lesson.attempts;
            keep_predictions(open, *work, lesson);
        }
        if (out.passed && lesson.passed == 0) lesson.passed = wall_clock();
        if (out.passed && lesson.phase != Phase::gave_up) lesson.phase = Phase::passed;
    });
    if (!kept) return {"", kUnreadable};
    const LessonState& state = desk.state().of(open.lesson.name);
    out.screen =
        arguments.has("json") ? json : about_copies(open) + outcome_text(open, outcome, texts, state) + said_text(said);
    if (out.passed && !arguments.has("json")) {
        const auto lines = beside_reference(open.lesson, *work, outcome);
        out.screen += after_the_pass(desk, open, beside_text(lines, texts));
    }
    return out;
}

int lesson_check(const Arguments& arguments) {
    int code = kFine;
    auto desk = Desk::find(arguments, code);
    if (!desk) return code;
    const auto open = desk->open(arguments.positional(1), code);
    if (!open || !desk->need_name(code)) return code;
    if (!desk->laid_out(*open) && !desk->lay_out(*open, false)) return kUnreadable;
    InterruptGuard guard;
    const CheckScreen screen = check_and_keep(*desk, *open, arguments);
    if (arguments.has("json"))
        print_out(screen.screen);
    else if (screen.is_error)
        print_err(screen.screen);
    else if (!arguments.has("quiet"))
        print_page(screen.screen);
    return screen.exit_code;
}

int lesson_run(const Arguments& arguments) {
    int code = kFine;
    auto desk = Desk::find(arguments, code);
    if (!desk) return code;
    const auto open = desk->open(arguments.positional(1), code);
    if (!open || !desk->need_name(code)) return code;
    if (!desk->laid_out(*open) && !desk->lay_out(*open, false)) return kUnreadable;
    std::vector<Diagnostic> problems;
    const auto work = read_work(open->lesson, open->folder + "/work.json", problems);
    if (!work) {
        print_err(text(problems));
        return problems.front().exit_code;
    }
    if (const auto missing = work->unanswered(open->lesson, true); !missing.empty()) {
        print_err(fmt::format("gatesim lesson: first say what you expect, then look: answer {} in {}/work.json\n",
                              enumeration(missing), open->folder));
        return kMissed;
    }
    std::vector<std::string> words;
    for (const std::string& set : arguments.all("set")) words.insert(words.end(), {"--set", set});
    for (const char* flag : {"json", "quiet", "no-progress"})
        if (arguments.has(flag)) words.push_back(std::string("--") + flag);
    const auto predictions = [&](State& state) { keep_predictions(*open, *work, state.lessons[open->lesson.name]); };
    return run_work(*desk, *open, *work, arguments, words, [&] { return desk->update(predictions); });
}

}  // namespace gatesim
