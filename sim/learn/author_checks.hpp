// The author's test, the part that makes checks: like a learner's, on stated luck, and timed.
#pragma once

#include <map>
#include <memory>
#include <optional>
#include <string>

#include "learn/author_test.hpp"

namespace gatesim::learn {

/// Why nothing was judged; empty if it was.
std::string trouble_of(const CheckOutcome& outcome);

/// What a check did not pass, a line each. `runs_only`: leaving out what only answers decide.
std::string unmet(const CheckOutcome& outcome, bool runs_only = false);

class AuthorChecks {
public:
    /// `answers`: files with answers that are other ones for the organisation (see LessonReport). All must outlive it.
    AuthorChecks(const Lesson& lesson, const AuthorOptions& options, const std::map<std::string, std::string>& answers)
        : lesson_(lesson), options_(options), answers_(answers) {}

    /// A file of the lesson as somebody's work, or what is wrong with it.
    std::optional<Work> work(const std::string& file, std::string& trouble) const;

    CheckOptions on(const std::string& luck);
    CheckOutcome check(const Work& work, const CheckOptions& options);
    CheckOutcome check(const Work& work, const std::string& luck) { return check(work, on(luck)); }
    /// Processor seconds of a check that does not count as one of the lesson's own.
    double seconds_of(const Work& work, const std::string& luck);

    double dearest() const { return dearest_; }  ///< processor seconds of the dearest check
    bool interrupted() const { return interrupted_; }

private:
    CheckOutcome timed(const Work& work, const CheckOptions& options, double& took);

    const Lesson& lesson_;
    const AuthorOptions& options_;
    const std::map<std::string, std::string>& answers_;
    std::map<std::string, std::shared_ptr<Journal>> journals_;  ///< by luck
    int folders_ = 0;
    double dearest_ = 0;
    bool interrupted_ = false;
};

}  // namespace gatesim::learn
