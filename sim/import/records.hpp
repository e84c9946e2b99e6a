// What a team's own records say: who waited in a queue, and what ran for them. Importers fill it, the two tables keep
// it (import/tables.hpp), `infer` and `validate` read it and nothing else.
#pragma once

#include <cstdint>
#include <vector>

#include "import/members.hpp"
#include "import/texts.hpp"
#include "model/ids.hpp"
#include "model/time.hpp"

namespace gatesim::import {

/// Microseconds since 1970-01-01 UTC; kNever: not known.
using Moment = Time;

/// How a stay ended.
enum class Left : std::uint8_t { open, landed, ejected, withdrawn };

/// Why a change was ejected, or taken out.
enum class LeftFor : std::uint8_t { none, failure, conflict, timeout, manual, unknown };

/// One stay of one change in a queue. A change that comes again has another.
struct Entry {
    Texts::Id change = 0, project = 0, branch = 0, author = 0;
    Moment enqueued = kNever;
    Moment uploaded = kNever;                   ///< of its last patch set; known where `enqueued` is not
    Moment left = kNever;                       ///< if it is known to the instant
    Moment left_lo = kNever, left_hi = kNever;  ///< else between these: seen last, and seen gone
    Left outcome = Left::open;
    LeftFor cause = LeftFor::none;
    std::int32_t priority = 0;         ///< more urgent is higher
    bool jumps = false, solo = false;  ///< put to the front when it came; to be tested and landed alone
    std::int64_t number = 0;           ///< as the table that it was read from has it; 0: it comes from no table

    /// When it came into the queue; where nobody knows, when it was uploaded.
    Moment came() const { return enqueued != kNever ? enqueued : uploaded; }
};

/// What came of one execution of a job.
enum class RunResult : std::uint8_t {
    success,
    failure,
    timeout,
    cancelled,   ///< by a person, or for a reason that is not known
    superseded,  ///< stopped because what it tested was not needed any more
    skipped,     ///< it never ran; its times say nothing
    no_result,   ///< the machine was lost, or the runner failed: to be run again
    unfinished,  ///< it still ran, or waited, when the record was taken
};

/// One execution of one job.
struct Run {
    std::uint32_t entry = kNone;  ///< index of the stay that it was for; of a group the last of its members
    std::uint32_t group = kNone;  ///< number of what was tested together: all runs of one state that belong together
    Members members;              ///< stays that were tested together, front first; empty = `entry` alone
    Texts::Id base = 0;           ///< what it was tested on, as a name without meaning ("b7")
    std::uint32_t state = kNone;  ///< equal numbers: equal code
    Texts::Id job = 0, label = 0, runner = 0;
    std::uint16_t attempt = 1;
    Moment created = kNever, queued = kNever, started = kNever, ended = kNever;
    RunResult result = RunResult::unfinished;
    bool voting = true;
    /// Whole seconds; not 0: polls saw it running and then over, that far apart, and `ended` is the middle between.
    std::uint32_t ended_width = 0;

    Moment ended_lo() const { return ended == kNever ? kNever : ended - ended_width * kSecond / 2; }
    Moment ended_hi() const { return ended == kNever ? kNever : ended + ended_width * kSecond / 2; }
};

/// Both, in order: entries by when they came, runs by when they were created; then by their names. So the order in
/// which an export lists them does not matter.
struct Records {
    Texts texts;
    std::vector<Entry> entries;
    std::vector<Run> runs;
};

}  // namespace gatesim::import
