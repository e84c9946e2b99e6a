// What the importer of GitHub keeps of the records that it reads, before it knows what they mean together.
#pragma once

#include <cstdint>
#include <deque>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "import/fields.hpp"
#include "import/importer.hpp"

namespace gatesim::import::github {

/// How far a job or workflow had come when it was recorded.
enum class Stage : std::uint8_t { waiting, running, ended };

/// One job of one attempt, as an answer or a webhook has it.
struct Job {
    std::uint64_t id = 0;
    std::uint64_t workflow_run = 0;  ///< 0: unknown
    Moment created = kNever, started = kNever, ended = kNever;
    Texts::Id name = 0, label = 0, runner = 0, sha = 0, ref = 0, project = 0;
    std::uint16_t attempt = 1;
    RunResult result = RunResult::unfinished;
    Stage stage = Stage::waiting;
};

/// One attempt of one workflow run.
struct WorkflowRun {
    std::uint64_t id = 0;
    Moment created = kNever, started = kNever, updated = kNever;  ///< `started`: of this attempt
    Texts::Id name = 0, sha = 0, ref = 0, project = 0, event = 0;
    std::uint16_t attempt = 1;
    RunResult result = RunResult::unfinished;
    Stage stage = Stage::waiting;
};

/// What happened to a pull request: its timeline.
struct Event {
    enum class Kind : std::uint8_t { added, removed, merged };

    Kind kind = Kind::added;
    std::uint64_t pull = 0;      ///< number of the pull request; 0: unknown
    std::uint32_t document = 0;  ///< where it stood: events of one document are of one pull request
    Moment at = kNever;
    Texts::Id id = 0, actor = 0, author = 0, commit = 0, project = 0;
    Texts::Id reason = 0;  ///< of a removal, lower case
    bool by_bot = false;
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

/// All that was read.
struct Rows {
    Texts texts;
    std::deque<Job> jobs;
    std::deque<WorkflowRun> workflow_runs;
    std::vector<Event> events;
    std::vector<Sighting> sightings;
    std::vector<Poll> polls;
    std::uint64_t most_workflow_runs = 0;  ///< total_count: how many there were to be read
};

/// Of one record. False: it lacks what it must have; nothing was kept.
bool read_job(const Json& job, const Json& envelope, Rows& rows);
bool read_workflow_run(const Json& run, Rows& rows);
/// An event of a timeline. `pull`, `author`: if they are known from around it.
bool read_event(const Json& event, std::uint64_t pull, Texts::Id author, std::uint32_t document, Rows& rows);
/// An entry of the queue, from GraphQL or flat.
bool read_sighting(const Json& entry, Rows& rows);
/// "O/R" of an address …/repos/O/R/…; 0: none.
Texts::Id project_in(const Json& address, Texts& texts);

/// Keeps one row of each job (workflow run, id, attempt) and of each attempt of a workflow run: the one that came
/// furthest, with what only others say (labels, machine).
/// Returns how many went.
std::uint64_t fold(std::deque<Job>& jobs, const Texts& texts);
std::uint64_t fold(std::deque<WorkflowRun>& runs, const Texts& texts);

}  // namespace gatesim::import::github
