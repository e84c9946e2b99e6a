#include "study/random_shares.hpp"

namespace gatesim {

namespace {

/// A job is the same in every project and pipeline, as far as its groups are concerned.
template <class Act>
void for_each_run_of(Scenario& scenario, JobId id, const Act& act) {
    for (Project& project : scenario.projects)
        for (ProjectPipeline& part : project.pipelines)
            for (Job& job : part.jobs)
                if (job.id == id) act(job);
}

}  // namespace

void share_by_other_rules(Scenario& scenario, const std::function<int(int)>& below) {
    static constexpr const char* kGroups[] = {"all", "{branch}-{job}", "{project}", "{job}", "{change}", "Deploy"};
    const bool groups = below(100) < 20, reuse = below(100) < 20;
    for (JobId id = 0; id < scenario.job_names.size(); ++id) {
        const bool grouped = groups && below(100) < 40;
        const ConcurrencyUse use{kGroups[below(6)], below(100) < 50};
        const bool reuses = reuse && below(100) < 60;
        for_each_run_of(scenario, id, [&](Job& job) {
            if (grouped) job.concurrency = use;
            job.reuses_green = reuses;
        });
    }
    if (below(100) < 20) scenario.pools.front().grants = Grants::in_order_of_queue;
    for (Semaphore& semaphore : scenario.semaphores)
        if (below(100) < 20) semaphore.grants = Grants::in_order_of_queue;
    if (below(100) < 40) scenario.load.after_ejection.at_front = true;
}

}  // namespace gatesim
