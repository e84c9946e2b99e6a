// The auditor's book of runs that nobody hears of and of runs that hang: they take no nodes, and they do not end well.
#pragma once

#include <map>
#include <set>
#include <string>
#include <tuple>

#include "model/event.hpp"

namespace gatesim {

class LostRuns {
public:
    /// `cast` grows while the replication runs.
    explicit LostRuns(const Cast& cast) : cast_(cast) {}

    /// What is wrong with this event; empty if nothing is.
    std::string hear(const Event& event);

private:
    struct Hanging {
        Time started;
        Time limit;  ///< 0 = none
    };
    using Slot = std::tuple<ItemId, AttemptId, JobId>;

    std::string unreported(const Event& e);
    std::string ended(const Event& e);
    void forget(ItemId item);
    bool can_be_lost(const Event& e) const;
    bool is_scripted(JobId job) const;
    const Job* job_of(const Event& e) const;

    const Cast& cast_;
    std::set<Slot> lost_;
    std::map<BuildId, Hanging> hanging_;  ///< those that are sure to
    std::set<QueueId> unclear_;  ///< where a change needs another: a test that is held asks again, and nobody is told
};

}  // namespace gatesim
