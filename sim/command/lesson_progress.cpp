// lesson progress, timings: how far, and how long it took.

#include <fmt/format.h>

#include <nlohmann/json.hpp>

#include "command/command.hpp"
#include "command/lesson.hpp"
#include "command/lesson_screen.hpp"
#include "command/report_text.hpp"
#include "command/terminal.hpp"
#include "learn/progress_code.hpp"

namespace gatesim {

using namespace learn;

namespace {

const char* mark_name(Mark mark) {
    switch (mark) {
        case Mark::fresh:
            return "fresh";
        case Mark::started:
            return "started";
        case Mark::passed:
            return "passed";
        case Mark::passed_with_hints:
            return "passed-with-hints";
        case Mark::passed_with_all_hints:
            return "passed-with-all-hints";
        case Mark::gave_up:
            return "gave-up";
    }
    return "";
}

std::vector<Mark> marks_of(Desk& desk) {
    std::vector<Mark> out;
    for (const TrackEntry& entry : desk.track().lessons) out.push_back(learn::mark_of(desk.state().of(entry.lesson)));
    return out;
}

/// For the class board.
std::string code_of(Desk& desk) {
    std::vector<std::string> lessons;
    for (const TrackEntry& entry : desk.track().lessons) lessons.push_back(entry.lesson);
    return progress_code(marks_of(desk), open_now(desk.state(), lessons, wall_clock()));
}

std::string progress_json(Desk& desk) {
    nlohmann::ordered_json lessons = nlohmann::ordered_json::array();
    for (const TrackEntry& entry : desk.track().lessons) {
        const LessonState& s = desk.state().of(entry.lesson);
        nlohmann::ordered_json predictions = nlohmann::ordered_json::object();
        for (const auto& [question, answer] : s.predictions) predictions[question] = answer;
        const auto seconds = s.passed > 0 && s.started > 0 ? nlohmann::ordered_json(s.passed - s.started)
                                                           : nlohmann::ordered_json(nullptr);
        lessons.push_back({{"lesson", entry.lesson},
                           {"state", mark_name(learn::mark_of(s))},
                           {"attempts", s.attempts},
                           {"hints", s.rung},
                           {"revision", s.revision},
                           {"seconds", seconds},
                           {"predictions", predictions}});
    }
    const nlohmann::ordered_json out = {{"format", 1},
                                        {"track", desk.track().name},
                                        {"learner", desk.state().learner},
                                        {"current", desk.state().current},
                                        {"code", code_of(desk)},
                                        {"lessons", lessons}};
    return out.dump(1, ' ', false, nlohmann::json::error_handler_t::replace) + "\n";
}

std::string minutes_text(Instant seconds) {
    return fmt::format("{} min", (seconds + 30) / 60);
}

}  // namespace

int lesson_progress(const Arguments& arguments) {
    int code = kFine;
    auto desk = Desk::find(arguments, code);
    if (!desk) return code;
    if (arguments.has("json"))
        print_out(progress_json(*desk));
    else if (arguments.has("code"))
        print_out(code_of(*desk) + "\n");
    else
        print_out(fmt::format("{}: {}\nfor the class board: {}\nprogress file: {}/{}\n\n", desk->state().learner,
                              desk->track().title, code_of(*desk), desk->folder(), kStateFile) +
                  list_text(*desk));
    return kFine;
}

int lesson_timings(const Arguments& arguments) {
    int code = kFine;
    auto desk = Desk::find(arguments, code);
    if (!desk) return code;
    print_out(filled_up("lesson", 34) + filled_up("planned", 12) + filled_up("yours", 12) + "attempts\n");
    for (const TrackEntry& entry : desk->track().lessons) {
        std::vector<Diagnostic> problems;
        const auto lesson = read_lesson(desk->track().folder_of(entry.lesson), problems);
        const LessonState& s = desk->state().of(entry.lesson);
        const std::string planned = lesson ? fmt::format("{} min", lesson->teach_minutes + lesson->do_minutes) : "?";
        std::string yours = s.passed > 0 && s.started > 0 ? minutes_text(s.passed - s.started) : "";
        if (yours.empty() && s.started > 0) yours = "begun";
        print_out(without_blanks(filled_up(entry.lesson, 34) + filled_up(planned, 12) + filled_up(yours, 12) +
                                 (s.attempts > 0 ? std::to_string(s.attempts) : "")) +
                  "\n");
    }
    return kFine;
}

}  // namespace gatesim
