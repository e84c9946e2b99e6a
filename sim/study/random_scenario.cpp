#include "study/random_scenario.hpp"

#include <algorithm>

#include "chance/draw.hpp"
#include "study/random_checks.hpp"
#include "study/random_lives.hpp"
#include "study/random_load.hpp"
#include "study/random_races.hpp"
#include "study/random_settings.hpp"
#include "study/random_shares.hpp"
#include "study/random_twists.hpp"

namespace gatesim {
namespace {

class Maker {
public:
    Maker(std::uint64_t number, const RandomScenarioOptions& options) : number_(number), options_(options) {}

    Scenario make() {
        section(1);
        pools();
        section(2);
        pipelines();
        section(3);
        projects();
        section(4);
        load();
        section(8);
        show_early(s_, [this](int n) { return below(n); });
        if (s_.load.listed) circles();
        section(5);
        if (s_.load.listed) events();
        section(6);
        outages();
        section(7);
        overlaps();
        section(9);
        if (chance(60)) predict(s_, [this](int n) { return below(n); });
        section(10);
        if (chance(15)) troubles();
        section(11);
        if (s_.pipelines.size() > 1 && chance(50)) s_.pipelines.front().clean_check = 1;
        section(12);
        s_.pools.front().when_short = chance(50) ? WhenShort::fail : WhenShort::wait;
        section(14);
        if (chance(15)) pushes();
        section(16);
        if (s_.load.listed && chance(20)) jump_and_be_alone(s_, [this](int n) { return below(n); });
        section(15);
        if (chance(25)) unneeded_builds();
        section(13);
        twist(s_, options_.coincide, [this](int n) { return below(n); });
        section(20);
        if (chance(20)) set_by_time(s_, options_.coincide, [this](int n) { return below(n); });
        section(21);
        if (chance(15)) retune_by_time(s_, options_.draw_from, [this](int n) { return below(n); });
        section(22);
        if (chance(20)) hold_by_time(s_, options_.coincide, [this](int n) { return below(n); });
        section(40);
        if (chance(8)) lose_runs(s_, [this](int n) { return below(n); });
        section(50);
        if (chance(10)) hold_by_week(s_, options_.coincide, [this](int n) { return below(n); });
        section(55);
        if (chance(12)) let_pools_live(s_, options_.coincide, [this](int n) { return below(n); });
        section(65);
        if (chance(12)) give_races(s_, [this](int n) { return below(n); });
        section(45);
        share_by_other_rules(s_, [this](int n) { return below(n); });
        section(30);
        mix_load(s_, [this](int n) { return below(n); });
        return std::move(s_);
    }

private:
    /// Each part has draws of its own: a change of one leaves the others as they are.
    void section(std::uint64_t part) {
        part_ = join_key(number_, part);
        drawn_ = 0;
    }
    int below(int n) {
        return static_cast<int>(join_key(part_, ++drawn_) % static_cast<std::uint64_t>(n));
    }  // slight bias is fine here
    bool chance(int percent) { return below(100) < percent; }
    Time duration() {
        if (chance(8)) return 0;
        return options_.coincide ? (1 + below(6)) * 10 * kSecond : (1 + below(1'000'000)) * 100 * kMicrosecond;
    }

