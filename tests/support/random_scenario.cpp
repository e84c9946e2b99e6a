#include "support/random_scenario.hpp"

#include <random>

namespace gatesim {
namespace {

class Maker {
public:
    Maker(std::uint64_t number, const RandomScenarioOptions& options) : random_(number), options_(options) {}

    Scenario make() {
        pools();
        pipelines();
        projects();
        changes();
        events();
        return std::move(s_);
    }

private:
    int below(int n) {
        return static_cast<int>(random_() % static_cast<std::uint64_t>(n));
    }  // slight bias is fine here
    bool chance(int percent) { return below(100) < percent; }
    Time duration() {
        return options_.coincide ? (1 + below(6)) * 10 * kSecond : (1 + below(1'000'000)) * 100 * kMicrosecond;
    }

    void pools() {
        Pool pool;
        pool.name = "any";
        pool.labels = {0};
        s_.labels = {"any"};
        if (chance(30)) pool.nodes = 1 + below(10);
        if (chance(20)) {
            pool.boot.a = below(3) * 10;
            pool.start_delay = below(2) * 10 * kSecond;
            pool.abort_delay = below(2) * 10 * kSecond;
            s_.merge_time.a = below(2) * 10;
        }
        s_.pools = {pool};
        s_.semaphores = {{"s1", 1 + below(2)}, {"s2", 1}};
        s_.relative_priority = chance(15);
    }

    void pipelines() {
        Pipeline gate;
        gate.name = "gate";
        gate.precedence = chance(50) ? Precedence::high : Precedence::normal;
        gate.reject_after_failure = chance(20);
        gate.dequeue_on_new_patchset = !chance(10);
        gate.strategy = options_.strategy;
        if (options_.draw_window) {
            static constexpr std::int64_t kWindows[] = {0, 1, 2, 3, 5, 20};
            auto& values = gate.strategy.values;
            values.emplace_back("window", kWindows[below(6)]);
            values.emplace_back("window_floor", std::int64_t{1 + below(3)});
            values.emplace_back("window_increase_type", std::string(chance(70) ? "linear" : "exponential"));
            values.emplace_back("window_increase_factor", std::int64_t{below(3)});
            values.emplace_back("window_decrease_type", std::string(chance(30) ? "linear" : "exponential"));
            values.emplace_back("window_decrease_factor", std::int64_t{1 + below(3)});
        }
        s_.pipelines.push_back(gate);
        if (!options_.check_too || !chance(30)) return;
        Pipeline check;
        check.name = "check";
        check.manager = Manager::independent;
        Pipeline post;
        post.name = "post";
        post.manager = Manager::supercedent;
        post.precedence = Precedence::low;
        s_.pipelines.push_back(check);
        s_.pipelines.push_back(post);
    }

    void projects() {
        const int count = 1 + below(3);
        for (int j = 0; j < 5; ++j) s_.job_names.push_back("j" + std::to_string(j));
        const bool shared = chance(70);
        for (int p = 0; p < count; ++p) {
            std::vector<Job> jobs;
            const int number = 1 + below(4);
            for (int j = 0; j < number; ++j) jobs.push_back(job(j));
            Project project;
            project.name = "p" + std::to_string(p);
            for (PipelineId pipeline = 0; pipeline < s_.pipelines.size(); ++pipeline)
                project.pipelines.push_back({pipeline, shared ? "q" : "", jobs});
            s_.projects.push_back(std::move(project));
        }
    }

    Job job(int number) {
        Job job;
        job.id = static_cast<JobId>(number);
        job.duration.a = seconds(duration());
        job.label = 0;
        job.voting = !chance(12);
        job.attempts = 1 + below(4);
        job.nodes = chance(10) ? 2 : chance(5) ? 0 : 1;
        job.hold_following_changes = chance(5);
        for (int parent = 0; parent < number; ++parent)
            if (chance(25)) job.needs.push_back({static_cast<JobId>(parent), chance(20)});
        if (chance(10)) job.semaphore = SemaphoreUse{static_cast<std::uint32_t>(below(2)), chance(50)};
        return job;
    }

    void changes() {
        s_.load.listed.emplace();
        Time at = 0;
        for (int c = 0; c < options_.changes; ++c) {
            at += options_.coincide ? below(4) * 10 * kSecond : below(20'000'000);
            s_.load.listed->changes.push_back(change(c, at));
        }
    }

    ListedChange change(int number, Time at) {
        ListedChange change;
        change.id = "C" + std::to_string(number);
        change.project = static_cast<ProjectId>(below(static_cast<int>(s_.projects.size())));
        if (chance(95)) change.enqueue_at.emplace_back(0, at);
        for (PipelineId p = 1; p < s_.pipelines.size(); ++p)
            if (chance(40)) change.enqueue_at.emplace_back(p, at);
        if (chance(10)) change.approved_at = at;
        if (number > 0 && chance(20)) change.depends_on.push_back("C" + std::to_string(below(number)));
        if (number > 0 && chance(10)) change.git_depends_on.push_back("C" + std::to_string(below(number)));
        if (number > 0 && chance(8)) change.conflicts_with.push_back("C" + std::to_string(below(number)));
        change.merge_conflict = chance(2);
        change.fail_merge = chance(3);
        if (chance(5)) change.breaks.push_back(static_cast<JobId>(below(4)));
        for (JobId j = 0; j < 4; ++j)
            if (chance(30)) change.jobs.push_back(run(j, number));
        return change;
    }

    ScriptedRun run(JobId job, int number) {
        ScriptedRun run;
        run.job = job;
        if (chance(60)) run.duration = duration();
        run.fails = chance(15);
        if (chance(10) && number > 0) run.fails_with.push_back("C" + std::to_string(below(number)));
        if (chance(15)) run.fails_on_run.push_back(below(2));
        if (chance(10)) run.retry_runs.push_back(below(2));
        run.node_failure = chance(3);
        if (chance(3)) run.child_jobs.emplace();
        return run;
    }

    void events() {
        const int count = chance(50) ? below(6) : 0;
        const int changes = static_cast<int>(s_.load.listed->changes.size());
        auto any = [&] { return "C" + std::to_string(below(changes)); };
        for (int e = 0; e < count; ++e) {
            static constexpr ScriptedEventKind kKinds[] = {ScriptedEventKind::enqueue,      ScriptedEventKind::approve,
                                                           ScriptedEventKind::abandon,      ScriptedEventKind::merge,
                                                           ScriptedEventKind::new_patchset, ScriptedEventKind::dequeue,
                                                           ScriptedEventKind::promote};
            ScriptedEvent event;
            event.at = below(40) * 10 * kSecond;
            event.kind = kKinds[below(7)];
            event.changes = {any()};
            event.pipeline = 0;
            if (event.kind == ScriptedEventKind::promote && chance(50)) event.changes.push_back(any());
            if (event.kind == ScriptedEventKind::new_patchset && chance(70)) event.enqueue = {0};
            s_.load.listed->events.push_back(event);
        }
    }

    std::mt19937_64 random_;
    RandomScenarioOptions options_;
    Scenario s_;
};

}  // namespace

Scenario random_scenario(std::uint64_t number, const RandomScenarioOptions& options) {
    return Maker(number, options).make();
}

}  // namespace gatesim
