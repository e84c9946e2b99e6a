// Freezes and pauses by the events alone: nothing lands or starts where it must not. Part of the auditor.
#pragma once

#include <optional>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "model/event.hpp"

namespace gatesim {

class Holds {
public:
    explicit Holds(const Cast& cast) : cast_(cast) {}

    /// What is wrong with this event; empty if nothing is.
    std::string hear(const Event& event);

private:
    using Head = std::pair<ChangeId, int>;  ///< a patch set; a new one may come before the old one leaves
    struct Pipe {
        HeldNow now;
        Time paused_at = 0;
        std::multiset<Head> present;     ///< in its queues
        std::multiset<Head> stood;       ///< when the freeze began
        std::optional<FreezeRule> rule;  ///< of its strategy, once somebody asked
    };

    const Cast& cast_;
    std::vector<Pipe> pipes_;  ///< by pipeline
};

}  // namespace gatesim
