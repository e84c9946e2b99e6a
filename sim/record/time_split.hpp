// Where a change's time in the gate went: tested, waiting for nodes, waiting for others, or away after an ejection.
#pragma once

#include "record/ledger.hpp"

namespace gatesim {

/// The time of one change from its first enqueue to its latest exit, in four parts that add up.
class TimeSplit {
public:
    enum class Part : std::uint8_t { tested, node_wait, queue_wait, away };

    /// Its stay `item` in the gate has this state from `at` on (nullptr: it is out of the gate).
    void state(Time at, const LiveItem* item) {
        const Part part = !item               ? Part::away
                          : item->running > 0 ? Part::tested
                          : item->waiting > 0 ? Part::node_wait
                                              : Part::queue_wait;
        enter(at, part);
    }
    void enter(Time at, Part part) {
        if (since_ != kNever && at > since_) parts_[static_cast<int>(part_)] += at - since_;
        since_ = at;
        part_ = part;
    }
    Time get(Part part) const { return parts_[static_cast<int>(part)]; }

private:
    Time parts_[4] = {};
    Time since_ = kNever;
    Part part_ = Part::away;
};

}  // namespace gatesim