    void pools() {
        Pool pool;
        pool.name = "any";
        pool.labels = {0};
        s_.labels = {"any"};
        if (chance(40)) pool.nodes = 1 + below(chance(50) ? 3 : 10);
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

    /// Builds that nobody needs go on: for ever, or for a while.
    void unneeded_builds() {
        for (Project& project : s_.projects)
            for (ProjectPipeline& part : project.pipelines)
                for (Job& job : part.jobs)
                    if (chance(70)) job.runs_on_unneeded = chance(50) ? kNever : duration();
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
        for (const Parameter& parameter : options_.draw_from)
            if (chance(40)) gate.strategy.values.emplace_back(parameter.name, value_of(parameter));
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

    /// Small values more often than large ones: they are where rules bite.
    ParameterValue value_of(const Parameter& parameter) {
        const double low = parameter.low;
        const double high = std::min(parameter.high, low + (chance(70) ? 5 : 40));
        switch (parameter.kind) {
            case ParameterKind::count:
                return static_cast<std::int64_t>(low) + below(static_cast<int>(high - low) + 1);
            case ParameterKind::number:
            case ParameterKind::share:
                return low + (high - low) * (1 + below(99)) / 100;
            case ParameterKind::time: {
                const Time most = std::min<Time>(static_cast<Time>(std::min(parameter.high, 1e15)), 5 * kMinute);
                return std::max(static_cast<Time>(low), below(10) * most / 10);
            }
            case ParameterKind::flag:
                return chance(50);
            case ParameterKind::choice:
                return parameter.choices[static_cast<std::size_t>(below(static_cast<int>(parameter.choices.size())))];
            case ParameterKind::text:
                break;
        }
        return parameter.value;
    }

    void projects() {
        const int count = 1 + below(4);
        for (int j = 0; j < 5; ++j) s_.job_names.push_back("j" + std::to_string(j));
        const int sharing = below(10);  // one queue for all, two, or one a project
        for (int p = 0; p < count; ++p) {
            std::vector<Job> jobs;
            const int number = 1 + below(4);
            for (int j = 0; j < number; ++j) jobs.push_back(job(j));
            Project project;
            project.name = "p" + std::to_string(p);
            for (PipelineId pipeline = 0; pipeline < s_.pipelines.size(); ++pipeline)
                project.pipelines.push_back({pipeline,
                                             sharing < 6   ? "q"
                                             : sharing < 8 ? "q" + std::to_string(p % 2)
                                                           : "",
                                             jobs});
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

    void load() {
        if (chance(30)) {
            s_.load.after_ejection.retry = 0.7;
            s_.load.after_ejection.after.a = below(12) * 10;
            s_.load.after_ejection.max = 1 + below(3);
            s_.failures.withdraw = chance(50) ? 0.3 : 0;
        }
        if (chance(25))
            drawn();
        else
            changes();
    }

    /// Changes nobody scripted, with everything that may be wrong with them.
    void drawn() {
        ArrivalLoad& load = s_.load.arrivals.emplace();
        load.per_second = 1.0 / (5 + below(60));
        load.limit = static_cast<std::uint64_t>(options_.changes);
        for (ProjectId p = 0; p < s_.projects.size(); ++p) load.projects.emplace_back(p, 1.0 + below(3));
        s_.failures.defect = 0.01 * below(20);
        s_.failures.semantic_conflict = chance(50) ? 0.02 : 0;
        s_.failures.textual_conflict = chance(50) ? 0.02 : 0;
        s_.failures.failed_submit = chance(30) ? 0.05 : 0;
        const double flake = 0.01 * below(10);
        const double no_result = chance(50) ? 0.05 : 0;
        for (Project& project : s_.projects)
            for (ProjectPipeline& pipeline : project.pipelines)
                for (Job& job : pipeline.jobs) {
                    job.flake = flake;
                    job.no_result = no_result;
                }
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
        if (number + 1 < options_.changes && chance(3))
            change.depends_on.push_back("C" + std::to_string(number + 1));  // perhaps a circle
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

    /// Where a change needs the next one, that one may need it, too.
    void circles() {
        auto& changes = s_.load.listed->changes;
        for (std::size_t c = 0; c + 1 < changes.size(); ++c) {
            const auto& needs = changes[c].depends_on;
            if (std::find(needs.begin(), needs.end(), changes[c + 1].id) != needs.end() && chance(50))
                changes[c + 1].depends_on.push_back(changes[c].id);
        }
    }

    /// Nodes that go away and come back.
    void outages() {
        Pool& pool = s_.pools.front();
        if (pool.nodes == kUnlimited || !chance(30)) return;
        pool.launch_failure = chance(30) ? 0.1 : 0;
        Time at = 0;
        for (int i = 1 + below(3); i > 0; --i) {
            at += (1 + below(20)) * 10 * kSecond;
            resize(at, below(static_cast<int>(pool.nodes) + 1));
            at += (1 + below(20)) * 10 * kSecond;
            resize(at, pool.nodes);
        }
    }

    void resize(Time at, std::int64_t nodes) {
        TimelineStep& step = s_.timeline.emplace_back();
        step.at = at;
        step.pool = 0;
        step.nodes = nodes;
    }

    /// What changes touch, conflicts from that, repairs of what got past the gate, tests repeated or left out.
    void overlaps() {
        if (!chance(40)) return;
        FootprintRule& rule = s_.load.footprint.emplace();
        rule.targets = static_cast<std::uint32_t>(2 + below(40));
        rule.size = Distribution::uniform(1, 1 + below(6));
        rule.large = chance(30) ? 0.1 : 0;
        s_.failures.semantic_overlap = 0.02 * below(4);
        s_.failures.textual_overlap = 0.02 * below(4);
        if (chance(50)) s_.failures.repair = Distribution::exponential(10 + below(200));
        if (s_.failures.defect.first > 0 && chance(30)) s_.failures.defect_run = 1 + below(3);
        if (!chance(40)) return;
        for (Project& project : s_.projects)
            for (ProjectPipeline& pipeline : project.pipelines)
                for (Job& job : pipeline.jobs) {
                    job.retry_tests = below(3);
                    job.retry_cost = 0.1 * below(4);
                    job.flake_per_change = chance(20);
                    if (chance(30)) job.selection = TestSelection{0.1 * (5 + below(6)), 0.1 * (1 + below(10))};
                }
    }

    /// Bad hours of the pool, breakages of a job, and both at once.
    void troubles() {
        for (int t = 1 + below(3); t > 0; --t) {
            Trouble& trouble = s_.failures.troubles.emplace_back();
            trouble.name = "t" + std::to_string(t);
            trouble.every = Distribution::exponential(20 + below(200));
            trouble.lasts = Distribution::exponential(10 + below(60));
            trouble.fails = chance(50) ? 1 : 0.1 * (1 + below(9));
            if (chance(30)) trouble.pool = 0;
            if (chance(50)) trouble.jobs.push_back(static_cast<JobId>(below(4)));
        }
        if (!chance(50)) return;
        s_.failures.notice = Notice{Distribution::exponential(10 + below(200)), chance(70)};
        if (s_.failures.notice->reverts) s_.failures.repair.reset();
    }

    /// Landings past the queue, beside those of events().
    void pushes() {
        PastQueue& rule = s_.load.past_queue.emplace();
        rule.limit = static_cast<std::uint64_t>(1 + below(4));
        if (chance(50))
            rule.share = 0.1 * (1 + below(3));
        else
            rule.per_second = 1.0 / (20 + below(200));
        for (ProjectId project = 0; project < s_.projects.size(); ++project) rule.projects.emplace_back(project, 1.0);
        if (chance(50)) rule.breaks = 0.5;
        if (chance(30)) rule.jobs.push_back(static_cast<JobId>(below(4)));
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

    std::uint64_t number_;
    std::uint64_t part_ = 0;
    std::uint64_t drawn_ = 0;
    RandomScenarioOptions options_;
    Scenario s_;
};

}  // namespace

Scenario random_scenario(std::uint64_t number, const RandomScenarioOptions& options) {
    return Maker(number, options).make();
}

}  // namespace gatesim
