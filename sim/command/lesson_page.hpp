// The page of a lesson: the learner's run, and on the same luck what it is to be held against.
#pragma once

#include "command/lesson_desk.hpp"

namespace gatesim {

/// `gatesim run` with these words; its exit code.
int call_run(const std::vector<std::string>& words);

/// A file for `gatesim run` in `folder`, with the files and programs that the lesson's scenario needs: what a case's
/// work and values make of it. Empty if it cannot be made or written.
std::string put_case(const learn::Lesson& lesson, const learn::Work& learner, const std::string& id,
                     const std::string& folder);

/// Makes report.html in the learner's folder of the lesson from the run in its folder `out`, which had `sets` on top of
/// the work. Beside it stands, with the same seed and the same warm-up: once the lesson is passed or given up, the
/// solution; before, the case that the lesson names, or what was handed out; nothing if that is the same. Says where
/// the page is, unless --quiet. Returns an exit code; a file of the learner's with that name stays.
int put_lesson_page(const Desk& desk, const OpenLesson& open, const learn::Work& work,
                    const std::vector<std::string>& sets, const Arguments& arguments);

}  // namespace gatesim
