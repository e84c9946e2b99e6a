// What the stays say of the queue itself: how many groups at once, who is put out, who comes back, who waited at first.
#pragma once

#include <vector>

#include "infer/figure.hpp"
#include "infer/tests.hpp"

namespace gatesim::infer {

struct Window {
    std::size_t most = 0;  ///< groups under test at once; more in less than 2 % of the busy time
    bool limited = false;  ///< more waited while that many were under test, for 5 % of the busy time and more
    double at_most = 0;    ///< share of the busy time with that many
};

/// A group is under test from its first run until every job has run once (what is repeated then does not count: many
/// queues give the place of a red group to the next), but not beyond the next group of the same stay, nor the end of
/// the stay.
Window window_of(const import::Records& records, const std::vector<Test>& tests);

struct Stays {
    std::size_t decided = 0;             ///< stays that ended
    Value ejected, conflict, withdrawn;  ///< shares of those
    Value came_back;                     ///< share of the ejected that were enqueued again
    Value back_after;                    ///< s, median of how long that took
    Value back_sigma;                    ///< of its logarithm
    std::vector<std::uint32_t> waiting;  ///< those that waited when the span began, front first
    double ahead = 0;                    ///< mean number of others in the queue when one came
    Value stay;                          ///< s, median of how long landed ones took
};

/// Ejections of the last tenth of the span do not count for who came back: many had no time to.
Stays stays_of(const import::Records& records, const Span& span);

/// When a stay ended, as far as is known: the middle of the two instants between which it did. kNever: it did not.
Moment end_of(const import::Entry& entry);

}  // namespace gatesim::infer
