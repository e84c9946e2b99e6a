// What the gate keeps of a pipeline. For the gate's own files.
#pragma once

#include <boost/container/flat_set.hpp>
#include <cstdint>
#include <map>
#include <memory>
#include <set>
#include <vector>

#include "gate/job_graph.hpp"
#include "gate/queue.hpp"
#include "strategy/strategy.hpp"

namespace gatesim {

struct PipelineState {
    std::unique_ptr<Strategy> strategy;
    std::vector<Queue*> queue_of_project;               // dependent: static queues; nullptr = none
    std::vector<const ProjectPipeline*> config_of;      // by ProjectId; nullptr = not in this pipeline
    std::vector<std::unique_ptr<JobGraphs>> graphs_of;  // by ProjectId
    std::set<QueueId> dirty;                            // queues to look at, in order of creation
    boost::container::flat_set<QueueId> open;           // all queues, in order of creation
    std::vector<Item*> detached;                        // cancel-behind: failed, left, still running
    bool holds = false;                                 // some job holds the changes behind
    bool paused = false;                                // nothing starts, nothing lands
    bool frozen = false;                                // only exempt changes land
    std::vector<int> stood;                             // by ChangeId: its patch set that was there when it froze
    std::vector<std::int8_t> covered;                   // by ChangeId: Exempt names it (1) or not (-1); 0 = not asked
    std::set<ItemId> exempt;                            // those in sight, as of the last look
    std::vector<ItemId> newcomers;                      // since then
    bool look_for_exempt = false;                       // at all of them anew
    Relaxations relaxed;                                // what its strategy permits itself
    std::map<std::vector<const JobGraph*>, std::unique_ptr<JobGraph>> united;  // graphs of trials
    /// What a gate with Pipeline::clean_check remembers of a change; 0 = of no patch set.
    struct Checked {
        int passed = 0;   // this patch set passed, and has not failed in the gate since
        int failed = 0;   // this one did not pass
        int waiting = 0;  // this one is let in as soon as it has passed
    };
    std::vector<Checked> checked;  // by ChangeId

    /// Its priority is another one now.
    void forget_covered(ChangeId change) {
        if (change < covered.size()) covered[change] = 0;
    }
};

}  // namespace gatesim
