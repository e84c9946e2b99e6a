// Deadlines of trials: tests that take longer than a strategy waits count as failed.
#pragma once

#include <vector>

#include "gate/gate.hpp"

namespace gatesim {

/// The deadlines of a queue's open trials. Its timers have tags of their own, above kFirst, so that a strategy can use
/// the small ones for what it likes.
class Deadlines {
public:
    /// The trial's tests have so long from now on; not at all if `after` is 0.
    void begin(Gate& gate, Queue& queue, const Item& trial, Time after);
    /// A timer of the queue is over.
    void hear(std::uint64_t tag);
    /// Ends the tests that have taken too long, as failed, and takes back the timers of those that are over by
    /// themselves. To be called in every pass. `early`: see has_verdict(). Calls `ended` for each trial that it ended;
    /// true if there was any.
    template <class Ended>
    bool heed(Gate& gate, Queue& queue, bool early, Ended ended) {
        const std::vector<Item*> late = collect(gate, queue, early);
        for (Item* trial : late) ended(*trial);
        return !late.empty();
    }

private:
    static constexpr std::uint64_t kFirst = std::uint64_t{1} << 62;
    struct Deadline {
        std::uint64_t tag;
        ItemId trial;
        Time after;
        bool over;
        bool held = false;  ///< it was over in a freeze or a pause
    };
    std::vector<Item*> collect(Gate& gate, Queue& queue, bool early);

    std::vector<Deadline> running_;
    std::uint64_t next_ = kFirst;
};

}  // namespace gatesim
