// Runs a small world of people and writes down what they do, as text.
#pragma once

#include <algorithm>
#include <memory>
#include <string>
#include <vector>

#include "kernel/engine.hpp"
#include "model/people.hpp"
#include "study/world.hpp"

namespace gatesim {

/// A world with one project, a check (if asked for) and a gate that run one job of ten minutes, people in UTC who work
/// from 8 to 18 on weekdays, and nothing that goes wrong. Monday 24 June 2013, for four weeks.
struct PeopleRun : Observer {
    explicit PeopleRun(bool with_check = true) {
        scenario.period = {PeriodKind::terminating, 1372032000, true, 4 * kWeek, "UTC"};
        scenario.labels = {"any"};
        Pool pool;
        pool.name = "any";
        pool.labels = {0};
        scenario.pools = {pool};
        scenario.job_names = {"unit"};
        Job job;
        job.id = 0;
        job.label = 0;
        job.duration = Distribution::constant(600);
        Project project{"p", {}};
        if (with_check) {
            Pipeline check;
            check.name = "check";
            check.manager = Manager::independent;
            scenario.pipelines.push_back(check);
            project.pipelines.push_back({0, "", {job}});
            people.check = 0;
        }
        people.gate = static_cast<PipelineId>(scenario.pipelines.size());
        Pipeline gate;
        gate.name = "gate";
        gate.strategy = {"zuul", {}};
        scenario.pipelines.push_back(gate);
        project.pipelines.push_back({people.gate, "", {job}});
        scenario.projects = {project};

        people.contributors.count = 1;
        people.contributors.cycle = 4 * kWeek;
        people.contributors.activity = {0, 1, 1};
        people.contributors.zones = {{"", 1}};
        people.contributors.projects = {{0, 1}};
        std::fill(people.rhythm.hours.begin() + 8, people.rhythm.hours.begin() + 18, 1.0);
        std::fill(people.rhythm.weekdays.begin(), people.rhythm.weekdays.begin() + 5, 1.0);
        people.changes.lines = Distribution::constant(10);
        for (AfterRed* rule : {&people.after_check, &people.after_gate}) {
            rule->recheck_after = Distribution::constant(1800);
            rule->rework_after = Distribution::constant(3600);
        }
        people.rework.after = people.rework.unasked_after = Distribution::constant(3600);
        SampledReview review;
        review.latency = Distribution::constant(1200);
        people.review.sampled = review;
    }

    Job& job_of(std::size_t pipeline) { return scenario.projects[0].pipelines[pipeline].jobs[0]; }

    /// What happened, a line each: "uploaded 1", "check failure" …, of all changes; with `names`, whose.
    std::string told(std::uint64_t seed = 1, bool names = false) {
        named = names;
        scenario.load.people = std::make_shared<const PeopleLoad>(people);
        Calendar calendar;
        cast = {};
        text.clear();
        events.clear();
        World world(scenario, Luck(seed, 1), calendar, cast, {this}, {});
        text += world.start();
        make_heap_engine()->run(calendar, kNever, [&] { return !world.broken().empty() || events.size() > kTooMany; });
        text += world.broken();
        if (text.empty() && events.size() > kTooMany) text = "it does not end";
        return text;
    }

    void on(const Event& e) override {
        Event kept = e;
        kept.chain = {};
        kept.members = {};
        events.push_back(kept);
        switch (e.kind) {
            case EventKind::uploaded:
                return line(e, "uploaded " + std::to_string(e.patchset));
            case EventKind::reported:
                return line(e, scenario.pipelines[e.pipeline].name + word(e.outcome));
            case EventKind::approved:
                return line(e, "approved");
            case EventKind::rechecked:
                return line(e, "recheck in " + scenario.pipelines[e.pipeline].name);
            case EventKind::withdrawn:
                return line(e, "given up");
            default:
                return;
        }
    }

    static constexpr std::size_t kTooMany = 2'000'000;
    Scenario scenario;
    PeopleLoad people;
    Cast cast;
    std::vector<Event> events;
    std::string text;
    bool named = false;

private:
    void line(const Event& e, const std::string& what) {
        text += (named ? cast.changes[e.change].name + " " : "") + what + "\n";
    }
    static std::string word(Outcome outcome) {
        switch (outcome) {
            case Outcome::landed:
                return " landed";
            case Outcome::success:
                return " success";
            case Outcome::conflict:
                return " conflict";
            default:
                return " failure";
        }
    }
};

}  // namespace gatesim
