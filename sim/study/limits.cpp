#include "study/limits.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <optional>
#include <set>

#include "load/source.hpp"
#include "model/all_jobs.hpp"
#include "record/words.hpp"
#include "strategy/registry.hpp"

namespace gatesim {

namespace {

/// As people write limits: "1 h", where a length would be 60 min.
std::string limit_text(Time limit) {
    return limit % kHour == 0 ? fmt::format("{} h", limit / kHour) : length_text(limit);
}

/// The time that the strategy's tests may take; nothing if it waits for ever.
std::optional<Time> limit_of(const StrategyChoice& choice) {
    const auto strategy = find_strategy(choice.name);
    if (!strategy) return std::nullopt;
    std::optional<Time> limit;
    const auto take = [&](const std::string& name, const ParameterValue& value) {
        if (name == "timeout" && std::holds_alternative<std::int64_t>(value)) limit = std::get<std::int64_t>(value);
    };
    for (const Parameter& parameter : strategy->parameters) take(parameter.name, parameter.value);
    for (const auto* values : {&strategy->preset_values, &choice.values})
        for (const auto& [name, value] : *values) take(name, value);
    return limit && *limit > 0 ? limit : std::nullopt;
}

/// Where changes land; nullptr if nothing does.
const Pipeline* gate_of(const Scenario& scenario) {
    const Pipeline& gate = scenario.pipelines[landing_pipeline(scenario)];
    return gate.manager == Manager::dependent ? &gate : nullptr;
}

/// "github's time limit of 1 h (/strategy/timeout)"
std::string strategys(const Pipeline& gate) {
    const Time limit = limit_of(gate.strategy).value_or(0);
    return fmt::format("{}'s time limit{} (/strategy/timeout)", gate.strategy.name,
                       limit > 0 ? " of " + limit_text(limit) : "");
}

/// All but one run in a thousand take longer, with any change.
Time shortest(const Scenario& scenario, const Job& job) {
    constexpr double kOneInAThousand = 0.001;
    const double share = job.selection ? job.selection->cost : 1;
    Time least = from_seconds(job.duration.quantile(kOneInAThousand) * share);
    if (!scenario.load.listed) return least;
    for (const ListedChange& change : scenario.load.listed->changes)
        for (const ScriptedRun& run : change.jobs)
            if (run.job == job.id && run.duration) least = std::min(least, *run.duration);
    return least;
}

/// The jobs of which a listed change has such a run.
template <typename Is>
std::set<JobId> scripted(const Scenario& scenario, Is is) {
    std::set<JobId> out;
    if (!scenario.load.listed) return out;
    const auto look = [&](const std::vector<ScriptedRun>& runs) {
        for (const ScriptedRun& run : runs)
            if (is(run)) out.insert(run.job);
    };
    for (const ListedChange& change : scenario.load.listed->changes) look(change.jobs);
    for (const ScriptedEvent& event : scenario.load.listed->events) look(event.jobs);
    return out;
}

/// The same for all that has to run one after the other until the job is over.
Time shortest_way(const Scenario& scenario, const ProjectPipeline& pipeline, const Job& job,
                  std::map<JobId, Time>& known) {
    const auto [entry, fresh] = known.try_emplace(job.id, 0);  // a circle is refused elsewhere
    if (!fresh) return entry->second;
    Time before = 0;
    for (const JobNeed& need : job.needs)
        for (const Job& other : pipeline.jobs)
            if (other.id == need.job && !need.soft)
                before = std::max(before, shortest_way(scenario, pipeline, other, known));
    return known[job.id] = before + shortest(scenario, job);
}

std::string job_limit(const Scenario& scenario, JobId id) {
    Time limit = 0;
    for_each_job(scenario, [&](const ProjectPipeline&, const Job& job) {
        if (job.id == id) limit = std::max(limit, job.timeout.first);
    });
    return fmt::format("its time limit of {} (/jobs/{}/timeout)", limit_text(limit), scenario.job_names[id]);
}

}  // namespace

void LimitWatch::on(const Event& event, const Ledger& ledger) {
    switch (event.kind) {
        case EventKind::build_started:
            ++runs_[event.job];
            break;
        case EventKind::build_ended:
            if (event.result != Result::timeout) break;
            if (const LiveBuild* build = ledger.build(event.build)) ++hit_[{build->job, true}];
            break;
        case EventKind::job_failed_without_build:
            if (event.result != Result::timeout) break;
            ++hit_[{event.job, false}];
            if (event.build == kNone) ++runs_[event.job];  // it waited in vain
            break;
        case EventKind::batch_began:
            ++batches_;
            break;
        case EventKind::batch_over:
            if (event.reason.why == Why::timed_out) ++hit_[{kNone, false}];
            break;
        default:
            break;
    }
}

std::vector<LimitUse> LimitWatch::uses() const {
    const Pipeline* gate = gate_of(scenario_);
    const bool strategy_has_one = gate && limit_of(gate->strategy);
    std::set<JobId> limited;
    for_each_job(scenario_, [&](const ProjectPipeline&, const Job& job) {
        if (job.timeout.first > 0) limited.insert(job.id);
    });
    std::vector<LimitUse> out;
    const auto add = [&](JobId job, bool of_job, std::uint64_t of) {
        const auto hit = hit_.find({job, of_job});
        const std::uint64_t hits = hit == hit_.end() ? 0 : hit->second;
        if (of > 0) out.push_back({job, of_job, hits, of});
    };
    for (JobId job = 0; job < runs_.size(); ++job) {
        if (limited.count(job)) add(job, true, runs_[job]);
        if (strategy_has_one) add(job, false, runs_[job]);
    }
    add(kNone, false, batches_);
    return out;
}

std::vector<std::string> limits_that_bound(const Scenario& scenario, const std::vector<std::vector<LimitUse>>& uses) {
    std::map<std::pair<JobId, bool>, LimitUse> sum;
    for (const auto& of_one : uses)
        for (const LimitUse& use : of_one) {
            LimitUse& all = sum[{use.job, use.of_job}];
            all = {use.job, use.of_job, all.hit + use.hit, all.of + use.of};
        }
    std::vector<std::string> out;
    const Pipeline* gate = gate_of(scenario);
    for (const auto& [what, use] : sum) {
        if (use.hit == 0) continue;
        const double share = 100 * static_cast<double>(use.hit) / static_cast<double>(use.of);
        const std::string things = use.job == kNone ? "batches" : fmt::format("{} builds", scenario.job_names[use.job]);
        const std::string rule = use.of_job ? job_limit(scenario, use.job) : gate ? strategys(*gate) : "a time limit";
        out.push_back(fmt::format("{:.{}f} % of {} ({} of {}) ran into {}.", share, share < 1 ? 2 : 0, things, use.hit,
                                  use.of, rule));
    }
    return out;
}

std::vector<std::string> limits_too_short(const Scenario& scenario) {
    std::set<std::string> out;
    for_each_job(scenario, [&](const ProjectPipeline& place, const Job& job) {
        const Pipeline& pipeline = scenario.pipelines[place.pipeline];
        const Time least = shortest(scenario, job);
        const std::string& name = scenario.job_names[job.id];
        const auto say = [&](const std::string& limit, const std::string& takes, const char* so) {
            out.insert(fmt::format("{} is too short for {}, {} at least: {}.", limit, name, takes, so));
        };
        if (job.timeout.first > 0 && job.timeout.first < least)
            say(fmt::format("The time limit of {} (/jobs/{}/timeout)", limit_text(job.timeout.first), name),
                "whose builds take " + length_text(least), "every build of it is cut off");
        if (pipeline.manager != Manager::dependent || !job.voting) return;
        const auto limit = limit_of(pipeline.strategy);
        if (!limit) return;
        std::map<JobId, Time> known;
        if (const Time way = shortest_way(scenario, place, job, known); *limit < way)
            say(strategys(pipeline),
                least == way ? "whose builds take " + length_text(least)
                             : fmt::format("which is over after {} with what it needs", length_text(way)),
                "no change that it applies to can land");
    });
    return {out.begin(), out.end()};
}

std::vector<std::string> limits_missing(const Scenario& scenario) {
    const auto can_be = [](const Varying<double>& share) {
        return share.first > 0 ||
               std::any_of(share.steps.begin(), share.steps.end(), [](const auto& step) { return step.value > 0; });
    };
    const std::set<JobId> lost = scripted(scenario, [](const ScriptedRun& run) { return run.never_reports; });
    const std::set<JobId> hung = scripted(scenario, [](const ScriptedRun& run) { return !run.hangs_on_run.empty(); });
    std::set<std::string> out;
    for_each_job(scenario, [&](const ProjectPipeline& place, const Job& job) {
        const Pipeline& pipeline = scenario.pipelines[place.pipeline];
        const bool lands = pipeline.manager == Manager::dependent;
        if (lands && limit_of(pipeline.strategy)) return;
        const std::string& name = scenario.job_names[job.id];
        const std::string where = lands ? pipeline.strategy.name + " has no time limit" : "checks have no time limit";
        if (can_be(job.never_reports) || lost.count(job.id) > 0)
            out.insert(fmt::format("Runs of {} that never report are waited for, for ever: {} ({}).", name, where,
                                   can_be(job.never_reports) ? fmt::format("/jobs/{}/never_reports", name)
                                                             : "never_reports of a listed change"));
        if ((can_be(job.hangs) || hung.count(job.id) > 0) && job.timeout.first <= 0)
            out.insert(fmt::format(
                "Runs of {} that hang are waited for, for ever: {}, nor has the job ({}).", name, where,
                can_be(job.hangs) ? fmt::format("/jobs/{}/hangs", name) : "hangs_on_run of a listed change"));
    });
    return {out.begin(), out.end()};
}

}  // namespace gatesim
