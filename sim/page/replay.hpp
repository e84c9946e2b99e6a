// A replication as one can watch it: who stood in which queue, what was tested on top of what, which builds ran, what
// everybody waited for, what a failure threw away. Plain data, read from the tables of a run directory.
//
// Times are microseconds since the start of the replication. Names stand once, in lists; everything else points into
// these lists with an index, and kNowhere says that there is none.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "model/time.hpp"

namespace gatesim::page {

using Index = std::uint32_t;
inline constexpr Index kNowhere = 0xFFFFFFFF;

/// Reasons are sentences with gaps, so that "it waits for nova/I32…, ahead of it" stands once for all
/// changes. A gap is one of these characters; gaps are filled from the row that has the sentence.
enum Gap : char { kGapCause = 1, kGapOwn = 2, kGapJob = 3, kGapPool = 4, kGapSemaphore = 5 };

struct Replay {
    struct Change {
        std::string name;    ///< in full
        std::string label;   ///< at most 16 characters, unique in the run
        std::string author;  ///< empty = not known
        bool operator==(const Change&) const = default;
    };
    struct Queue {
        std::string pipeline, name;
        bool operator==(const Queue&) const = default;
    };
    struct Pool {
        std::string name;
        std::int64_t nodes = 0;  ///< how many it has; 0 = not known, or without limit
        bool operator==(const Pool&) const = default;
    };
    /// A change in a queue, from when it entered until it left.
    struct Stay {
        std::int64_t number = 0;  ///< `item` of the tables
        Index queue = kNowhere, change = kNowhere;
        std::int64_t patchset = 1;
        std::int64_t place = 1;  ///< in its queue when it entered, from 1
        Time entered = 0;
        Time left = kNever;           ///< kNever = still there at the end
        Index outcome = kNowhere;     ///< word: landed, failure, conflict …
        Index why = kNowhere;         ///< word
        Index because_of = kNowhere;  ///< change
        Index job = kNowhere;         ///< that decided it
        Index build = kNowhere;       ///< the red one behind it
        Index really = kNowhere;      ///< word: own_defect, flake …; what the gate cannot know
        Index sentence = kNowhere;    ///< why it left
        bool operator==(const Stay&) const = default;
    };
    /// A state that was tested.
    struct Attempt {
        std::int64_t number = 0;
        Index queue = kNowhere;
        Index kind = kNowhere;     ///< word: item, trial or probe
        std::vector<Index> stays;  ///< for whom it vouches, front first
        Index change = kNowhere;   ///< the last of its chain
        std::int64_t patchset = 1;
        std::int64_t place = 0;  ///< of its first stay when it opened; 0 = has none
        Index ahead = kNowhere;  ///< the attempt that it is stacked on
        std::int64_t depth = 0;  ///< so many changes are below its own
        /// They, front first; only without `ahead`. With it, they are the last `depth` of those of that attempt, its
        /// own change the last: those in front of them had landed.
        std::vector<Index> chain;
        Time opened = 0;
        Time tested = kNever;  ///< its verdict was known
        Time ended = kNever;
        Index result = kNowhere;      ///< word: green, red, conflict, none
        Index end = kNowhere;         ///< word: landed, ejected, served, thrown_away, unfinished
        Index why = kNowhere;         ///< word
        Index because_of = kNowhere;  ///< change
        Index build = kNowhere;       ///< the red one behind the end
        bool operator==(const Attempt&) const = default;
    };
    /// A build of one of these attempts, and its nodes.
    struct Build {
        std::int64_t number = 0;
        Index attempt = kNowhere;
        Index job = kNowhere;
        bool voting = true;
        Index pool = kNowhere;
        std::int64_t nodes = 1;
        Time requested = 0, granted = 0, start = 0;
        Time end = kNever;       ///< kNever = still running at the end
        Time released = kNever;  ///< of its nodes
        Index result = kNowhere, really = kNowhere, fate = kNowhere, waste = kNowhere;  ///< words, as in builds.csv
        bool operator==(const Build&) const = default;
    };
    /// Nodes that are handed out otherwise: to another pipeline, or without a build.
    struct Holding {
        Index pool = kNowhere;
        std::int64_t nodes = 1;
        Time granted = 0, released = kNever;
        bool operator==(const Holding&) const = default;
    };
    /// What a stay waits for. Those of a stay follow one another without a gap.
    struct Wait {
        Index stay = kNowhere;
        Time from = 0, until = kNever;
        Index why = kNowhere;         ///< word
        Index because_of = kNowhere;  ///< change
        Index job = kNowhere, pool = kNowhere;
        Index semaphore = kNowhere;  ///< word
        Index sentence = kNowhere;
        Index build = kNowhere;  ///< that it waits for: of the attempt that the sentence speaks of
        bool operator==(const Wait&) const = default;
    };
    /// What one trouble threw away in a queue at one instant.
    struct Reset {
        Time at = 0;
        Index queue = kNowhere;
        Index why = kNowhere;         ///< word
        Index because_of = kNowhere;  ///< change
        Index job = kNowhere, build = kNowhere;
        Index really = kNowhere;     ///< word
        std::vector<Index> changes;  ///< who start anew, front first
        std::int64_t builds = 0;     ///< thrown away
        Time node_time = 0;          ///< what they had cost
        Index sentence = kNowhere;
        bool operator==(const Reset&) const = default;
    };
    /// From here on a queue has this window.
    struct Window {
        Time at = 0;
        Index queue = kNowhere;
        std::int64_t size = 0;  ///< 0 = unlimited
        bool operator==(const Window&) const = default;
    };

    std::string title;       ///< what the page calls this gate, such as the strategy's name
    Time start_at = kNever;  ///< of the replication, since 1970; kNever = the period has no start
    Time end = 0;            ///< the last thing that happened
    std::vector<Change> changes;
    std::vector<Queue> queues;  ///< gate queues
    std::vector<Pool> pools;
    std::vector<std::string> jobs, words, sentences;
    std::vector<Stay> stays;        ///< in order of entering
    std::vector<Attempt> attempts;  ///< in order of opening
    std::vector<Build> builds;      ///< by number
    std::vector<Holding> holdings;
    std::vector<Wait> waits;  ///< by stay, then in order of time
    std::vector<Reset> resets;
    std::vector<Window> windows;
    bool operator==(const Replay&) const = default;
};

/// The sentence of a row with its gaps filled; changes by their labels, as people see them on the page.
std::string sentence_of(const Replay& replay, const Replay::Wait& wait);

struct ReplayRead {
    Replay replay;
    std::string error;    ///< empty = fine; else what is wrong, where, and how to get it right
    bool absent = false;  ///< tables are not there (an older run, --tables none): the error says how to get them
};

/// Reads stays, attempts, waits, builds, nodes, queue and resets (and authors from changes, if it is there) of a run
/// directory, of one replication. `title` and the sizes of pools are left to whoever knows them.
ReplayRead read_replay(const std::string& folder, std::int64_t replication = 1);

}  // namespace gatesim::page
