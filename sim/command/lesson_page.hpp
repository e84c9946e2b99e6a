// The page of a lesson: the learner's run, and on the same luck what it is to be held against.
#pragma once

#include <functional>

#include "command/lesson_desk.hpp"

namespace gatesim {

/// `gatesim run` with these words; its exit code.
int call_run(const std::vector<std::string>& words);

/// A file for `gatesim run` in `folder`, with the files and programs that the lesson's scenario needs: what a case's
/// work and values make of it. Empty if it cannot be made or written.
std::string put_case(const learn::Lesson& lesson, const learn::Work& learner, const std::string& id,
                     const std::string& folder);

/// Runs the learner's work with these words for `gatesim run` (--set … and flags) on their practice luck, or that of
/// --seed, into the folder `out` of the lesson; then makes report.html beside it. There stands beside their run, with
/// the same seed and the same warm-up: their work alone, if there were --set; once the lesson is passed or given up,
/// the solution; before, the case that the lesson names, or what was handed out; nothing if that is the same. Says
/// where the page is, unless --quiet. `before_run` is asked once the work is known to make a scenario; false ends it.
/// Returns an exit code; a file of the learner's that bears the name of the page stays.
int run_work(const Desk& desk, const OpenLesson& open, const learn::Work& work, const Arguments& arguments,
             const std::vector<std::string>& words, const std::function<bool()>& before_run);

}  // namespace gatesim
