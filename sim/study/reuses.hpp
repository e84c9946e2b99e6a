// A law of the auditor: a success counts again for the very same state only (Job::reuses_green).
#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "model/event.hpp"

namespace gatesim {

/// Keeps what each build was tested on, from the events alone: the chain, and how many landings its branches had seen
/// when it was put together. At the instant of a landing both numbers are possible.
class Reuses {
public:
    explicit Reuses(const Cast& cast) : cast_(cast) {}

    /// What is wrong with this event; empty if nothing is.
    std::string hear(const Event& event);

private:
    struct State {
        std::vector<ChangeId> chain;
        int patchset = 0;
        std::size_t least = 0, most = 0;  ///< landings
        bool merged = false;
    };
    struct Build {
        JobId job = kNone;
        State state;
        bool passed = false;
    };
    struct Landed {
        Time at = 0;
        ProjectId project = kNone;
    };

    bool is_used();
    bool share_a_queue(ProjectId a, ProjectId b) const;
    void note_base(const Event& event);
    std::string check(const Event& event) const;

    const Cast& cast_;
    std::optional<bool> used_;  ///< whether any job reuses a success; none: not looked yet
    std::vector<Landed> landed_;
    std::map<AttemptId, State> states_;
    std::map<BuildId, Build> builds_;
};

}  // namespace gatesim
