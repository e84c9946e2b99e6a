#include "study/contract_trial.hpp"

#include <algorithm>

#include "model/shell_quoted.hpp"
#include "strategy/registry.hpp"
#include "study/auditor.hpp"
#include "study/extreme_scenario.hpp"
#include "study/interrupt.hpp"
#include "study/random_scenario.hpp"
#include "study/replication.hpp"

namespace gatesim {

namespace {

constexpr std::uint64_t kOneIn = 8;  // trials is an extreme one

/// A few dozen changes are through after some thousand instants; whoever needs so many goes round in circles.
constexpr std::uint64_t kMostInstants = 1'000'000;

}  // namespace

Scenario scenario_of(const Trial& trial) {
    RandomScenarioOptions options;
    options.changes = trial.changes;
    options.coincide = trial.number % 4 != 0;
    options.strategy = choice_of(trial.strategy);
    options.draw_window = false;
    if (const auto known = find_strategy(trial.strategy))
        for (const Parameter& parameter : known->parameters) {
            const bool set = std::any_of(known->preset_values.begin(), known->preset_values.end(),
                                         [&](const auto& value) { return value.first == parameter.name; });
            if (!set) options.draw_from.push_back(parameter);
        }
    Scenario scenario = random_scenario(trial.number, options);
    if (trial.number % kOneIn == 0) make_extreme(scenario, trial.number / kOneIn);
    return scenario;
}

TrialResult try_contract(const Trial& trial) {
    const Scenario scenario = scenario_of(trial);
    Cast cast;
    Auditor auditor(cast);
    ReplicationOptions options;
    options.seed = trial.number;
    options.engine = "heap";
    std::uint64_t instants = 0;
    options.stop = [&] {
        return !auditor.fault().empty() || ++instants > kMostInstants || InterruptGuard::count() > 0;
    };
    TrialResult result;
    const ReplicationResult run = run_replication(scenario, options, cast, {&auditor});
    result.broken = run.broken.empty() ? run.unreadable : run.broken;
    result.unavailable = run.unavailable;
    result.stuck = run.stuck;
    if (InterruptGuard::count() > 0) return {};
    if (!result.unavailable.empty()) return result;
    if (result.broken.empty()) result.broken = auditor.fault();
    if (result.broken.empty() && instants > kMostInstants)
        result.broken = "it goes on for ever: after a million instants changes are still on their way";
    if (result.broken.empty() && result.stuck.empty() && auditor.in_flight() != 0)
        result.broken = std::to_string(auditor.in_flight()) +
                        " changes are neither landed nor ejected nor removed, and in no queue";
    return result;
}

Trial smallest(const Trial& broken) {
    Trial fewer = broken;
    for (fewer.changes = 1; fewer.changes < broken.changes; ++fewer.changes)
        if (!try_contract(fewer).broken.empty()) return fewer;
    return broken;
}

std::string replay_line(const Trial& trial) {
    return "verify --strategy " + shell_quoted(trial.strategy) + " --random " + std::to_string(trial.number) +
           " --changes " + std::to_string(trial.changes);
}

}  // namespace gatesim
