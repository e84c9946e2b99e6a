// Landings past the queue: somebody pushes to a branch directly, at stated times or at random.
#pragma once

#include "load/source.hpp"
#include "model/landings.hpp"

namespace gatesim {

/// Lets them happen beside the load, whatever that is. A push is a change that nobody tests; its defects and conflicts
/// are drawn like those of any other.
class PastQueuePushes {
public:
    PastQueuePushes(const Scenario& scenario, Luck luck) : scenario_(scenario), luck_(luck) {}

    void start(Calendar& calendar, LoadDoor& door);

    /// Whether a change that is about to be enqueued for the first time is merged at once instead (PastQueue::share);
    /// then it is marked so. One that needs a change that has not landed is not.
    bool take(ChangeId id, Change& change, const Landings& landings);

private:
    void schedule_next();
    void push(ProjectId project, const std::string& branch, const PastQueue* rule);
    ProjectId pick_project() const;

    const Scenario& scenario_;
    Luck luck_;
    Calendar* calendar_ = nullptr;
    LoadDoor* door_ = nullptr;
    double clock_ = 0;
    std::uint64_t drawn_ = 0;  ///< at random so far
    std::uint64_t made_ = 0;   ///< in all
};

}  // namespace gatesim
