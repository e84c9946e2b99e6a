#include "study/comparison.hpp"

#include <algorithm>
#include <memory>

#include "scenario/units.hpp"
#include "strategy/registry.hpp"

namespace gatesim {

namespace {

std::unique_ptr<Strategy> strategy_in(const Scenario& scenario) {
    const Pipeline* gate = gate_of(scenario);
    return gate ? make_strategy(gate->strategy) : nullptr;
}

/// A strategy that acts on the truth; everybody else can only regret not to be it.
bool is_oracle(const Scenario& scenario) {
    const auto strategy = strategy_in(scenario);
    return strategy && strategy->relaxations().omniscient;
}

double level_of(const CompareTerms& terms, std::size_t arms) {
    return simultaneous_level(kLevel, (arms - 1) * terms.metrics.size(), terms.looks);
}

std::vector<Difference> against(const GridResult& grid, std::size_t arm, std::size_t other, const CompareTerms& terms,
                                double level) {
    std::vector<Difference> out;
    for (std::size_t m : terms.metrics)
        out.push_back(difference(metrics()[m], grid.values(arm, m), grid.values(other, m), level, terms.matters,
                                 grid.chance_between(arm, other)));
    return out;
}

}  // namespace

std::vector<std::string> warmup_sentences(const Warmup& w) {
    std::vector<std::string> out;
    if (w.stated > 0)
        out.push_back("The first " + units::print_time(w.stated) +
                      " are left out as warm-up, as the scenario says (load.people.warmup).");
    if (w.steady && w.length > 0)
        out.push_back("The first " + units::print_time(w.length) + " are left out as warm-up" +
                      (w.given ? ", as asked." : ", until the queue has forgotten that it began empty."));
    if (w.steady && !w.found)
        out.push_back(
            "The period is too short, or has no stated length: the queue may remember its empty beginning for much of "
            "it, so every mean may be off, and more replications do not help. Make the period longer, or say "
            "--warmup.");
    return out;
}

void tell_of_warmup(const Warmup& warmup, Summary& summary) {
    if (warmup.steady) summary.warmup = warmup.length;
    for (const std::string& sentence : warmup_sentences(warmup)) summary.warnings.push_back({"warmup", "", sentence});
}

bool is_overloaded(const std::vector<ReplicationRecord>& records) {
    const auto count = std::count_if(records.begin(), records.end(), [](const auto& r) { return r.overloaded; });
    return static_cast<std::size_t>(count) * 2 > records.size();
}

std::string strategy_of(const Scenario& scenario) {
    const Pipeline* gate = gate_of(scenario);
    return gate ? gate->strategy.name : "none";
}

bool lands_past_the_queue(const Scenario& scenario) {
    const Load& load = scenario.load;
    if (!load.pushes.empty() || load.past_queue) return true;
    return load.listed && std::any_of(load.listed->events.begin(), load.listed->events.end(),
                                      [](const auto& event) { return event.kind == ScriptedEventKind::merge; });
}

/// Whether a change may come back behind one that needs it.
bool needs_come_back(const Scenario& scenario) {
    const Load& load = scenario.load;
    if (load.people) return true;
    return load.listed && std::any_of(load.listed->events.begin(), load.listed->events.end(), [](const auto& event) {
               return event.kind == ScriptedEventKind::new_patchset || event.kind == ScriptedEventKind::promote;
           });
}

std::vector<std::string> relaxations_of(const Scenario& scenario) {
    // What this one really permits itself, as it is configured; what a strategy may permit itself `describe` tells.
    std::vector<std::string> out;
    const auto strategy = strategy_in(scenario);
    if (!strategy) return out;
    const auto say = [&](const char* what) { out.push_back(strategy_of(scenario) + " " + what); };
    const Relaxations r =
        relaxations_in(scenario, static_cast<PipelineId>(gate_of(scenario) - scenario.pipelines.data()));
    if (r.untested) say("lands changes before they were tested, or without.");
    if (r.stale_base) say("does not test again what was tested before something else landed.");
    if (r.independence) say("does not test together what an analysis calls independent.");
    if (r.reorders) say("may land changes in another order than that of the queue.");
    if (r.failing_needs && needs_come_back(scenario)) say("may land a change although one that it needs is failing.");
    if (r.past_queue && lands_past_the_queue(scenario)) say("tests nothing again when somebody pushes past the queue.");
    if (r.old_reds) say("ejects for a red that it found on the branch as it was.");
    if (r.signals) say("reads predictions.");
    if (r.omniscient) say("knows the truth: it is a bound for others, not a gate.");
    return out;
}

Summary arm_summary(const Arm& arm, const GridOptions& options, const GridResult& grid, std::size_t index) {
    StudyResult result;
    result.replications = grid.records[index];
    for (const ReplicationRecord& r : result.replications) result.events += r.events;
    StudyOptions study;
    study.seed = options.seed;
    study.until = options.until;
    study.engine = options.engine;
    study.replications = static_cast<std::uint32_t>(result.replications.size());
    return summarise(arm.scenario, study, result, relaxations_of(arm.scenario));
}

bool precise_enough(const GridResult& grid, const CompareTerms& terms) {
    const double level = level_of(terms, grid.records.size());
    for (std::size_t arm = 0; arm < grid.records.size(); ++arm) {
        if (arm == terms.baseline) continue;
        const std::vector<Difference> differences = against(grid, arm, terms.baseline, terms, level);
        for (std::size_t i = 0; i < differences.size(); ++i) {
            const std::size_t m = terms.metrics[i];
            // Rare events, and what has never differed beside the metric that decides, are not waited for.
            if (metrics()[m].rare_count || (i > 0 && differences[i].alike)) continue;
            if (!is_precise(differences[i], grid.values(terms.baseline, m), terms.precision)) return false;
        }
    }
    return true;
}

Comparison compare_arms(const std::vector<Arm>& arms, const GridOptions& options, const GridResult& grid,
                        const CompareTerms& terms) {
    Comparison out;
    out.terms = terms;
    out.level = level_of(terms, arms.size());
    out.differences.resize(arms.size());
    out.regret.resize(arms.size());
    for (std::size_t arm = 0; arm < arms.size(); ++arm) {
        if (out.oracle == Comparison::kNoArm && is_oracle(arms[arm].scenario)) out.oracle = arm;
        out.summaries.push_back(arm_summary(arms[arm], options, grid, arm));
        out.overloaded.push_back(is_overloaded(grid.records[arm]));
        if (arm != terms.baseline) out.differences[arm] = against(grid, arm, terms.baseline, terms, out.level);
    }
    for (std::size_t arm = 0; arm < arms.size() && out.oracle != Comparison::kNoArm; ++arm)
        if (arm != out.oracle) out.regret[arm] = against(grid, arm, out.oracle, terms, out.level);
    return out;
}

}  // namespace gatesim
