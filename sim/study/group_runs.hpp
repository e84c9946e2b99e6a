// A law of the auditor: a concurrency group never has two builds at once, and nobody is displaced without a newer run.
#pragma once

#include <map>
#include <string>

#include "model/event.hpp"

namespace gatesim {

class GroupRuns {
public:
    explicit GroupRuns(const Cast& cast) : cast_(cast) {}

    /// What is wrong with this event; empty if nothing is.
    std::string hear(const Event& event);

private:
    const ConcurrencyUse* group_of(const Event& event) const;
    bool anybody_cancels() const;

    const Cast& cast_;
    std::map<std::string, BuildId> running_;  ///< by group
    std::map<BuildId, std::string> group_;    ///< of builds that run
};

}  // namespace gatesim
