// The verbs of `gatesim lesson`.
#pragma once

#include "command/lesson_desk.hpp"

namespace gatesim {

int lesson_list(const Arguments& arguments);
int lesson_start(const Arguments& arguments);
int lesson_check(const Arguments& arguments);
int lesson_run(const Arguments& arguments);
int lesson_watch(const Arguments& arguments);
int lesson_hint(const Arguments& arguments);
int lesson_explain(const Arguments& arguments);
int lesson_goto(const Arguments& arguments);
int lesson_reset(const Arguments& arguments);
int lesson_progress(const Arguments& arguments);
int lesson_timings(const Arguments& arguments);
int lesson_projector(const Arguments& arguments);
int lesson_sheet(const Arguments& arguments);
int lesson_teacher(const Arguments& arguments);
int lesson_picture(const Arguments& arguments);
int lesson_verify(const Arguments& arguments);

/// A folder for tables that is gone when this is.
class ScratchFolder {
public:
    ScratchFolder();
    ~ScratchFolder();
    ScratchFolder(const ScratchFolder&) = delete;
    ScratchFolder& operator=(const ScratchFolder&) = delete;
    const std::string& path() const { return path_; }

private:
    std::string path_;
};

/// Checks the learner's work, keeps what came of it (progress, predictions, results.json, mine.json) and gives the
/// screen that says so.
struct CheckScreen {
    std::string screen;
    int exit_code = 0;
    bool passed = false;
    bool is_error = false;  ///< nothing was judged: the work could not be read or run
};
CheckScreen check_and_keep(Desk& desk, const OpenLesson& open, const Arguments& arguments);

/// The page of a hint rung, 1 to 4; keeps that it was seen.
std::string hint_text(Desk& desk, const OpenLesson& open, int rung);

/// Why the solution works, as a page.
std::string why_text(Desk& desk, const OpenLesson& open);

}  // namespace gatesim
