// new: a scenario from eight answers.

#include <fmt/format.h>
#include <fmt/ranges.h>
#include <unistd.h>

#include <cerrno>
#include <filesystem>

#include "command/command.hpp"
#include "command/new_files.hpp"
#include "command/new_questions.hpp"
#include "command/terminal.hpp"
#include "model/shell_quoted.hpp"
#include "study/interrupt.hpp"

namespace gatesim {

namespace {

namespace fs = std::filesystem;

/// Where the scenario goes: a folder with scenario.json and notes.md, or a file with its notes beside it.
struct Place {
    std::string folder, scenario, notes;
    std::string name;  ///< of the scenario
    std::string path;  ///< as commands take it
};

Place place_of(const std::string& typed) {
    const fs::path path(typed);
    if (path.extension() != ".json") {
        const fs::path normal = path.lexically_normal();
        const std::string name = (normal.has_filename() ? normal : normal.parent_path()).filename().string();
        return {typed, "scenario.json", "notes.md", name.empty() || name == "." ? "my-gate" : name, typed};
    }
    const std::string stem = path.stem().string();
    return {path.has_parent_path() ? path.parent_path().string() : ".", path.filename().string(), stem + ".notes.md",
            stem, typed};
}

enum class Heard { line, end, interrupted };

/// A line from the terminal. A Ctrl-C ends the wait.
Heard read_line(std::string& line) {
    line.clear();
    for (;;) {
        if (InterruptGuard::count() > 0) return Heard::interrupted;
        char c = 0;
        const ssize_t got = ::read(STDIN_FILENO, &c, 1);
        if (got < 0 && errno == EINTR) continue;
        if (got <= 0) return Heard::end;
        if (c == '\n') return Heard::line;
        line += c;
    }
}

std::string trimmed(const std::string& text) {
    const std::size_t first = text.find_first_not_of(" \t\r");
    if (first == std::string::npos) return "";
    return text.substr(first, text.find_last_not_of(" \t\r") - first + 1);
}

/// Answers as far as they are known, the rest by default; and where each came from.
struct Asked {
    Answers answers;
    std::vector<std::string> from;
};

Asked typed_answers(const Arguments& arguments) {
    Asked out;
    for (const Question& question : questions()) {
        const bool typed = arguments.has(question.option);
        out.answers.push_back(typed ? trimmed(arguments.text(question.option)) : question.usual);
        out.from.emplace_back(typed ? "by option" : "default");
    }
    return out;
}

/// Asks what was not typed. kFine, or the exit code.
int ask(const std::string& name, Asked& asked) {
    for (std::size_t q = 0; q < questions().size(); ++q) {
        if (asked.from[q] != "default") continue;
        const Question& question = questions()[q];
        for (;;) {
            print_err(fmt::format("{}/{}  {}\n     {}\n     [{}] ", q + 1, questions().size(), question.ask,
                                  question.allowed, question.usual));
            std::string line;
            const Heard heard = read_line(line);
            if (heard != Heard::line) {
                print_err(
                    fmt::format("\ngatesim new: {}; nothing was written\n",
                                heard == Heard::end ? "the answers ended before the last question" : "interrupted"));
                return heard == Heard::end ? kUsage : kInterrupted;
            }
            const std::string answer = trimmed(line);
            asked.answers[q] = answer.empty() ? question.usual : answer;
            const NewScenario so_far = make_scenario(name, asked.answers);
            if (so_far.problem.empty() || so_far.at > q) {
                asked.from[q] = answer.empty() ? "default" : "answered";
                break;
            }
            print_err(fmt::format("     {}\n", so_far.problem));
        }
    }
    return kFine;
}

/// What nobody was asked, as options.
void tell_defaults(const Asked& asked) {
    std::string taken;
    for (std::size_t q = 0; q < questions().size(); ++q)
        if (asked.from[q] == "default")
            taken += fmt::format("  --{} {}\n", questions()[q].option, shell_quoted(asked.answers[q]));
    if (!taken.empty())
        print_err(fmt::format("gatesim new: no terminal to ask at, so these are the defaults:\n{}", taken));
}

void say_what_next(const Place& place, const Asked& asked) {
    std::string out = fmt::format("{} and {} are in {}.\n\nWhat next\n", place.scenario, place.notes, place.folder);
    for (const auto& [command, why] : next_commands(place.path, asked.answers))
        out += fmt::format("  {} {}\n      {}\n", called_as(), command, why);
    print_out(out);
}

int run_new(const Arguments& arguments) {
    const Place place = place_of(arguments.positional(0).empty() ? "my-gate" : arguments.positional(0));
    const NewFiles empty = {{place.notes, ""}, {place.scenario, ""}};
    // Before anybody answers eight questions in vain.
    if (const std::string why = what_is_in_the_way(place.folder, empty); !why.empty()) return usage_error("new", why);
    InterruptGuard guard;
    Asked asked = typed_answers(arguments);
    NewScenario made = make_scenario(place.name, asked.answers);
    if (!made.problem.empty())
        return usage_error("new", fmt::format("--{}: {}\n  it takes {}", questions()[made.at].option, made.problem,
                                              questions()[made.at].allowed));
    if (::isatty(STDIN_FILENO) && ::isatty(STDERR_FILENO)) {
        if (const int code = ask(place.name, asked); code != kFine) return code;
        made = make_scenario(place.name, asked.answers);
    } else if (!arguments.has("quiet")) {
        tell_defaults(asked);
    }
    const std::string problem = make_files(
        place.folder,
        {{place.notes, notes_of(place.name, asked.answers, asked.from, made)}, {place.scenario, made.document}});
    if (!problem.empty()) {
        print_err(fmt::format("gatesim new: {}\n", problem));
        return kUnreadable;
    }
    if (!arguments.has("quiet")) say_what_next(place, asked);
    return kFine;
}

std::vector<Option> options() {
    std::vector<Option> out;
    for (const Question& question : questions())
        out.push_back({.name = question.option,
                       .kind = OptionKind::text,
                       .value = question.value,
                       .help = fmt::format("{} {}. Default: {}.", question.ask, question.allowed, question.usual)});
    return out;
}

const bool kRegistered = register_command(
    {.name = "new",
     .summary = "Make a scenario of your own from eight answers",
     .help =
         "Asks eight questions and writes a scenario that runs, with notes.md beside it: each answer, what it became, "
         "and what was assumed. On a terminal it asks what no option answers; an empty line takes what stands in "
         "brackets, and an answer that cannot be is explained and asked for again. Without a terminal nobody is asked, "
         "and what was not typed is taken by default and named.\n\n"
         "JOBS is a list with commas: NAME TIME, and where a job flakes more or less than the others, NAME TIME flake "
         "SHARE: \"build 12m, unit 8m, e2e 40m flake 4%\". A bare number is minutes.\n\n"
         "Nothing that is there is replaced. A run of the scenario ends with exit code 1 if the promise is not kept.",
     .examples = {"new", "new shop --changes 40/weekday --hours 'Mo-Fr 9-17 Europe/Berlin' --runners 12",
                  "new shop.json --jobs 'build 12m, e2e 40m flake 4%' --promise 90m"},
     .positionals = {{"FOLDER", "where it goes: a new folder (or FILE.json, with FILE.notes.md). Default: my-gate",
                      false}},
     .options = options(),
     .run = run_new});

}  // namespace

}  // namespace gatesim
