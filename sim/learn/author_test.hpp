// The author's test: is this lesson fit to be taught?
#pragma once

#include <functional>
#include <map>
#include <string>
#include <vector>

#include "learn/checker.hpp"
#include "learn/track.hpp"

namespace gatesim::learn {

/// A check may take so long, on so many cores. What is counted is processor time; a machine that is busy with other
/// things stretches it, too, but hardly more than to twice its length, and beyond that a lesson is not in order.
inline constexpr double kCheckSeconds = 5;
inline constexpr unsigned kCheckCores = 2;
inline constexpr double kBusy = 2;
/// Seeds on which starters must fail, and replications on which solutions must pass, by how many standard errors.
inline constexpr int kCalibrationSeeds = 5;
inline constexpr std::uint32_t kUnseenRuns = 30;
inline constexpr double kMargin = 3;

/// One thing that was looked at.
struct Exhibit {
    std::string what;  ///< "the starter fails on 5 seeds"
    bool fine = false;
    std::string trouble;  ///< what is wrong; may have several lines
};

struct LessonReport {
    std::string lesson;
    std::vector<Exhibit> exhibits;
    std::string golden;                          ///< expected/golden.json as measured now
    std::map<std::string, std::string> answers;  ///< files with answers that are other ones for the organisation
    bool interrupted = false;

    bool fine() const;
};

struct AuthorOptions {
    unsigned jobs = 1;
    std::vector<std::string> overlay;
    bool solvable_only = false;  ///< nothing of figures, texts and time; but see claims
    bool claims = false;         ///< with solvable_only: whether the texts are so, too, if all else is in order
    bool figures = true;         ///< measure the figures again; false when they are about to be written
    std::string scratch;         ///< an empty folder
    /// Processor seconds spent so far, by this process and those it waited for, from whoever may look at a clock.
    /// Empty: checks are not timed.
    std::function<double()> clock;
};

/// Tests one lesson: its manifest and files, starter, solution, wrong answers, figures and texts.
LessonReport test_lesson(const std::string& folder, const AuthorOptions& options);

/// Tests the track itself: no lesson that it does not name.
std::vector<Exhibit> test_track(const Track& track);

}  // namespace gatesim::learn
