// Zuul's buildsets once all is read: which builds belong together, what became of each, and the stays that follow.
#pragma once

#include <map>
#include <vector>

#include "import/gather.hpp"

namespace gatesim::import {

/// A buildset, or what builds without one make of one.
struct ZuulSet {
    Key item = 0;               ///< of its stays
    Moment first = kNever;      ///< when the first build began
    Moment last = -1;           ///< when the last one ended
    bool waits = false;         ///< it is from a status: its stays are in waiting_
    bool told = false;          ///< `outcome` is what Zuul says
    Left outcome = Left::open;  ///< of its stays, if it was the last buildset of them
    LeftFor cause = LeftFor::none;
    std::vector<Stay> stays;  ///< as far as they are known from it; empty: not a gate
};

/// All that was read, by group.
using ZuulSets = std::map<Key, ZuulSet>;

/// Gives builds without a buildset theirs. A job that has ended and begins again on the same patch set belongs to
/// another round: somebody asked for it anew.
void split_rounds(ZuulSets& sets, RowList<JobRow>& rows);

/// Numbers attempts, and takes from the builds what their buildset does not say itself.
void look_at_builds(ZuulSets& sets, RowList<JobRow>& rows);

/// Says of each build which stay it was for, and of those that were stopped whether another buildset of the same item
/// came after theirs.
void assign_builds(ZuulSets& sets, RowList<JobRow>& rows);

/// The stays: of several buildsets of an item the last one says how it ended. `waiting` are those that a status listed.
RowList<Stay> close_sets(const ZuulSets& sets, const std::map<Key, Stay>& waiting, Intake& intake);

}  // namespace gatesim::import
