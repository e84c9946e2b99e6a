// All jobs of a scenario, in configuration order: each project has its own variant of a job in each of its pipelines.
#pragma once

#include "model/scenario.hpp"

namespace gatesim {

/// Whether `says(pipeline, job)` of any; it is asked until it says so.
template <class Says>
bool any_job(const Scenario& scenario, const Says& says) {
    for (const Project& project : scenario.projects)
        for (const ProjectPipeline& pipeline : project.pipelines)
            for (const Job& job : pipeline.jobs)
                if (says(pipeline, job)) return true;
    return false;
}

/// Asks nothing: visits all of them with `visit(pipeline, job)`.
template <class Visit>
void for_each_job(const Scenario& scenario, const Visit& visit) {
    any_job(scenario, [&](const ProjectPipeline& pipeline, const Job& job) {
        visit(pipeline, job);
        return false;
    });
}

/// Whether `says(job)` of any variant of the job in that pipeline.
template <class Says>
bool any_variant(const Scenario& scenario, PipelineId pipeline, JobId id, const Says& says) {
    return any_job(scenario, [&](const ProjectPipeline& part, const Job& job) {
        return part.pipeline == pipeline && job.id == id && says(job);
    });
}

}  // namespace gatesim
