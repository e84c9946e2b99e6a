// Freezes and pauses by the events alone: nothing lands or starts where it must not. Part of the auditor.
#pragma once

#include <optional>
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
        bool frozen = false;
        bool paused = false;
        Time since = 0;                  ///< it is paused
        std::optional<FreezeRule> rule;  ///< of its strategy, once somebody asked
    };

    const Cast& cast_;
    std::vector<Pipe> pipes_;  ///< by pipeline
};

}  // namespace gatesim
