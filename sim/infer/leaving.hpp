// When a red entry leaves the queue: at once, or when those ahead of it are decided.
#pragma once

#include "infer/figure.hpp"
#include "infer/tests.hpp"

namespace gatesim::infer {

struct Leaving {
    std::size_t at_once = 0;  ///< red stays that were gone while somebody ahead of them was surely still there
    std::size_t waited = 0;   ///< red tests five minutes after which both were surely still there
    Value waits;              ///< share of the second kind

    /// Whether the records say that a red entry leaves at once (`evict` any-red).
    bool leaves_at_once() const;
    /// Whether they say anything.
    bool known() const { return at_once + waited >= kLeast; }

    static constexpr std::size_t kLeast = 5;
};

/// A test is red when a voting job's last attempt is. Where departures are known between two looks only, a stay was
/// surely there at the earlier one, and surely gone at the later.
Leaving leaving_of(const import::Records& records, const std::vector<Test>& tests);

}  // namespace gatesim::infer
