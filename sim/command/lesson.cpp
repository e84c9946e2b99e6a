// lesson: a course at the terminal, checked by simulation.

#include "command/lesson.hpp"

#include <fmt/format.h>

#include "command/command.hpp"
#include "command/lesson_screen.hpp"
#include "command/lesson_turn_pages.hpp"
#include "command/scenario_input.hpp"
#include "command/terminal.hpp"
#include "record/narrator.hpp"
#include "scenario/errors.hpp"
#include "scenario/meant.hpp"

namespace gatesim {

namespace {

struct Verb {
    const char* name;
    int (*run)(const Arguments&);
    const char* what;
};

constexpr Verb kVerbs[] = {
    {"list", lesson_list, "the lessons, with your progress (also: no verb)"},
    {"start", lesson_start, "lays out a lesson's files and shows its task"},
    {"check", lesson_check, "goal, yours and distance side by side"},
    {"watch", lesson_watch, "checks each time you save; keys h n l c q, space"},
    {"run", lesson_run, "runs your work on the practice luck, and makes its page"},
    {"hint", lesson_hint, "the next of four hints, or --rung N"},
    {"explain", lesson_explain, "why the solution works: after the pass, or --give-up"},
    {"goto", lesson_goto, "makes a lesson the current one"},
    {"reset", lesson_reset, "lays the files out anew (yours are kept as .before); --all"},
    {"progress", lesson_progress, "how far you are; --code for the class board, --json"},
    {"timings", lesson_timings, "how long each lesson took, beside what was planned"},
    {"projector", lesson_projector, "for teachers: a page in big type without the solution"},
    {"sheet", lesson_sheet, "for teachers: a page to print and hand out"},
    {"teacher", lesson_teacher, "for teachers: notes with figures, hints and solution"},
    {"picture", lesson_picture, "for teachers: what to draw on the board, as SVG files"},
    {"verify", lesson_verify, "for authors: is each lesson fit to be taught?"},
};

std::string verbs_text() {
    std::string out = "Verbs:";
    for (const Verb& v : kVerbs) out += fmt::format("\n  {:<10} {}", v.name, v.what);
    return out;
}

int run_lesson(const Arguments& arguments) {
    const std::string verb = arguments.positional(0).empty() ? "list" : arguments.positional(0);
    std::vector<std::string> names;
    for (const Verb& v : kVerbs) {
        if (verb == v.name) return v.run(arguments);
        names.emplace_back(v.name);
    }
    const std::string near = document::nearest(verb, names);
    return usage_error("lesson",
                       fmt::format("there is no verb {}{}", document::quote(verb), document::did_you_mean(near)));
}

std::vector<Option> options() {
    return {
        {.name = "dir",
         .kind = OptionKind::text,
         .value = "DIR",
         .help = "Your folder. Default: gatesim-lessons, or where you are if that is one."},
        {.name = "track",
         .kind = OptionKind::text,
         .value = "DIR",
         .help = "Another course: a folder with track.json. Default: lessons; start remembers it."},
        {.name = "name",
         .kind = OptionKind::text,
         .value = "NAME",
         .help = "Your name, once; sheet: whose sheet. Default: $USER, unless that is one like root or student."},
        {.name = "rung",
         .kind = OptionKind::count,
         .value = "N",
         .help = "hint: this one, 1 to 4.",
         .low = 1,
         .high = 4},
        {.name = "give-up", .kind = OptionKind::flag, .help = "explain: before the pass; it is written down."},
        {.name = "all", .kind = OptionKind::flag, .help = "reset: every lesson, and the progress."},
        {.name = "json", .kind = OptionKind::flag, .help = "check, progress, verify: one document for a program."},
        {.name = "code", .kind = OptionKind::flag, .help = "progress: a short code for the class board."},
        set_option(),
        {.name = "seed",
         .kind = OptionKind::count,
         .value = "N",
         .help = "run: other luck than that of the practice seed."},
        {.name = "out",
         .kind = OptionKind::text,
         .value = "FILE",
         .help = "projector, sheet, teacher: where the page goes. Default: lesson-projector.html, lesson-sheet.html; "
                 "without it teacher prints text. picture: a folder; default: lesson-pictures."},
        {.name = "org",
         .kind = OptionKind::text,
         .value = "FILE",
         .help = "verify: a merge patch put on every scenario: do the lessons work for that organisation?"},
        {.name = "into",
         .kind = OptionKind::text,
         .value = "DIR",
         .help = "verify --org: leaves a track there, with scenarios and figures of that organisation."},
        {.name = "write", .kind = OptionKind::flag, .help = "verify: writes the figures of the texts instead."},
        jobs_option(),
    };
}

const bool kRegistered = register_command(
    {.name = "lesson",
     .summary = "Learn how gates behave: lessons that a simulation checks",
     .help = "A course at the terminal. Every lesson begins with a red verdict; you edit work.json until it is green. "
             "Your work and your progress (a plain file) lie in gatesim-lessons/. lessons/README.md is the page for "
             "teachers and authors.",
     .examples = {"lesson start", "lesson check", "lesson hint", "lesson verify 05"},
     .positionals =
         {{"VERB",
           "list, start, check, watch, run, hint, explain, goto, reset, progress, timings, projector, sheet, "
           "teacher, picture or verify; without one: list",
           false},
          {"NAME", "a lesson: its name, its number or a part of its name; default: the current one", false}},
     .options = options(),
     .run = run_lesson});

}  // namespace

int lesson_list(const Arguments& arguments) {
    int code = kFine;
    auto desk = Desk::find(arguments, code);
    if (!desk) return code;
    const bool first = arguments.positional(0).empty() && desk->is_new();
    if (first) print_out(wrap(desk->track().welcome, screen_width(), 0) + "\n\n");
    print_out(list_text(*desk));
    if (arguments.positional(0).empty()) print_out("\n" + verbs_text() + "\n");
    print_out(fmt::format("\n{}: {} lesson {}\n", first ? "Begin" : "Go on", called_as(), first ? "start" : "check"));
    return kFine;
}

int lesson_start(const Arguments& arguments) {
    int code = kFine;
    auto desk = Desk::find(arguments, code);
    if (!desk) return code;
    const auto open = desk->open(arguments.positional(1), code);
    if (!open || !desk->need_name(code)) return code;
    const bool first = desk->is_new();
    if (!desk->lay_out(*open, false) || !desk->begin(*open)) return kUnreadable;
    std::string page;
    if (first) page = wrap(desk->track().welcome, screen_width(), 0) + "\n\n";
    page += page_text(desk->texts(*open).file("README.md").value_or(""));
    page += "\n" +
            wrap(fmt::format("Your files: {}/ (edit work.json). {} minutes. It starts red, and is meant to: "
                             "{} lesson check",
                             open->folder, open->lesson.teach_minutes + open->lesson.do_minutes, called_as()),
                 screen_width(), 0) +
            "\n";
    print_page(page);
    return kFine;
}

int lesson_goto(const Arguments& arguments) {
    if (arguments.positional(1).empty()) return usage_error("lesson", "goto needs a lesson's name");
    return lesson_start(arguments);
}

}  // namespace gatesim
