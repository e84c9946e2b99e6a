// Freezes and pauses by the events alone: nothing lands or starts where it must not. Part of the auditor.
#pragma once

#include <optional>
#include <set>
#include <string>
#include <vector>

#include "model/event.hpp"

namespace gatesim {

class Holds {
public:
    explicit Holds(const Cast& cast) : cast_(cast) {}

    /// What is wrong with this event; empty if nothing is.
    std::string hear(const Event& event);

private:
    struct Pipe {
        HeldNow now;
        Time paused_at = 0;
        std::set<ChangeId> present;      ///< in its queues
        std::set<ChangeId> stood;        ///< when the freeze began
        std::optional<FreezeRule> rule;  ///< of its strategy, once somebody asked
    };

    const Cast& cast_;
    std::vector<Pipe> pipes_;  ///< by pipeline
};

}  // namespace gatesim
