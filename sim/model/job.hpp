// A job as a project runs it in a pipeline: how long, on what, and what may go wrong with a run of it.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "chance/distribution.hpp"
#include "model/ids.hpp"
#include "model/time.hpp"
#include "model/varying.hpp"

namespace gatesim {

class Pattern;  // model/pattern.hpp

/// A matcher: a regular expression that must match from the start of the text (a path, a branch), not to its end.
/// `text` is what the scenario said, for messages; `compiled` matches it.
struct PathPattern {
    std::string text;
    std::shared_ptr<const Pattern> compiled;
};

/// A dependency of a job on another job of the same change. A hard need on a job that does not apply to the change is a
/// configuration error; a soft one is then ignored.
struct JobNeed {
    JobId job = kNone;
    bool soft = false;
};

/// The semaphore a job holds while it runs: taken before its nodes are requested, or, with resources_first, after they
/// came.
struct SemaphoreUse {
    std::uint32_t semaphore = kNone;  ///< index into Scenario::semaphores
    bool resources_first = false;
};

/// A concurrency group, as GitHub Actions has them: of the runs in it one goes on, and one more waits at most. Who
/// comes while one waits takes its place, and that one is displaced.
struct ConcurrencyUse {
    std::string group;                ///< its name; {change}, {branch}, {project} and {job} stand for those of the run
    bool cancel_in_progress = false;  ///< who comes displaces the one that runs, too
};

/// Tests chosen for the change instead of all of them.
struct TestSelection {
    double recall = 1;  ///< chance that the choice holds the tests which show what is wrong with the tested change
    double cost = 1;    ///< share of the whole run that is left; also the chance that it shows somebody else's defect
};

/// A job as one project runs it in one pipeline (a resolved variant).
struct Job {
    JobId id = kNone;
    bool voting = true;          ///< a non-voting job's failure is reported and otherwise ignored
    std::vector<JobNeed> needs;  ///< direct needs; transitive ones follow from the graph
    Distribution duration;       ///< run time on an undisturbed node, seconds; duration_scale.first is already in it
    Varying<double> duration_scale = 1.0;  ///< by when a run starts
    Varying<Time> timeout;                 ///< a run longer than this fails as timeout; 0 = none; by when it starts
    std::uint32_t label = kNone;           ///< index into Scenario::labels: what the job runs on
    int nodes = 1;                         ///< nodes requested together
    int attempts = 3;                      ///< runs without a result before the job fails as retry limit
    bool hold_following_changes = false;   ///< items behind start nothing until this job succeeded
    std::optional<SemaphoreUse> semaphore;
    std::optional<ConcurrencyUse> concurrency;
    std::vector<PathPattern> files;             ///< runs only if one path of the change matches one of them
    std::vector<PathPattern> irrelevant_files;  ///< left out if every path of the change matches one of them
    std::vector<PathPattern> branches;  ///< runs only if the change's branch matches one of them (from its start)
    std::vector<std::string> kinds;     ///< runs only for changes of these kinds ("code", "doc" …); empty = all
    bool noop = false;                  ///< succeeds at once, without node
    Varying<double> flake;              ///< chance that a run fails although nothing is wrong; by when it starts
    Varying<double> no_result;  ///< chance that a run ends without a result (infrastructure) and is retried; so, too
    Varying<double> never_reports;  ///< chance that a run is never scheduled: it has no nodes, and nobody hears of it
    Varying<double> hangs;          ///< chance that a run keeps its nodes and never ends by itself
    bool reuses_green = false;      ///< a success of this job on the very same state counts, instead of a run
    double catches = 1;             ///< relative weight with which a change's defect shows in this job
    bool duration_per_change = false;  ///< all runs for a patch set take equally long: the change decides, not the run
    bool flake_per_change = false;     ///< the chance of a flake counts once for every change of the chain under test
    int retry_tests = 0;               ///< so often the failed tests of a run are repeated within it
    double retry_cost = 0;             ///< share of the run that each such repetition takes
    std::optional<TestSelection> selection;
    Time runs_on_unneeded = 0;       ///< how long a build goes on when nobody needs it any more; kNever: to its end
    double failure_shows_after = 1;  ///< share of its run after which a failing run shows that it will fail; 1: at
                                     ///< its end, like any result
};

/// How many times as long as `duration` says a run takes that starts then.
inline double duration_factor(const Job& job, Time start) {
    return job.duration_scale.varies() ? job.duration_scale.at(start) / job.duration_scale.first : 1;
}

}  // namespace gatesim
