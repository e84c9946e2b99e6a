// A small world for asking the truth: two projects in one queue, a third by itself.
#pragma once

#include <initializer_list>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "truth/truth.hpp"

namespace gatesim {

struct Stage {
    enum : JobId { unit, style, full };

    Scenario scenario;
    Cast cast;
    Landings landings;
    Luck luck{1, 1};
    std::unique_ptr<Truth> made;
    mutable std::vector<ChangeId> chain;  ///< of the last state: BuildState only looks at it

    Stage() {
        scenario.job_names = {"unit", "style", "full"};
        scenario.pipelines = {Pipeline{}, Pipeline{}};
        scenario.pipelines[0].name = "gate";
        scenario.pipelines[1].name = "check";
        scenario.pipelines[1].manager = Manager::independent;
        for (const char* name : {"nova", "glance", "docs"}) {
            Project project;
            project.name = name;
            ProjectPipeline gate;
            gate.pipeline = 0;
            gate.queue = std::string(name) == "docs" ? "" : "integrated";
            gate.jobs = {job(unit), job(style), job(full)};
            project.pipelines = {gate};
            scenario.projects.push_back(project);
        }
        cast.scenario = &scenario;
    }

    static Job job(JobId id) {
        Job made_job;
        made_job.id = id;
        made_job.duration = Distribution::constant(60);
        return made_job;
    }

    std::vector<Job>& gate_jobs(ProjectId project) { return scenario.projects[project].pipelines[0].jobs; }

    Truth& truth() {
        if (!made) made = std::make_unique<Truth>(scenario, cast, landings, luck);
        return *made;
    }

    ListedChange& list(const std::string& id) {
        if (!scenario.load.listed) scenario.load.listed.emplace();
        auto& changes = scenario.load.listed->changes;
        changes.emplace_back().id = id;
        return changes.back();
    }
    ScriptedRun& script(const std::string& id, JobId for_job) {
        for (ListedChange& change : scenario.load.listed->changes) {
            if (change.id != id) continue;
            change.jobs.emplace_back().job = for_job;
            return change.jobs.back();
        }
        throw std::logic_error("not listed: " + id);
    }

    /// Brings a listed change, or one that nobody listed, into the cast.
    ChangeId enter(const std::string& name, ProjectId project = 0, const Footprint& footprint = {}) {
        Change change;
        change.name = name;
        change.project = project;
        change.footprint = footprint;
        if (scenario.load.listed) {
            const auto& listed = scenario.load.listed->changes;
            for (std::uint32_t i = 0; i < listed.size(); ++i) {
                if (listed[i].id == name) change.listed = i;
            }
        }
        cast.changes.push_back(change);
        const auto id = static_cast<ChangeId>(cast.changes.size() - 1);
        truth().introduce(id);
        return id;
    }

    BuildState on(std::vector<ChangeId> whole_chain) const { return on(landings.mark(), std::move(whole_chain)); }
    BuildState on(Landings::Mark base, std::vector<ChangeId> whole_chain) const {
        chain = std::move(whole_chain);
        return {base, chain, 0};
    }

    RunTruth run(JobId id, const BuildState& state, int number = 0, int patchset = 1) {
        return truth().run(job(id), state, patchset, number);
    }
};

}  // namespace gatesim
