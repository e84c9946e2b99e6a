// What Gerrit says about changes, one fact after another, and the stays that follow from it.
#pragma once

#include <map>

#include "import/gather.hpp"
#include "import/gerrit_words.hpp"

namespace gatesim::import {

/// Something that happened to a change.
struct Fact {
    Key id = 0;
    Key change = 0;
    Moment at = kNever;
    Moment began = kNever;  ///< of a verdict: when the first of its jobs began
    Key group = 0;          ///< of a verdict: of its jobs; 0: they are not listed
    Texts::Id job = 0;      ///< of job_start
    std::uint16_t patch_set = 0;
    Said said = Said::nothing;
    bool gate = false;
    bool counted = false;  ///< the first of a record of its own

    bool later_than(const Fact& other) const {
        return std::tuple(gate, group, !counted) > std::tuple(other.gate, other.group, !other.counted);
    }
};

/// What a change is, whatever happened to it.
struct ChangeSaid {
    Texts::Id number = 0, project = 0, branch = 0, author = 0;
    std::uint64_t records = 0;  ///< records that were about it as a whole
};

/// What comes of the facts.
struct Lives {
    RowList<Stay> stays;
    RowList<JobRow> rows;              ///< those that two messages make: started, and verdict
    std::map<Key, Key> stay_of_group;  ///< of verdicts of a gate
    std::map<std::pair<Key, Texts::Id>, std::vector<Moment>> starts;  ///< by patch set and job, in order
    std::uint64_t merged_unapproved = 0;                              ///< landed, and nothing says since when it waited
    std::uint64_t guessed_starts = 0;                                 ///< enqueued is when the first job began
    std::uint64_t together = 0;                                       ///< verdicts on several jobs that stand as one
    bool by_vote = false;                                             ///< some stays begin with an approval
};

/// Facts of all changes, in any order. They are sorted here.
Lives live(RowList<Fact>& facts, const std::map<Key, ChangeSaid>& changes, Texts& texts);

/// Equal for all that tests this patch set as it is.
inline Key patch_set_key(Key change, std::uint16_t patch_set) {
    return key_of(change, Moment{patch_set});
}

}  // namespace gatesim::import
