// Concurrency groups of jobs, by GitHub Actions' rule: of the runs of a group one goes on and one more waits at most.
// (docs.github.com, "Control the concurrency of workflows and jobs".)
//
// A run comes to its group when its turn to ask for nodes comes, and who comes is the newer one, wherever its change
// stands in a queue. It takes the place of who waits there; with cancel_in_progress it also stops who goes on. A run
// that has to go is *displaced*: its job has failed, though nothing is wrong with the change. The group is free when
// the build that went on is really over: one that nobody needs keeps it for as long as it keeps its nodes
// (Job::runs_on_unneeded), unless somebody comes with cancel_in_progress.
//
// Who waits goes on by itself when the group is free, also where its strategy does not look at it for now.
#pragma once

#include <map>
#include <string>

#include "gate/item.hpp"

namespace gatesim {

class Gate;

class Groups {
public:
    explicit Groups(Gate& gate) : gate_(gate) {}

    /// Whether this job of the item may go on: it is in no group, or the one of its group that goes on. Else it waits.
    bool enter(Item& item, std::size_t slot);
    /// It has ended, was stopped or is to run anew. `build_goes_on`: its build was stopped and is not over yet.
    void leave(const Item& item, std::size_t slot, bool build_goes_on = false);
    /// A build is over, whoever's it was.
    void build_over(BuildId build);

    /// Whether it waits in its group. `whose`: the change whose run goes on there.
    bool waits(const Item& item, std::size_t slot, ChangeId* whose = nullptr) const;

private:
    struct Run {
        SlotRef slot;
        ChangeId change = kNone;
        BuildId build = kNone;  ///< of no attempt any more: it goes on until it is stopped or ends

        bool any() const { return slot.item != kNone || build != kNone; }
        bool is(const Item& item, std::size_t index) const;
    };
    struct Group {
        Run goes_on;
        Run waits;
    };

    std::string name_of(const Item& item, std::size_t slot) const;
    void stop(Group& group, const Run& newer);
    void displace(SlotRef slot, const Run& newer);  // a copy: it leaves its group meanwhile
    void next(Group& group);

    Gate& gate_;
    std::map<std::string, Group> groups_;     ///< by name; those in which somebody is
    std::map<BuildId, std::string> leaving_;  ///< builds of no attempt that keep their group
};

}  // namespace gatesim
