// Holds a learner's work against a lesson: every goal with what was measured, how far it is, and what to say.
#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "learn/judge.hpp"
#include "learn/work.hpp"
#include "study/journal.hpp"
#include "study/study.hpp"

namespace gatesim::learn {

struct CheckOptions {
    std::uint64_t seed = 1;           ///< of the check; see check_seed
    std::uint64_t practice_seed = 1;  ///< of the run that questions ask about
    std::vector<std::uint32_t> looks = kLooks;
    unsigned jobs = 1;
    int attempt = 1;
    std::vector<std::string> overlay;  ///< of an organisation
    std::string scratch;               ///< an empty folder for tables
    std::function<void(std::uint32_t done, std::uint32_t total)> progress;
    std::shared_ptr<Journal> journal;  ///< of earlier checks with the same seed; may be nothing
};

/// What came of one check, or of one question with an answer.
struct Finding {
    std::string id, text, unit;
    int task = 1;
    bool guard = false, question = false;
    Status status = Status::open;
    std::string goal;      ///< "≤ 2.5 h"; empty for a question
    std::string yours;     ///< "2.91 h ± 0.04"
    std::string distance;  ///< "0.41 h too much"
    std::optional<double> measured, low, high, target;
    Series room;                      ///< see Judgement
    std::size_t n = 0;                ///< replications it rests on
    std::string right;                ///< a question about the practice run: an answer that would be right
    std::string message_id, message;  ///< what to say if it failed
    bool judged = true;               ///< false: not before a later attempt
    bool hidden = false;              ///< the goal is what the learner has to find, and is not told yet
};

struct CheckOutcome {
    Status status = Status::error;
    std::vector<Finding> findings;     ///< questions in the order of the manifest, then checks
    std::vector<Diagnostic> problems;  ///< what is wrong with the work: then nothing was run
    StudyProblem trouble;              ///< the run failed: a contract was broken, a program died
    std::vector<std::string> missing;  ///< questions that must be answered before anything is run
    bool overloaded = false, interrupted = false;
    std::optional<std::string> mine;  ///< the scenario with the work in it

    bool passed() const { return status == Status::pass; }
};

/// The whole check.
CheckOutcome check_work(const Lesson& lesson, const Work& work, const CheckOptions& options);

/// The goal of a number that the learner has to find is told from this attempt on; before, only in which direction it
/// lies and about how far.
inline constexpr int kGoalToldFrom = 3;

/// There are so many lucks that work is judged on. The author's test walks all of them.
inline constexpr int kJudgingLucks = 8;

/// Seeds that nobody is told: of a judging luck ("check 1" ...), of calibration runs of the author's test, of unseen
/// ones.
std::uint64_t check_seed(const std::string& lesson, const std::string& what);

/// "check K": the luck that a learner is judged on, by name, so that what passes here need not pass at the next desk by
/// its digits alone.
std::string judging_luck(const std::string& learner);
std::string judging_luck(int number);

/// The practice seed of a learner: 1 .. variants, by name, so that neighbours differ.
std::uint64_t practice_seed(const Lesson& lesson, const std::string& learner);

}  // namespace gatesim::learn
