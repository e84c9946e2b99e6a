// What the importer of GitHub keeps of the records that it reads, before it knows what they mean together.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "import/fields.hpp"
#include "import/importer.hpp"
#include "import/key_numbers.hpp"
#include "import/row_list.hpp"

namespace gatesim::import::github {

/// How far a job or workflow had come when it was recorded.
enum class Stage : std::uint8_t { waiting, running, ended };

/// One job of one attempt, as an answer or a webhook has it.
struct Job {
    std::uint64_t id = 0;
    std::uint64_t workflow_run = 0;  ///< 0: unknown
    Moment created = kNever, started = kNever, ended = kNever;
    Texts::Id name = 0, label = 0, runner = 0, project = 0;
    std::uint32_t sha = 0, ref = 0;  ///< Rows::shas, Rows::refs
    std::uint16_t attempt = 1;       ///< 0: not said
    RunResult result = RunResult::unfinished;
    Stage stage = Stage::waiting;
};

/// One attempt of one workflow run.
struct WorkflowRun {
    std::uint64_t id = 0;
    Moment created = kNever, started = kNever, updated = kNever;  ///< `started`: of this attempt
    Texts::Id name = 0, project = 0, event = 0;
    std::uint32_t sha = 0, ref = 0;  ///< Rows::shas, Rows::refs
    std::uint16_t attempt = 1;
    RunResult result = RunResult::unfinished;
    Stage stage = Stage::waiting;
};

/// What happened to a pull request: its timeline, or webhooks.
struct Event {
    enum class Kind : std::uint8_t { added, removed, merged };

    Kind kind = Kind::added;
    std::uint64_t pull = 0;      ///< number of the pull request; 0: unknown
    std::uint32_t document = 0;  ///< where it stood: events of one document are of one pull request
    Moment at = kNever;
    Key id = 0;
    Texts::Id actor = 0, author = 0, project = 0, branch = 0;
    Texts::Id reason = 0;      ///< of a removal, lower case
    std::uint32_t commit = 0;  ///< Rows::shas
    bool by_bot = false;
    bool of_group = false;  ///< it follows from what became of a group, and is no record of its own
};

/// A pull request in the queue, as a poll saw it.
struct Sighting {
    std::uint64_t pull = 0;
    std::uint32_t poll = kNone;  ///< index; kNone: nobody knows when
    Moment enqueued = kNever;
    Texts::Id author = 0, project = 0, branch = 0;
    bool mergeable = false, unmergeable = false;
    bool jumps = false, solo = false;  ///< Entry::jumps, Entry::solo
};

/// What a webhook says about a group: it is to be tested, or it is gone.
struct Fate {
    enum class Kind : std::uint8_t { requested, merged, invalidated, dequeued, gone };

    Kind kind = Kind::gone;
    Moment at = kNever;
    Texts::Id project = 0;
    std::uint32_t sha = 0, ref = 0;  ///< Rows::shas, Rows::refs
};

struct Poll {
    Moment at = kNever;
    bool complete = true;  ///< it saw all that waited
};

/// A ref of the queue: gh-readonly-queue/BRANCH/pr-NUMBER-BASE.
struct QueueRef {
    std::string branch, base;  ///< base: may be empty
    std::uint64_t pull = 0;    ///< 0: it is no ref of the queue
};
QueueRef queue_ref(std::string_view ref);

/// The same as rows keep it.
struct Ref {
    Key name = 0;
    std::uint64_t pull = 0;
    Texts::Id branch = 0;
    std::uint32_t base = 0;  ///< Rows::shas
};

/// All that was read.
struct Rows {
    Texts texts;
    KeyNumbers shas;
    std::vector<Ref> refs{Ref{}};
    RowList<Job> jobs;
    RowList<WorkflowRun> workflow_runs;
    std::vector<Event> events;
    std::vector<Sighting> sightings;
    std::vector<Poll> polls;
    std::vector<Fate> fates;
    std::vector<std::pair<std::uint32_t, std::uint32_t>> heads;  ///< of polls: a commit, and the ref that it must have
    std::uint64_t most_workflow_runs = 0;                        ///< total_count: how many there were to be read
    std::uint64_t cut_checks = 0;                                ///< entries that show 100 checks, which is a page

    std::uint32_t sha(const std::string& hash) { return hash.empty() ? 0 : shas.of(key_of({hash})); }
    /// Of a name like "gh-readonly-queue/main/pr-101-b0", or of any other branch.
    std::uint32_t ref(const std::string& name);
    bool of_queue(std::uint32_t ref) const { return refs[ref].pull != 0; }

private:
    KeyNumbers names_;  ///< of refs
};

/// Of one record. False: it lacks what it must have; nothing was kept.
bool read_job(const Json& job, const Json& envelope, Rows& rows);
bool read_workflow_run(const Json& run, Rows& rows);
/// An event of a timeline. `pull`, `author`: if they are known from around it.
bool read_event(const Json& event, std::uint64_t pull, Texts::Id author, std::uint32_t document, Rows& rows);
/// Checks that stand in an entry of the queue.
struct Checks {
    std::uint64_t read = 0, useless = 0;  ///< useless: without a name, or of no commit
};
/// An entry of the queue, from GraphQL or flat, with the checks of its group.
bool read_sighting(const Json& entry, Rows& rows, Checks& checks);
/// A check run, as an entry of the queue, a list or a webhook has it.
bool read_check(const Json& check, std::uint32_t sha, std::uint32_t ref, Texts::Id project, Rows& rows);
/// Webhooks merge_group and pull_request, with what is around them; `at`: when they were delivered.
bool read_fate(const Json& hook, Moment at, Rows& rows);
bool read_pull_hook(const Json& hook, Moment at, Rows& rows);

// What readers share.
RunResult result_of(const std::string& conclusion, Stage stage);
Stage stage_of(const std::string& status, bool concluded);
std::uint64_t id_of(const Json& value);
bool is_program(const Json& account);
/// Whoever acted, unless it is a program.
Texts::Id person_of(const Json& account, Texts& texts);
/// The first of these that is there.
const Json& either(const Json& record, const char* first, const char* second);
std::string lower(std::string text);
/// "O/R" of an address …/repos/O/R/…; 0: none.
Texts::Id project_in(const Json& address, Texts& texts);

/// Keeps one row of each job (workflow run, id, attempt) and of each attempt of a workflow run: the one that came
/// furthest, with what only others say (labels, machine). They stand in the order of their names then.
/// Returns how many went.
std::uint64_t fold_jobs(Rows& rows);
std::uint64_t fold_workflow_runs(Rows& rows);
/// Once all is read: rows that do not say which attempt they are go to the first, if there is one. Returns how many
/// went.
std::uint64_t settle_attempts(Rows& rows);

}  // namespace gatesim::import::github
