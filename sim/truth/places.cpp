#include "truth/places.hpp"

#include <algorithm>
#include <map>
#include <string>

#include "model/applies.hpp"

namespace gatesim {

namespace {

bool lands(const Scenario& scenario, const ProjectPipeline& config) {
    return scenario.pipelines[config.pipeline].manager == Manager::dependent;
}

// The shared queue's name as the gate finds it: the project's own word first, then the list of queues, the last one
// winning.
std::string queue_name(const Scenario& scenario, const Project& project) {
    for (const ProjectPipeline& config : project.pipelines) {
        if (!lands(scenario, config)) continue;
        if (!config.queue.empty()) return config.queue;
        std::string name;
        for (const SharedQueue& shared : scenario.queues) {
            if (!shared.pipeline.empty() && shared.pipeline != scenario.pipelines[config.pipeline].name) continue;
            const auto& members = shared.projects;
            if (std::find(members.begin(), members.end(), project.name) != members.end()) name = shared.name;
        }
        if (!name.empty()) return name;
    }
    return {};
}

}  // namespace

Places::Places(const Scenario& scenario, const Cast& cast) : cast_(cast) {
    std::map<std::string, std::uint32_t> named;
    std::uint32_t groups = 0;
    for (const Project& project : scenario.projects) {
        const auto config_lands = [&](const ProjectPipeline& config) { return lands(scenario, config); };
        const bool gated = std::any_of(project.pipelines.begin(), project.pipelines.end(), config_lands);
        std::vector<const Job*> jobs;
        for (const ProjectPipeline& config : project.pipelines) {
            if (gated && !config_lands(config)) continue;
            for (const Job& job : config.jobs) {
                if (job.voting && !job.noop) jobs.push_back(&job);
            }
        }
        jobs_.push_back(std::move(jobs));
        const std::string queue = queue_name(scenario, project);
        groups_.push_back(queue.empty() ? groups++ : 0);
        if (queue.empty()) continue;
        const auto [known, fresh] = named.emplace(queue, groups);
        groups += fresh;
        groups_.back() = known->second;
    }
}

std::vector<const Job*> Places::voting(ChangeId change) const {
    const Change& who = cast_.changes[change];
    std::vector<const Job*> jobs;
    for (const Job* job : jobs_[who.project]) {
        const auto same = [&](const Job* other) { return other->id == job->id; };
        if (std::none_of(jobs.begin(), jobs.end(), same) && job_applies(*job, who)) jobs.push_back(job);
    }
    return jobs;
}

std::vector<Place> Places::of(ChangeId change) const {
    const Change& who = cast_.changes[change];
    std::vector<Place> places;
    for (const Job* job : jobs_[who.project]) {
        const auto same = [&](const Place& place) { return place.job == job->id; };
        if (!(job->catches > 0) || std::any_of(places.begin(), places.end(), same) || !job_applies(*job, who)) continue;
        places.push_back({job->id, job->catches});
    }
    return places;
}

JobId Places::pick(const std::vector<Place>& places, double u) {
    double total = 0;
    for (const Place& place : places) total += place.weight;
    double left = u * total;
    for (const Place& place : places) {
        if (left < place.weight) return place.job;
        left -= place.weight;
    }
    return places.empty() ? kNone : places.back().job;
}

}  // namespace gatesim
