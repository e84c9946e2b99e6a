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

    /// Whether a run that may hang for ever has these nodes: nobody needs it, and nobody stops it.
    bool keeps(RequestId request) const { return endless_.count(request) != 0; }

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
    bool can_run_for_ever(const Event& e) const;
    template <class Says>
    bool is_scripted(const Says& says) const;
    const Job* job_of(const Event& e) const;

    const Cast& cast_;
    std::set<Slot> lost_;
    std::map<BuildId, Hanging> hanging_;  ///< those that are sure to
    std::set<RequestId> endless_;         ///< of runs that may hang, without a limit, and are never stopped
    std::set<QueueId> unclear_;  ///< where a change needs another: a test that is held asks again, and nobody is told
};

}  // namespace gatesim
